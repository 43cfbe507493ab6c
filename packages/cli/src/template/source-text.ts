import { isUtf8 } from 'node:buffer';
import { type JsonScan, scanJson } from './scan-json.ts';

/** A template's text with its name, able to say at which line and column a part of it stands. */
export class SourceText {
  readonly name: string;
  readonly bytes: Uint8Array;
  #text: string | undefined;
  #scan: JsonScan | undefined;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.bytes = bytes;
  }

  /** `name:line:column` of the value a JSON pointer leads to, of its nearest parent that exists, or of what is not JSON. */
  placeOf(pointer: string): string {
    if (!isUtf8(this.bytes)) return this.#firstInvalidByte();
    this.#text ??= new TextDecoder().decode(this.bytes);
    this.#scan ??= scanJson(this.#text);
    if (this.#scan.error !== undefined) return this.#place(this.#text, this.#scan.error.offset);
    for (let path = pointer; ; path = path.slice(0, path.lastIndexOf('/'))) {
      // A template may be written as its bare list of fields; pointers speak of `/fields` all the same.
      const offset = this.#scan.offsets.get(path) ?? this.#scan.offsets.get(path.replace(/^\/fields/, ''));
      if (offset !== undefined) return this.#place(this.#text, offset);
      if (!path.includes('/')) return this.name;
    }
  }

  /** What JSON wants at the place where this text stops being JSON; undefined when it is JSON (or not even UTF-8). */
  expectedInstead(): string | undefined {
    if (!isUtf8(this.bytes)) return undefined;
    this.placeOf('');
    return this.#scan?.error?.expected;
  }

  #place(text: string, offset: number): string {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    let line = 1;
    for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
    return `${this.name}:${line}:${offset - lineStart + 1}`;
  }

  /** A newline is never part of a longer UTF-8 sequence, so each line can be judged alone. */
  #firstInvalidByte(): string {
    let start = 0;
    for (let line = 1; ; line++) {
      const newline = this.bytes.indexOf(0x0a, start);
      const end = newline === -1 ? this.bytes.length : newline;
      const part = this.bytes.subarray(start, end);
      if (!isUtf8(part)) return `${this.name}:${line}:${validLength(part) + 1}`;
      if (newline === -1) return this.name;
      start = end + 1;
    }
  }
}

/** How many UTF-16 units of a line can be read before its first invalid byte. */
function validLength(line: Uint8Array): number {
  let low = 0;
  let high = line.length;
  // Streaming, a cut sequence is no error, so "this prefix decodes" holds up to the invalid byte and never after it.
  const decode = (length: number): string | undefined => {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line.subarray(0, length), {
        stream: true,
      });
    } catch {
      return undefined;
    }
  };
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (decode(middle) === undefined) high = middle - 1;
    else low = middle;
  }
  return decode(low)?.length ?? 0;
}
