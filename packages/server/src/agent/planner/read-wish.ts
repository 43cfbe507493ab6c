import type { ModelMessage } from '../../model/chat-model.ts';

/** A call to be proposed. */
export interface ProposedCall {
  readonly tool: string;
  readonly input: object;
}

/** What a request was read as. */
export interface Wish {
  /** In words, for whoever asked. */
  readonly reading: string;
  /**
   * What comes next, by the results of the calls before: a call, something to be said that ends it, or nothing more.
   * @param results as a model is told them
   */
  next(results: readonly string[]): ProposedCall | string | undefined;
}

/** What a request asks for; undefined: no pattern fits. @param before what was said before */
export function readWish(_text: string, _before: readonly ModelMessage[]): Wish | undefined {
  return undefined;
}
