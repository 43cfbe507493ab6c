import type { AliasTable } from '../../plan/program.ts';

const known = new WeakMap<AliasTable, readonly number[]>();

/** The share of each index of an alias table; computed once a table. */
export function weightedShares(odds: AliasTable): readonly number[] {
  let shares = known.get(odds);
  if (shares === undefined) {
    const count = odds.alias.length;
    const found = new Array<number>(count).fill(0);
    odds.alias.forEach((other, index) => {
      const own = (odds.threshold[index] ?? 0) / 2 ** 32;
      found[index] = (found[index] ?? 0) + own / count;
      found[other] = (found[other] ?? 0) + (1 - own) / count;
    });
    shares = found;
    known.set(odds, shares);
  }
  return shares;
}
