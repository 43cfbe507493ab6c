/** What spares may take together, in bytes. */
const MOST = 16 * 1024 * 1024;

/** Memory of shards that have left, to be filled again by any stream: to free and allocate it each time leaves holes in the heap. */
class SpareBuffers {
  #bySize = new Map<number, ArrayBuffer[]>();
  #bytes = 0;

  /** A buffer of this size, or the size when there is none. */
  take(size: number): ArrayBuffer | number {
    const spare = this.#bySize.get(size)?.pop();
    if (spare === undefined) return size;
    this.#bytes -= size;
    return spare;
  }

  /** The buffer is the pool's from now on. */
  give(buffer: ArrayBuffer): void {
    const size = buffer.byteLength;
    // Sizes change with the number of streams: those of another time make room for what is used now.
    if (this.#bytes + size > MOST) this.clear();
    const spares = this.#bySize.get(size);
    if (spares === undefined) this.#bySize.set(size, [buffer]);
    else spares.push(buffer);
    this.#bytes += size;
  }

  clear(): void {
    this.#bySize.clear();
    this.#bytes = 0;
  }
}

/** Those of the process. */
export const spareBuffers = new SpareBuffers();
