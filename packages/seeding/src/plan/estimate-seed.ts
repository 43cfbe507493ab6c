import { TableRows } from '../apply/table-rows.ts';
import { KeyMaker } from '../keys/key-maker.ts';
import type { SeedPlan } from './seed-plan.ts';

export interface SeedEstimate {
  readonly rows: number;
  /** As CSV, from the first rows of each table: what goes over the line, not what the database takes on disk. */
  readonly bytes: number;
}

/** Rows that are made of each table to see how long they are. */
const LOOKED_AT = 100;

/** How much a plan is going to write. */
export async function estimateSeed(plan: SeedPlan): Promise<SeedEstimate> {
  const keys = await KeyMaker.of(plan.tables, plan.seed);
  let [rows, bytes] = [0, 0];
  for (const table of plan.tables) {
    rows += table.rows;
    const looked = Math.min(table.rows, LOOKED_AT);
    if (looked === 0) continue;
    const made = await TableRows.of(plan, table, keys);
    let length = 0;
    for (const chunk of made.csv(0, looked, 'final')) length += chunk.length;
    bytes += Math.round((length / looked) * table.rows);
  }
  return { rows, bytes };
}
