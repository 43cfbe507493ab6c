import type { Question } from './field-process.ts';

/** Most numbers that a function is given at once: there are fewer rows in a block. */
export const MOST_NUMBERS = 10_000;

/** Counters that count while rows are only shown, and are as they were afterwards. */
export class PassingCounters {
  readonly #peek: (name: string) => Promise<number>;
  /** The number that each would be at. */
  readonly #values = new Map<string, number>();

  /** @param peek the number that a counter is at */
  constructor(peek: (name: string) => Promise<number>) {
    this.#peek = peek;
  }

  async answer(name: string, question: Question): Promise<Readonly<Record<string, unknown>>> {
    const value = this.#values.get(name) ?? (await this.#peek(name));
    const { first, last } = question;
    switch (question['do']) {
      case 'next': {
        const count = countOf(question);
        this.#values.set(name, value + count);
        return { first: value + 1, last: value + count };
      }
      case 'give_back':
        if (last === value && Number.isSafeInteger(first) && (first as number) >= 1 && (first as number) <= value)
          this.#values.set(name, (first as number) - 1);
        return {};
      case 'reset':
        this.#values.set(name, 0);
        return { value: 0 };
      default:
        return { value };
    }
  }
}

/** How many numbers are asked for. */
export const countOf = ({ count }: Question): number =>
  Number.isSafeInteger(count) ? Math.min(MOST_NUMBERS, Math.max(1, count as number)) : 1;
