/**
 * The value of a cell. Dates, moments and times of day are numbers in the file, told apart by their number format; here they are
 * texts of ISO 8601 without a time zone, which spreadsheets do not know.
 */
export type Cell =
  | { readonly kind: 'text' | 'date' | 'datetime' | 'time'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean };

/** A row with a value. */
export interface SheetRow {
  /** As the spreadsheet shows it, from 1. */
  readonly number: number;
  /** By column, from 0; empty cells and those with an error are not there. */
  readonly cells: ReadonlyMap<number, Cell>;
}
