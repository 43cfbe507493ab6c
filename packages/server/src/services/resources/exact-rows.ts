/** What is wrong with rows that fields would pick from. */
export interface RowsProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export type Rows = { readonly rows: readonly unknown[] } | RowsProblem;

/** An id must not change by being read, and what is generated holds doubles. */
export const tooPrecise = (row: number): RowsProblem => ({
  code: 'number_too_large',
  message: `row ${row} has a whole number beyond 2^53, which would lose digits`,
  hint: 'write it as a text, in quotes',
});

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/** Whether a text of JSON has a whole number that a double cannot hold. @throws SyntaxError */
export function losesDigits(text: string): boolean {
  if (!/\d{16}/.test(text)) return false;
  let loses = false;
  const look: Reviver = (_, value, { source }) => {
    loses ||= typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '');
    return value;
  };
  JSON.parse(text, look as (key: string, value: unknown) => unknown);
  return loses;
}
