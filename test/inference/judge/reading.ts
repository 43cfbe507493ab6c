/** A generated value as a reader sees it. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const NUMBER = /^[+-]?\d[\d,]*(\.\d*)?(e[+-]?\d+)?$/i;

/** The number a value is or spells, with commas between thousands or without; NaN where it is none. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value.trim() : '';
  return NUMBER.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN;
}

export const isWhole = (value: unknown): boolean => Number.isInteger(numberOf(value));

export function isWithin(value: unknown, least: number, most: number): boolean {
  const number = numberOf(value);
  return number >= least && number <= most;
}

export const wordsOf = (value: unknown): string[] => textOf(value).split(/\s+/).filter(Boolean);

/** Whether a value is written in the alphabet that `pattern` describes. */
export const isLike =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    pattern.test(textOf(value));
