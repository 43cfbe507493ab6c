import type { SeedEstimate, SeedPlan } from '@datamaker/seeding';

/** A plan for programs: tables in the order of writing, and what is not understood. */
export function jsonOfPlan(plan: SeedPlan, { rows, bytes }: SeedEstimate, leftOut: readonly string[]): string {
  const document = {
    seed: plan.seed,
    rows,
    bytes,
    tables: plan.tables.map((table) => ({
      table: table.id,
      rows: table.rows,
      columns: table.columns.length,
      identity: table.identity,
      refers_to: table.links.map(({ to, isLater }) => ({ table: to, later: isLater })),
    })),
    left_out: leftOut,
    problems: plan.problems.map(({ code, subject, message, blocks }) => ({ code, subject, message, blocks })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
