import { tooLarge } from '../import-refused.ts';
import { MAX_XLSX_COLUMNS } from '../limits.ts';
import type { Cell, SheetRow } from './cell.ts';
import type { NumberKind } from './number-format.ts';
import type { Package } from './package.ts';
import type { AttributeOf } from './read-part.ts';
import { damaged } from './refusals.ts';
import { toDated } from './serial-date.ts';
import { refuseLong, TextReader, unescaped } from './shared-strings.ts';

export interface SheetLimits {
  /** Rows with a value, of each sheet. */
  rows: number;
  /** Cells with a value, of all sheets. */
  cells: number;
}

/** What a sheet's cells refer to. */
export interface SheetContext {
  readonly styles: readonly NumberKind[];
  readonly is1904: boolean;
  /** Takes the indices of the shared strings that come up. */
  readonly wanted: Set<number>;
}

/** A row whose shared strings are not known yet. */
export class RawRow {
  readonly number: number;
  readonly #cells: Map<number, Cell | number>;

  constructor(number: number, cells: Map<number, Cell | number>) {
    this.number = number;
    this.#cells = cells;
  }

  /** The row, if it has a value. @throws ImportRefused when a string is not in the table */
  resolve(strings: ReadonlyMap<number, string>): SheetRow[] {
    const cells = new Map<number, Cell>();
    for (const [column, given] of this.#cells) {
      if (typeof given !== 'number') {
        cells.set(column, given);
        continue;
      }
      const value = strings.get(given);
      if (value === undefined) throw damaged(`row ${this.number} refers to a text that is not in it`);
      if (value !== '') cells.set(column, { kind: 'text', value });
    }
    return cells.size === 0 ? [] : [{ number: this.number, cells }];
  }
}

/** The first rows of a sheet with a value (ECMA-376 part 1, 18.3.1), as far as the limits let. @throws ImportRefused */
export function readSheet(
  file: Package,
  part: string,
  context: SheetContext,
  limits: SheetLimits,
): { rows: readonly RawRow[]; cells: number; isCut: boolean; errors: number } {
  const reader = new SheetReader(context, limits);
  file.read(part, reader);
  return reader;
}

class SheetReader {
  readonly rows: RawRow[] = [];
  cells = 0;
  errors = 0;
  isCut = false;
  readonly #context: SheetContext;
  readonly #limits: SheetLimits;
  #number = 0;
  #row: Map<number, Cell | number> | undefined;
  #column = -1;
  #cell: { readonly type: string; readonly style: number } | undefined;
  #value = '';
  #inline = new TextReader();
  #isValue = false;

  constructor(context: SheetContext, limits: SheetLimits) {
    this.#context = context;
    this.#limits = limits;
  }

  done(): boolean {
    return this.isCut;
  }

  open(name: string, attribute: AttributeOf): void {
    if (this.#cell !== undefined) {
      if (name === 'v') this.#isValue = true;
      this.#inline.open(name);
    } else if (name === 'c' && this.#row !== undefined) {
      this.#column = columnOf(attribute('r')) ?? this.#column + 1;
      if (this.#column >= MAX_XLSX_COLUMNS) throw tooLarge(`a row has more than ${MAX_XLSX_COLUMNS} columns`, FEWER);
      this.#cell = { type: attribute('t') ?? 'n', style: Number(attribute('s') ?? 0) };
      this.#value = '';
      this.#inline = new TextReader();
    } else if (name === 'row') {
      const given = attribute('r');
      this.#number = given !== undefined && /^\d{1,7}$/.test(given) ? Number(given) : this.#number + 1;
      this.#column = -1;
      this.#row = new Map();
    }
  }

  text(piece: string): void {
    this.#inline.text(piece);
    if (!this.#isValue) return;
    this.#value += piece;
    refuseLong(this.#value);
  }

  close(name: string): void {
    if (name === 'v') this.#isValue = false;
    this.#inline.close(name);
    if (name === 'c' && this.#cell !== undefined) {
      this.#keep(this.#toCell(this.#cell));
      this.#cell = undefined;
    } else if (name === 'row' && this.#row !== undefined) {
      if (this.#row.size > 0) this.#keepRow(this.#row);
      this.#row = undefined;
    }
  }

  #keep(cell: Cell | number | undefined): void {
    if (cell === undefined || this.#row === undefined || this.isCut) return;
    if (this.cells >= this.#limits.cells) {
      if (this.rows.length === 0) throw tooLarge('there are too many cells in the spreadsheet', FEWER);
      this.isCut = true;
      return;
    }
    this.cells++;
    if (typeof cell === 'number') this.#context.wanted.add(cell);
    this.#row.set(this.#column, cell);
  }

  #keepRow(cells: Map<number, Cell | number>): void {
    if (this.rows.length >= this.#limits.rows) this.isCut = true;
    else this.rows.push(new RawRow(this.#number, cells));
  }

  /** The value, the index of the shared string that it is, or undefined where there is none. */
  #toCell({ type, style }: { readonly type: string; readonly style: number }): Cell | number | undefined {
    if (type === 'inlineStr') return textOf(this.#inline.value());
    const value = this.#value;
    if (value === '') return undefined;
    if (type === 'str') return textOf(unescaped(value));
    if (type === 'e') {
      this.errors++;
      return undefined;
    }
    if (type === 'b') return { kind: 'boolean', value: /^\s*(?:1|true)\s*$/.test(value) };
    if (type === 'd') return dateOf(value.trim());
    const number = Number(value);
    if (!Number.isFinite(number) || value.trim() === '') throw damaged(`row ${this.#number} has a number that is none`);
    if (type !== 's') {
      // Excel shows and keeps 15 digits; more come from binary fractions.
      const exact = Number(number.toPrecision(15));
      return toDated(exact, this.#context.styles[style] ?? 'number', this.#context.is1904);
    }
    if (!Number.isSafeInteger(number) || number < 0) throw damaged(`row ${this.#number} has a text without a number`);
    return number;
  }
}

const FEWER = 'save the columns that matter in a workbook of their own, or as CSV';

const textOf = (value: string): Cell | undefined => (value === '' ? undefined : { kind: 'text', value });

/** A date that stands in the file as one (18.18.11), not as a number. */
function dateOf(text: string): Cell | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return { kind: 'date', value: text };
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text)) return { kind: 'datetime', value: text };
  return /^\d\d:\d\d:\d\d/.test(text) ? { kind: 'time', value: text.slice(0, 8) } : textOf(text);
}

/** The column of a reference, from 0: that of `AB12` is 27. @throws ImportRefused */
function columnOf(reference: string | undefined): number | undefined {
  if (reference === undefined) return undefined;
  const letters = /^\$?([A-Za-z]{1,8})\$?\d*$/.exec(reference)?.[1];
  if (letters === undefined) throw damaged(`a cell has the place ${JSON.stringify(reference.slice(0, 40))}`);
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + (letter.charCodeAt(0) - 64);
  return column - 1;
}
