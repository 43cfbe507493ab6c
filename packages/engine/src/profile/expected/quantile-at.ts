import type { QuantileTable } from '../../plan/program.ts';

const WORDS = 2 ** 32;

/** The value at a probability, before it is rounded: between the entries of the table, as the kernel does. */
function at({ main, low, high }: QuantileTable, p: number): number {
  const u = Math.min(WORDS - 1, Math.max(0, Math.floor(p * WORDS)));
  const step = Math.floor(u / 2 ** 22);
  const between = (values: readonly number[], index: number, part: number): number => {
    const from = values[index] ?? 0;
    return from + ((values[index + 1] ?? 0) - from) * part;
  };
  const fine = Math.floor(u / 2 ** 12) % 1024;
  if (step === 0) return between(low, fine, (u % 4096) / 4096);
  if (step === 1023) return between(high, fine, (u % 4096) / 4096);
  return between(main, step, (u % 2 ** 22) / 2 ** 22);
}

/** The share of values below a limit: the least probability at which the table reaches it. */
function below(table: QuantileTable, limit: number): number {
  let [from, to] = [0, WORDS];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (at(table, middle / WORDS) < limit) from = middle + 1;
    else to = middle;
  }
  return from / WORDS;
}

const known = new WeakMap<QuantileTable, readonly number[]>();

/** The shares of the integers from the least to the greatest of a table; computed once a table. */
function shares(table: QuantileTable): readonly number[] {
  let found = known.get(table);
  if (found === undefined) {
    const { min, max } = table;
    const bounds = Array.from({ length: max - min + 2 }, (_, i) =>
      i === 0 ? 0 : i === max - min + 1 ? 1 : below(table, min + i - 0.5),
    );
    found = bounds.slice(1).map((bound, i) => bound - (bounds[i] ?? 0));
    known.set(table, found);
  }
  return found;
}

/** What a tabulated quantile function gives. */
export const quantileAt = { at, shares } as const;
