const encoder = new TextEncoder();

/** Bytes that grow, with the primitives of Avro's binary encoding (specification 1.12, Binary Encoding). */
export class AvroBuffer {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** What was written, in a buffer of its own. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  raw(bytes: Uint8Array): void {
    this.#ensure(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  boolean(value: boolean): void {
    this.#ensure(1);
    this.#bytes[this.#length++] = value ? 1 : 0;
  }

  /** An int or long: zigzag, seven bits a byte. Whole numbers that a double holds exactly. */
  long(value: number): void {
    this.#ensure(10);
    if (value >= -1_073_741_824 && value < 1_073_741_824) {
      let rest = (value << 1) ^ (value >> 31);
      for (; rest > 127; rest >>>= 7) this.#bytes[this.#length++] = (rest & 127) | 128;
      this.#bytes[this.#length++] = rest;
      return;
    }
    let rest = BigInt(value);
    rest = rest < 0n ? -2n * rest - 1n : 2n * rest;
    for (; rest > 127n; rest >>= 7n) this.#bytes[this.#length++] = Number(rest & 127n) | 128;
    this.#bytes[this.#length++] = Number(rest);
  }

  double(value: number): void {
    this.#ensure(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  string(text: string): void {
    // UTF-8 takes at most three bytes for each UTF-16 unit. Short texts of ASCII have a length of one byte.
    this.#ensure(text.length * 3 + 10);
    if (text.length * 3 < 64) {
      const { written } = encoder.encodeInto(text, this.#bytes.subarray(this.#length + 1));
      this.#bytes[this.#length] = written * 2;
      this.#length += written + 1;
      return;
    }
    this.bytes(encoder.encode(text));
  }

  bytes(bytes: Uint8Array): void {
    this.long(bytes.length);
    this.raw(bytes);
  }

  /** A whole number as the bytes of its two's complement, the highest first, as few as hold it. */
  unscaled(value: bigint): void {
    const bytes: number[] = [];
    for (let rest = value; ; rest >>= 8n) {
      const byte = Number(rest & 255n);
      bytes.unshift(byte);
      if ((rest >> 8n === 0n && byte < 128) || (rest >> 8n === -1n && byte >= 128)) break;
    }
    this.bytes(Uint8Array.from(bytes));
  }

  #ensure(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + size));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
