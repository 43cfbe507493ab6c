import type { Row, Rows, Value } from '@datamaker/connectors';
import type { KeptKeys } from '../../store/push-receipt-table.ts';

/** Most that are kept for good; a receipt that is larger would be slower than the push. */
const MOST_RANGES = 2000;
const MOST_OTHERS = 10_000;

export const NO_KEYS: KeptKeys = { ranges: [], others: [], isComplete: true };

/** Keys of rows as they are kept: whole numbers as ranges. @param columns in the order of the key */
export function keysOf(rows: Rows, columns: readonly string[]): KeptKeys {
  const [only] = columns;
  const numbers: bigint[] = [];
  const others: unknown[][] = [];
  for (const row of rows) {
    const value = only === undefined || columns.length > 1 ? undefined : wholeNumber(row[only]);
    // A key that is not known in whole finds nothing.
    if (columns.some((name) => (row[name] ?? null) === null)) return { ...NO_KEYS, isComplete: false };
    if (value === undefined) others.push(columns.map((name) => plain(row[name])));
    else numbers.push(value);
  }
  return { ranges: toRanges(numbers), others, isComplete: true };
}

/** Both together; what would be too much is let go. */
export function joinKeys(kept: KeptKeys, more: KeptKeys): KeptKeys {
  const others = [...kept.others, ...more.others];
  const ranges = mergeRanges([...kept.ranges, ...more.ranges]);
  const isTooMuch = ranges.length > MOST_RANGES || others.length > MOST_OTHERS;
  if (isTooMuch || !kept.isComplete || !more.isComplete) return { ranges: [], others: [], isComplete: false };
  return { ranges, others, isComplete: true };
}

/** How many they are. */
export const countKeys = ({ ranges, others }: KeptKeys): number =>
  ranges.reduce((sum, [first, last]) => sum + Number(BigInt(last) - BigInt(first)) + 1, others.length);

/** The keys as rows that a session can look for, some at a time. */
export function* rowsOfKeys({ ranges, others }: KeptKeys, columns: readonly string[], size: number): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of each(ranges, others, columns)) {
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The keys at the places [from, to), ranges before others. */
export function keptBetween({ ranges, others }: KeptKeys, columns: readonly string[], from: number, to: number): Row[] {
  const some: [string, string][] = [];
  let passed = 0;
  for (const [first, last] of ranges) {
    const size = Number(BigInt(last) - BigInt(first)) + 1;
    const [a, b] = [Math.max(from, passed), Math.min(to, passed + size)];
    if (a < b) {
      const start = BigInt(first) + BigInt(a - passed);
      some.push([String(start), String(start + BigInt(b - a - 1))]);
    }
    passed += size;
  }
  const rest = others.slice(Math.max(0, from - passed), Math.max(0, to - passed));
  return [...rowsOfKeys({ ranges: some, others: rest, isComplete: true }, columns, Math.max(1, to - from))].flat();
}

function* each(ranges: KeptKeys['ranges'], others: KeptKeys['others'], columns: readonly string[]): Generator<Row> {
  for (const [first, last] of ranges) {
    for (let at = BigInt(first); at <= BigInt(last); at++) yield { [columns[0] as string]: toValue(at) };
  }
  for (const values of others) {
    yield Object.fromEntries(columns.map((name, i) => [name, values[i] as Value])) as Row;
  }
}

const toValue = (number: bigint): Value =>
  number >= BigInt(Number.MIN_SAFE_INTEGER) && number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : number;

function wholeNumber(value: Value | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  // Decimals come as texts: those of Oracle's keys, for instance.
  return typeof value === 'string' && /^(0|-?[1-9]\d{0,30})$/.test(value) ? BigInt(value) : undefined;
}

const plain = (value: Value | undefined): unknown => (typeof value === 'bigint' ? value.toString() : (value ?? null));

function toRanges(numbers: readonly bigint[]): KeptKeys['ranges'] {
  const sorted = numbers.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return mergeRanges(sorted.map((one) => [String(one), String(one)] as const));
}

function mergeRanges(ranges: KeptKeys['ranges']): KeptKeys['ranges'] {
  const sorted = ranges
    .map(([first, last]) => [BigInt(first), BigInt(last)] as [bigint, bigint])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const merged: [bigint, bigint][] = [];
  for (const [first, last] of sorted) {
    const before = merged.at(-1);
    if (before !== undefined && first <= before[1] + 1n) before[1] = last > before[1] ? last : before[1];
    else merged.push([first, last]);
  }
  return merged.map(([first, last]) => [String(first), String(last)] as const);
}
