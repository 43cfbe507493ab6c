import { ToolError } from '../tool-error.ts';

/** Which row comes next, of which rows. */
export interface RowPlace {
  readonly row: number;
  readonly seed: string | number | undefined;
}

export const toCursor = ({ row, seed }: RowPlace): string => `${row}.${encodeURIComponent(String(seed))}`;

/** @throws ToolError invalid_cursor */
export function readCursor(cursor: string): { readonly row: number; readonly seed: string } {
  const [, row, seed] = /^(\d{1,15})\.([^.]*(?:\.[^.]*)*)$/.exec(cursor) ?? [];
  try {
    if (row !== undefined && seed !== undefined) return { row: Number(row), seed: decodeURIComponent(seed) };
  } catch {
    // Percent signs that nobody has written here.
  }
  throw new ToolError('invalid_cursor', 'the cursor is not one that this tool gave', { hint: 'begin without one' });
}
