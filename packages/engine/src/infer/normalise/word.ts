import type { Language } from './languages.ts';

/** A word of a name in English. */
export interface Word {
  readonly text: string;
  /** Of the language it was in, when it was another. */
  readonly from?: Language | undefined;
  /** Which word of the name it comes from. */
  readonly at?: number;
}
