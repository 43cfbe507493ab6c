/** What the values of a column are, as far as samples show. */
export interface SampleFacts {
  /** Texts of the values that are there, bounded in number and length. */
  readonly texts: readonly string[];
  /** How often each occurs, in the order of first appearance; the values as given. */
  readonly counts: ReadonlyMap<string, { readonly value: unknown; readonly count: number }>;
  /** Share of values that are missing, 0 to 1. */
  readonly missing: number;
  /** Least and greatest, and most decimals, where all are numbers. */
  readonly range: { readonly min: number; readonly max: number; readonly decimals: number } | undefined;
}

const MOST_VALUES = 500;
const LONGEST = 500;
/** Written as numbers are: no leading zeros, which codes have. */
const NUMBER = /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,10})?$/;

/** Looks at samples; undefined when there is nothing to see. */
export function sampleFacts(values: readonly unknown[]): SampleFacts | undefined {
  const seen = values.slice(0, MOST_VALUES);
  const texts: string[] = [];
  const counts = new Map<string, { value: unknown; count: number }>();
  for (const value of seen) {
    const text = textOf(value);
    if (text === undefined) continue;
    texts.push(text);
    const known = counts.get(text);
    counts.set(text, { value: known === undefined ? value : known.value, count: (known?.count ?? 0) + 1 });
  }
  if (texts.length === 0) return undefined;
  return { texts, counts, missing: 1 - texts.length / seen.length, range: rangeOf(texts) };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.slice(0, LONGEST).trim();
  return text === '' ? undefined : text;
}

function rangeOf(texts: readonly string[]): SampleFacts['range'] {
  let [min, max, decimals] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const text of texts) {
    if (!NUMBER.test(text)) return undefined;
    const number = Number(text);
    min = Math.min(min, number);
    max = Math.max(max, number);
    decimals = Math.max(decimals, text.split('.')[1]?.length ?? 0);
  }
  return { min, max, decimals };
}
