import type { Column, Row, Value } from '@datamaker/connectors';
import type { TablePlan } from '../plan/seed-plan.ts';
import { identityPart } from '../verify/identity-text.ts';
import type { KeyMaker } from './key-maker.ts';
import type { KeyRule } from './key-rules.ts';

/**
 * Finds the number of a row by what it has in some columns of keys. Most keys are counted, and say the number themselves; of others
 * an index is kept, of eight to sixteen bytes a row. What is found is made again and compared, so that there is no error in it.
 */
export class RowFinder {
  readonly #count: number;
  readonly #columns: readonly Column[];
  readonly #values: readonly ((row: number) => Value)[];
  readonly #guess: ((parts: readonly string[]) => number) | undefined;
  #index: Uint32Array | undefined;

  /** @param columns of keys of the table, which together tell its rows apart @param count of rows, from the first on */
  constructor(table: TablePlan, columns: readonly Column[], keys: KeyMaker, count: number) {
    this.#count = count;
    this.#columns = columns;
    this.#values = columns.map(({ name }) => keys.column(table.id, name) ?? (() => null));
    for (const [i, { name, isCaseless }] of columns.entries()) {
      const rule = table.keys.find(({ column }) => column === name)?.rule;
      const number = rule === undefined ? undefined : numberReader(rule, isCaseless === true);
      if (number !== undefined) this.#guess ??= (parts) => number(parts[i] as string);
    }
  }

  /** @param columns of the row that is given, in the order of those of the finder @returns undefined: there is no such row */
  find(columns: readonly Column[], row: Row): number | undefined {
    const parts = columns.map((column) => identityPart(column, row[column.name] ?? null));
    if (this.#guess !== undefined) {
      const guess = this.#guess(parts);
      return Number.isSafeInteger(guess) && guess >= 0 && guess < this.#count && this.#has(guess, parts)
        ? guess
        : undefined;
    }
    this.#index ??= this.#indexed();
    const mask = this.#index.length - 1;
    for (let at = hash(parts) & mask; ; at = (at + 1) & mask) {
      const found = this.#index[at] as number;
      if (found === 0) return undefined;
      if (this.#has(found - 1, parts)) return found - 1;
    }
  }

  #part = (i: number, row: number): string => identityPart(this.#columns[i] as Column, this.#values[i]?.(row) ?? null);

  #has(row: number, parts: readonly string[]): boolean {
    for (let i = 0; i < parts.length; i++) if (this.#part(i, row) !== parts[i]) return false;
    return true;
  }

  /** Numbers of rows from 1, at the place of the hash of their keys or behind it; at most half of the places are taken. */
  #indexed(): Uint32Array {
    const index = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1, this.#count) * 2)));
    const mask = index.length - 1;
    const parts = this.#columns.map(() => '');
    for (let row = 0; row < this.#count; row++) {
      for (let i = 0; i < parts.length; i++) parts[i] = this.#part(i, row);
      let at = hash(parts) & mask;
      while (index[at] !== 0) at = (at + 1) & mask;
      index[at] = row + 1;
    }
    return index;
  }
}

/** Reads the number of a row out of a key; undefined: it does not say it. @param isFolded whether the key comes in small letters */
function numberReader(rule: KeyRule, isFolded: boolean): ((text: string) => number) | undefined {
  if (!('by' in rule) || rule.by.of !== 'row' || 'stride' in rule.by) return undefined;
  switch (rule.kind) {
    case 'number': {
      const start = BigInt(rule.start);
      return rule.scale === 0 ? (text) => (/^-?\d{1,30}$/.test(text) ? Number(BigInt(text) - start) : -1) : undefined;
    }
    case 'uuid':
      return (text) => Number.parseInt(text.slice(-12), 16);
    case 'code': {
      const { prefix, alphabet } = rule;
      const digits = isFolded ? alphabet.toLowerCase() : alphabet;
      return (text) => {
        let number = 0;
        for (const letter of text.slice(prefix.length)) number = number * alphabet.length + digits.indexOf(letter);
        return number;
      };
    }
    default:
      return undefined;
  }
}

/** FNV-1a, and the finisher of MurmurHash3: neighbours in a count are to lie apart. */
function hash(parts: readonly string[]): number {
  let sum = 0x811c9dc5;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) sum = Math.imul(sum ^ part.charCodeAt(i), 0x01000193);
    sum = Math.imul(sum ^ 0x1f, 0x01000193);
  }
  sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  return (sum ^ (sum >>> 13)) >>> 0;
}
