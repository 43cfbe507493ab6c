import type { TableContext } from '../table/table-context.ts';

/** Around a column: nowhere, in its table, or in what the table is about, which is in the table too. */
const NEAR = 1;
const SUBJECT = 2;

/**
 * Numbers for the words that some entries ask to be near. An entry asks for up to thirty, of which few tables have any: what is
 * near is marked once for a table.
 */
export class Surroundings {
  readonly #numbers = new Map<string, number>();
  readonly #words: string[] = [];
  readonly #marks = new WeakMap<TableContext, Uint8Array>();

  /** Numbers of words, to ask for them. */
  numbersOf(words: readonly string[]): readonly number[] {
    return words.map((word) => {
      const known = this.#numbers.get(word);
      if (known !== undefined) return known;
      this.#numbers.set(word, this.#words.length);
      return this.#words.push(word) - 1;
    });
  }

  /** Which of some words, by their numbers, are among those in front of a phrase or near its column, and how many say what the table is about. */
  matching(numbers: readonly number[], inFront: readonly string[], context: TableContext): Matching {
    const marks = this.#marksOf(context);
    let matched: string[] | undefined;
    let own = 0;
    for (const number of numbers) {
      const mark = marks[number] as number;
      const isInFront = inFront.length > 0 && inFront.includes(this.#words[number] as string);
      if (mark === 0 && !isInFront) continue;
      matched ??= [];
      matched.push(this.#words[number] as string);
      if (mark === SUBJECT || isInFront) own++;
    }
    return matched === undefined ? NOTHING : { matched, own };
  }

  #marksOf(context: TableContext): Uint8Array {
    const known = this.#marks.get(context);
    if (known !== undefined) return known;
    const marks = new Uint8Array(this.#words.length);
    const mark = (words: ReadonlySet<string>, as: number): void => {
      for (const word of words) {
        const number = this.#numbers.get(word);
        if (number !== undefined) marks[number] = as;
      }
    };
    mark(context.near, NEAR);
    mark(context.subject, SUBJECT);
    this.#marks.set(context, marks);
    return marks;
  }
}

export interface Matching {
  readonly matched: readonly string[];
  readonly own: number;
}

/** Nothing is near. */
export const NOTHING: Matching = { matched: [], own: 0 };
