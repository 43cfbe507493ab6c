/** Answers that are smaller are made in memory of this size. */
const LEAST_BYTES = 32 * 1024;
/** What is kept for the answers that follow, all together. */
const KEPT_BYTES = 8 * 1024 * 1024;

/**
 * Memory for answers, used again for others. Memory outside the heap counts where V8 decides when to collect garbage, by its bytes
 * since the last time: answers of 20 KB with memory of their own had the whole heap marked at every thousandth, and whoever asked
 * meanwhile waited 50 ms.
 */
export class AnswerMemory {
  /** By size, which is a power of two. */
  readonly #free = new Map<number, Buffer[]>();
  #bytes = 0;

  /** An answer that is to be put together. */
  begin(): Answer {
    return new Answer(this);
  }

  /** Memory of at least so many bytes; what is in it is of no meaning. */
  take(bytes: number): Buffer {
    const size = Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(bytes)));
    const free = this.#free.get(size)?.pop();
    if (free === undefined) return Buffer.allocUnsafeSlow(size);
    this.#bytes -= size;
    return free;
  }

  /** Takes memory back that came from `take`. Nobody may look at it any more. */
  give(memory: Buffer): void {
    if (this.#bytes + memory.length > KEPT_BYTES) return;
    this.#bytes += memory.length;
    const free = this.#free.get(memory.length);
    if (free === undefined) this.#free.set(memory.length, [memory]);
    else free.push(memory);
  }
}

/** An answer that grows at its end. */
export class Answer {
  readonly #from: AnswerMemory;
  #memory: Buffer | undefined;
  #length = 0;

  constructor(from: AnswerMemory) {
    this.#from = from;
  }

  add(part: string | Uint8Array): void {
    // A unit of UTF-16 has at most three bytes in UTF-8.
    const memory = this.#roomFor(typeof part === 'string' ? part.length * 3 : part.length);
    if (typeof part === 'string') {
      this.#length += memory.write(part, this.#length);
    } else {
      memory.set(part, this.#length);
      this.#length += part.length;
    }
  }

  /** What it consists of so far; valid until it is added to or released. */
  get bytes(): Buffer {
    return this.#roomFor(0).subarray(0, this.#length);
  }

  /** Gives its memory back, once: only when nobody looks at its bytes any more, the system that sends them included. */
  release(): void {
    if (this.#memory !== undefined) this.#from.give(this.#memory);
    this.#memory = undefined;
    this.#length = 0;
  }

  #roomFor(more: number): Buffer {
    const old = this.#memory;
    const needed = this.#length + more;
    if (old !== undefined && needed <= old.length) return old;
    const memory = this.#from.take(needed);
    if (old !== undefined) {
      old.copy(memory, 0, 0, this.#length);
      this.#from.give(old);
    }
    this.#memory = memory;
    return memory;
  }
}
