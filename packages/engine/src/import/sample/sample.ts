import { loadLocale } from '../../locales/load-locale.ts';
import type { Notices } from '../notices.ts';

/** What all columns of a sample are inferred with. */
export interface Sample {
  readonly notices: Notices;
  /** Whether all values are texts, as in CSV: then texts of numbers are numbers. */
  readonly isText: boolean;
  /** Given names in lower case: columns that are full of them are not kept by value. */
  readonly firstNames: ReadonlySet<string>;
}

export async function openSample(notices: Notices, isText: boolean): Promise<Sample> {
  const person = (await loadLocale('en'))?.person;
  const names = [...(person?.female ?? []), ...(person?.male ?? [])];
  return { notices, isText, firstNames: new Set(names.map((name) => name.toLowerCase())) };
}
