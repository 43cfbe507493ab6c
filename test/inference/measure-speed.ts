import { inferTable } from './generate-values.ts';
import type { LabelledTable } from './read-tables.ts';

const ROUNDS = 15;
/** Rounds that only let the machine's code settle. */
const WARM_UP = 5;

/**
 * Microseconds that inference takes for a field, generation left out: the median of rounds over all tables. Inference keeps no
 * answers, neither of names nor of words: a round reads every name as if it were the first time, and only the lexicon is there.
 */
export function measureSpeed(tables: readonly LabelledTable[]): number {
  const fields = tables.reduce((sum, { columns }) => sum + columns.length, 0);
  const round = (): number => {
    const start = performance.now();
    for (const table of tables) inferTable(table);
    return ((performance.now() - start) * 1000) / fields;
  };
  const taken = Array.from({ length: WARM_UP + ROUNDS }, round).slice(WARM_UP);
  return taken.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}
