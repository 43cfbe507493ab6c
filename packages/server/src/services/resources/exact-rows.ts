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

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/**
 * Whether a text of JSON has a whole number that a double cannot hold. Its numbers are looked at where they stand: a reviver of
 * `JSON.parse` calls itself for each level, and there may be more of them than calls.
 * @param text right JSON
 */
export function losesDigits(text: string): boolean {
  if (!/\d{16}/.test(text)) return false;
  const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code >= 0x30 && code <= 0x39) {
      number.lastIndex = at;
      const [written = ''] = number.exec(text) ?? [];
      if (/^\d{16,}$/.test(written) && !Number.isSafeInteger(Number(written))) return true;
      at += written.length - 1;
    }
  }
  return false;
}

/** The place of the quote that ends a string. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
