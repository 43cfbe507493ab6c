import { formatValue } from '../../../ui/format.ts';

/** Of a letter in the font of grids. */
export const GLYPH_PX = 7.3;
/** Values that the widths of columns are taken from, in all. */
const SAMPLE = 2000;

export interface Column {
  readonly name: string;
  readonly width: number;
}

/** The columns of rows, each as wide as the longest of its first values, within bounds. */
export function columnsOf(rows: readonly Record<string, unknown>[]): Column[] {
  const names = Object.keys(rows[0] ?? {});
  const sample = rows.slice(0, Math.max(3, Math.min(40, Math.floor(SAMPLE / Math.max(1, names.length)))));
  return names.map((name) => {
    const longest = Math.max(name.length + 1, ...sample.map((row) => formatValue(row[name]).length));
    return { name, width: Math.round(Math.min(300, Math.max(72, longest * GLYPH_PX + 26))) };
  });
}
