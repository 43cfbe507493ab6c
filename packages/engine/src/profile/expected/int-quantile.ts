import type { Int } from '../../plan/program.ts';
import type { Quantile } from '../../random/distributions.ts';
import { quantileAt } from './quantile-at.ts';
import { weightedShares } from './weighted-shares.ts';

/**
 * The quantile function of an integer that follows from one draw: as even, weighted or tabulated as that is, moved and scaled.
 * @param bound what variables stand for
 * @returns undefined where several draws meet, or none that is known
 */
export function intQuantile(int: Int, bound: ReadonlyMap<string, Int>): Quantile | undefined {
  switch (int.op) {
    case 'draw':
    case 'shared':
      return (p) => Math.min(int.below - 1, Math.floor(p * int.below));
    case 'quantile': {
      const { min, max } = int.table;
      return (p) => Math.min(max, Math.max(min, Math.floor(quantileAt.at(int.table, p) + 0.5)));
    }
    case 'weighted':
      return discrete(weightedShares(int.odds).map((share, value) => ({ value, share })));
    case 'lookup':
      return lookedUp(int.table, int.index);
    case 'get': {
      const value = bound.get(int.name);
      return value === undefined ? undefined : intQuantile(value, bound);
    }
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
      return moved(int.op, int.a, int.b, bound);
    default:
      return undefined;
  }
}

/** The quantile function of values with shares that add up to 1. */
export function discrete(values: readonly { readonly value: number; readonly share: number }[]): Quantile {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const upTo: number[] = [];
  let sum = 0;
  for (const { share } of sorted) {
    sum += share;
    upTo.push(sum);
  }
  return (p) => {
    let [from, to] = [0, sorted.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((upTo[middle] ?? 0) > p) to = middle;
      else from = middle + 1;
    }
    return sorted[from]?.value ?? 0;
  };
}

function lookedUp(table: readonly number[], index: Int): Quantile | undefined {
  if (index.op === 'weighted')
    return discrete(weightedShares(index.odds).map((share, i) => ({ value: table[i] ?? 0, share })));
  if ((index.op !== 'draw' && index.op !== 'shared') || index.below > table.length) return undefined;
  return discrete(table.slice(0, index.below).map((value) => ({ value, share: 1 / index.below })));
}

function moved(
  op: 'add' | 'sub' | 'mul' | 'div',
  a: Int,
  b: Int,
  bound: ReadonlyMap<string, Int>,
): Quantile | undefined {
  const [left, right] = [constantOf(a), constantOf(b)];
  if (right !== undefined) {
    const of = intQuantile(a, bound);
    if (of === undefined) return undefined;
    if (op === 'add') return (p) => of(p) + right;
    if (op === 'sub') return (p) => of(p) - right;
    if (right <= 0) return undefined;
    return op === 'mul' ? (p) => of(p) * right : (p) => Math.trunc(of(p) / right);
  }
  const of = left === undefined ? undefined : intQuantile(b, bound);
  if (left === undefined || of === undefined) return undefined;
  if (op === 'add') return (p) => left + of(p);
  if (op === 'sub') return (p) => left - of(1 - p);
  return op === 'mul' && left > 0 ? (p) => left * of(p) : undefined;
}

const constantOf = (int: Int): number | undefined => (int.op === 'const' ? Number(int.value) : undefined);
