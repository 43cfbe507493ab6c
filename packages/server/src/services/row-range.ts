import { type Diagnostic, parseCount } from '@datamaker/engine';

/** Rows [from, to). */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Rows are numbered up to here. */
const MAX_ROW = 1_000_000_000_000;

/** `count` rows from `from` (or the first) on, or those up to `to`, without it. Row i is the same in every range. */
export function parseRange(
  request: { readonly count?: unknown; readonly from?: unknown; readonly to?: unknown },
  diagnostics: Pick<Diagnostic[], 'push'>,
): RowRange | undefined {
  const problem = (pointer: string, message: string): undefined => {
    diagnostics.push({ code: 'invalid_range', pointer, message, hint: 'for instance {"from": 1000, "to": 2000}' });
    return undefined;
  };
  const from = rowOf(request.from ?? 0);
  if (from === undefined) return problem('/from', `the first row is a whole number from 0 to ${MAX_ROW}`);
  if (request.to === undefined) {
    const count = parseCount(request.count);
    if (!count.ok) {
      for (const diagnostic of count.diagnostics) diagnostics.push(diagnostic);
      return undefined;
    }
    const to = from + count.value;
    return to <= MAX_ROW ? { from, to } : problem('/from', `rows are numbered up to ${MAX_ROW}`);
  }
  if (request.count !== undefined) return problem('/to', '`to` and `count` exclude each other');
  const to = rowOf(request.to);
  if (to === undefined) return problem('/to', `the row after the last is a whole number from 1 to ${MAX_ROW}`);
  return to > from ? { from, to } : problem('/to', '`to` must be greater than `from`');
}

function rowOf(value: unknown): number | undefined {
  const row = typeof value === 'string' && /^\d{1,13}$/.test(value) ? Number(value) : value;
  return typeof row === 'number' && Number.isInteger(row) && row >= 0 && row <= MAX_ROW ? row : undefined;
}
