import { tooLarge } from '../import-refused.ts';
import { MAX_XLSX_TEXT } from '../limits.ts';
import type { Package } from './package.ts';

/** The texts of the table of shared strings that are wanted, by their index; others are passed over. @throws ImportRefused */
export function readSharedStrings(
  file: Package,
  part: string | undefined,
  wanted: ReadonlySet<number>,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  if (part === undefined || wanted.size === 0) return found;
  let index = 0;
  let reader = new TextReader();
  file.read(part, {
    open: (name) => {
      if (name === 'si') reader = new TextReader();
      else reader.open(name);
    },
    close: (name) => {
      if (name !== 'si') return reader.close(name);
      if (wanted.has(index)) found.set(index, reader.value());
      index++;
    },
    text: (piece) => {
      if (wanted.has(index)) reader.text(piece);
    },
    done: () => found.size === wanted.size,
  });
  return found;
}

/** Collects the text of a rich text: that of its runs, without the phonetic hints beside it (18.4.3). */
export class TextReader {
  #text = '';
  #isPhonetic = false;
  #isOpen = false;

  open(name: string): void {
    if (name === 'rPh') this.#isPhonetic = true;
    if (name === 't') this.#isOpen = !this.#isPhonetic;
  }

  close(name: string): void {
    if (name === 'rPh') this.#isPhonetic = false;
    if (name === 't') this.#isOpen = false;
  }

  text(piece: string): void {
    if (!this.#isOpen) return;
    this.#text += piece;
    refuseLong(this.#text);
  }

  value(): string {
    return unescaped(this.#text);
  }
}

/** @throws ImportRefused for a text that no cell can hold */
export function refuseLong(text: string): void {
  // A character may be written as _xHHHH_.
  if (text.length > MAX_XLSX_TEXT * 7) throw tooLarge(`a cell has more than ${MAX_XLSX_TEXT} characters`, 'shorten it');
}

/** `_x000D_` stands for the character of this number (ECMA-376 part 1, 22.9.2.19). */
export const unescaped = (text: string): string => {
  const plain = text.includes('_x')
    ? text
        .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
        .toWellFormed()
    : text;
  if (plain.length > MAX_XLSX_TEXT) throw tooLarge(`a cell has more than ${MAX_XLSX_TEXT} characters`, 'shorten it');
  return plain;
};
