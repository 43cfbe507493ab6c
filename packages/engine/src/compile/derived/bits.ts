import { constant, type Int, less, lookup } from '../../plan/program.ts';

const constantOf = (int: Int): bigint | undefined => (int.op === 'const' ? BigInt(int.value) : undefined);

/** Whether it is this number in every row. */
export const isConstant = (int: Int, value: bigint): boolean => constantOf(int) === value;

/** `a` where `on` is 1, else `b`. */
export function select(on: Int, a: Int, b: Int): Int {
  if (isConstant(on, 1n)) return a;
  if (isConstant(on, 0n)) return b;
  const [x, y] = [constantOf(a), constantOf(b)];
  if (x !== undefined && x === y) return a;
  if (x === 1n && y === 0n) return on;
  return { op: 'select', on, a, b };
}

export const not = (a: Int): Int => select(a, constant(0), constant(1));
export const and = (a: Int, b: Int): Int => (isConstant(b, 1n) ? a : select(a, b, constant(0)));
export const or = (a: Int, b: Int): Int => (isConstant(b, 0n) ? a : select(a, constant(1), b));

/** 1 when a = b. */
export const same = (a: Int, b: Int): Int => not(or(isLess(a, b), isLess(b, a)));

/** 1 when a < b. */
export function isLess(a: Int, b: Int): Int {
  const [x, y] = [constantOf(a), constantOf(b)];
  return x !== undefined && y !== undefined ? constant(x < y ? 1 : 0) : less(a, b);
}

/** An entry of a table. */
export function entry(table: readonly number[], index: Int): Int {
  if (index.op === 'const') return constant(table[Number(index.value)] ?? 0);
  return table.every((value) => value === table[0]) ? constant(table[0] ?? 0) : lookup(table, index);
}
