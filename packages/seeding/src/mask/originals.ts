import type { Value } from '@datamaker/connectors';
import type { Strategy } from '@datamaker/engine';

/** So many values of a column are remembered. */
const MOST = 1000;
/** Masks may be values of others by chance. With values that are looked for that happens in one of a thousand columns, and twice in none. */
const MARGIN_BITS = 10;

/**
 * Some of the values that a column had, evenly from all of its rows, to be looked for among its masks: only such of which nobody's mask is
 * one by chance.
 */
export class Originals {
  readonly #least: number;
  readonly #strategy: Strategy;
  readonly #values = new Set<string>();
  readonly #found = new Set<string>();
  #seen = 0;
  #step = 1;

  /** @param rows about how many the table has */
  constructor(strategy: Strategy, rows: number) {
    this.#strategy = strategy;
    this.#least = MARGIN_BITS + Math.log2(Math.max(2, rows)) + Math.log2(MOST);
  }

  get size(): number {
    return this.#values.size;
  }

  add(value: Value): void {
    for (const text of textsOf(value)) {
      if (this.#seen++ % this.#step !== 0 || !this.#isTelling(text)) continue;
      this.#values.add(text);
      if (this.#values.size < MOST) continue;
      // Every other one goes, and half as many come from here on.
      let keep = false;
      for (const one of this.#values) {
        keep = !keep;
        if (!keep) this.#values.delete(one);
      }
      this.#step *= 2;
    }
  }

  /** Looks for them in a value that was read back. */
  look(value: Value): void {
    if (this.#values.size === 0) return;
    for (const text of textsOf(value)) if (this.#values.has(text)) this.#found.add(text);
  }

  /** How many of them were found so far. */
  get found(): number {
    return this.#found.size;
  }

  /** Fakes and days are values of others as a matter of course: they are known by their rows only. */
  #isTelling(text: string): boolean {
    if (this.#strategy === 'hash' || this.#strategy === 'tokenize') return true;
    return this.#strategy === 'format-preserve' && bitsOf(text) >= this.#least;
  }
}

/** About how many texts of its form there are. */
function bitsOf(text: string): number {
  const free = text.includes('@') ? text.slice(0, text.lastIndexOf('@')) : text;
  let bits = 0;
  for (const character of free) {
    if (/\d/.test(character)) bits += 3.3;
    else if (/\p{L}/u.test(character)) bits += 4.7;
  }
  // Networks and check digits of cards stay, and countries and check digits of IBANs.
  return /^(?:[A-Z]{2}\d{2}[A-Z\d ]{11,}|[\d -]{13,23})$/.test(text) ? bits - 17 : bits;
}

function textsOf(value: Value): readonly string[] {
  if (value === null || value instanceof Uint8Array || typeof value === 'boolean') return [];
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(textsOf);
  return typeof value === 'object' ? [] : [String(value).trimEnd()];
}
