/** Reads texts that are known to be JSON, and gives the values as they are written: numbers keep all their digits. */
export class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The code of the next character that is no space. */
  #peek(): number {
    let c = this.#text.charCodeAt(this.#at);
    while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) c = this.#text.charCodeAt(++this.#at);
    return c;
  }

  /** The members of an object; each `value` must read its value. */
  object(value: (key: string) => void): void {
    this.#list(0x7d, () => {
      this.#peek();
      const key = JSON.parse(this.#string()) as string;
      this.#peek();
      this.#at++;
      value(key);
    });
  }

  /** The elements of a list; each `value` must read its value. */
  array(value: () => void): void {
    this.#list(0x5d, value);
  }

  #list(end: number, element: () => void): void {
    this.#peek();
    this.#at++;
    while (this.#peek() !== end) {
      element();
      if (this.#peek() === 0x2c) this.#at++;
    }
    this.#at++;
  }

  /**
   * A value as JSON without spaces; strings as JSON.stringify writes them, so that equal strings are equal texts.
   * @param note is told the keys of the value itself, when it is an object
   * @throws DuplicateKey, since an object that says two things for a key has no meaning to keep
   */
  value(note?: (key: string) => void): string {
    switch (this.#peek()) {
      case 0x7b: {
        const members: string[] = [];
        const keys = new Set<string>();
        this.object((key) => {
          if (keys.has(key)) throw new DuplicateKey(key);
          keys.add(key);
          note?.(key);
          members.push(`${JSON.stringify(key)}:${this.value()}`);
        });
        return `{${members.join(',')}}`;
      }
      case 0x5b: {
        const elements: string[] = [];
        this.array(() => elements.push(this.value()));
        return `[${elements.join(',')}]`;
      }
      case 0x22: {
        const written = this.#string();
        return written.includes('\\') ? JSON.stringify(JSON.parse(written)) : written;
      }
      default: {
        const start = this.#at;
        while (/[\w+.-]/.test(this.#text[this.#at] ?? '')) this.#at++;
        return this.#text.slice(start, this.#at);
      }
    }
  }

  #string(): string {
    const start = this.#at;
    for (;;) {
      const c = this.#text.charCodeAt(++this.#at);
      if (c === 0x5c) this.#at++;
      else if (c === 0x22) return this.#text.slice(start, ++this.#at);
    }
  }
}

export class DuplicateKey extends Error {
  readonly key: string;

  constructor(key: string) {
    super('a key is there twice');
    this.key = key;
  }
}

/** The members of an object that is known to be JSON, as they are written. */
export function membersOf(text: string): Map<string, string> {
  const reader = new JsonReader(text);
  const members = new Map<string, string>();
  reader.object((key) => members.set(key, reader.value()));
  return members;
}
