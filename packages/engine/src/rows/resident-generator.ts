import type { Stretch } from '../file/file-encoder.ts';
import type { ExternalValues } from '../plan/external-values.ts';
import type { Plan } from '../plan/plan.ts';
import { assertRange } from './assert-range.ts';
import type { ByteGenerator } from './byte-generator.ts';

/** A compiled plan and its memory, used again for any number of seeds and ranges: one after the other, on one thread. */
export class ResidentGenerator {
  readonly #plan: Pick<Plan, 'capacity'>;
  readonly #generator: ByteGenerator;
  #latest = 0;

  constructor({ capacity }: Pick<Plan, 'capacity'>, generator: ByteGenerator) {
    this.#plan = { capacity };
    this.#generator = generator;
  }

  /**
   * Bytes of memory that are held between calls, what the plan's own lists take left out: tables, room for output and about
   * what the machine code takes. Grows with the widest JavaScript columns made so far, to a bound that the plan sets.
   */
  get byteSize(): number {
    return this.#generator.byteSize;
  }

  /** From now on values of fields that are made outside are these. */
  give(values: ExternalValues): void {
    this.#generator.give(values);
  }

  /**
   * The bytes of rows [from, to) for a seed: those of `generateBytes` of a plan with that seed. A chunk is valid until the next
   * is asked for, and no other call may be made before the last one is read: an earlier iteration then throws an Error.
   * @throws RangeError when the plan's unique fields cannot fill the range
   */
  bytes(seed: string, from: number, to: number): Iterable<Uint8Array> {
    return this.stretch(seed, { start: from, end: to, from, to });
  }

  /**
   * The same of rows [start, end) of an output of [from, to): those of all stretches, one after the other, are the output.
   * @throws RangeError when the plan's unique fields cannot fill the range
   */
  stretch(seed: string, stretch: Stretch): Iterable<Uint8Array> {
    assertRange(this.#plan, stretch.from, stretch.to);
    return this.#run(seed, stretch);
  }

  /** Like `bytes`, all at once in memory of its own: for ranges that are small. */
  whole(seed: string, from: number, to: number): Uint8Array<ArrayBuffer> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let length = 0;
    for (const chunk of this.bytes(seed, from, to)) {
      chunks.push(chunk.slice());
      length += chunk.length;
    }
    const [only] = chunks;
    if (chunks.length === 1 && only !== undefined) return only;
    const whole = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  *#run(seed: string, stretch: Stretch): Generator<Uint8Array, void, undefined> {
    const run = ++this.#latest;
    this.#generator.seed(seed);
    for (const chunk of this.#generator.bytes(stretch)) {
      yield chunk;
      if (run !== this.#latest) throw new Error('the generator was used for other rows before these were read');
    }
  }
}
