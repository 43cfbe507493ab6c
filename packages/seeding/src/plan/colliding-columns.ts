import { compileTemplate, generateRows, parseTemplate } from '@datamaker/engine';
import { seedOf } from '../apply/table-rows.ts';
import { foldText } from '../verify/fold-text.ts';
import type { SeedPlan, TablePlan } from './seed-plan.ts';

/** Rows that are made at a time. */
const WINDOW = 10_000;

/**
 * Columns of the template of a table in which texts differ only in what the keys of the system do not tell apart: the engine keeps texts
 * apart to the letter. All rows are made for it.
 * @param names the columns that are looked at
 */
export async function collidingColumns(
  { seed, now }: Pick<SeedPlan, 'seed' | 'now'>,
  table: TablePlan,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const colliding = new Set<string>();
  if (table.template === null || names.length === 0) return colliding;
  const parsed = parseTemplate(table.template);
  const plan = parsed.ok
    ? await compileTemplate(parsed.value, { seed: seedOf(seed, table), now, rows: table.rows })
    : parsed;
  // Whoever makes rows of it says so.
  if (!plan.ok) return colliding;
  const fields = names.map((name) => ({
    name,
    field: table.template?.fields[table.columns.indexOf(name) - table.keys.length]?.name ?? '',
    seen: new Set<number>(),
  }));
  for (let from = 0; from < table.rows && fields.length > colliding.size; from += WINDOW) {
    const rows = generateRows(plan.value, from, Math.min(table.rows, from + WINDOW));
    for (const { name, field, seen } of fields) {
      if (colliding.has(name)) continue;
      for (const row of rows) {
        const value = row[field];
        if (typeof value !== 'string') continue;
        const hash = hashOf53(foldText(value));
        if (seen.has(hash)) colliding.add(name);
        seen.add(hash);
      }
    }
  }
  return colliding;
}

/** 53 bits of a text: with a million texts two of them meet by chance once in ten thousand runs, and then the column is only given codes. */
function hashOf53(text: string): number {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (b >>> 13);
  }
  a = Math.imul(a ^ (a >>> 16), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b);
  return (a >>> 0) * 2 ** 21 + ((b ^ (b >>> 15)) >>> 11);
}
