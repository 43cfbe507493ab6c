import { printable } from '../errors/printable.ts';
import { drawTable } from '../output/draw-table.ts';
import type { WritePlan } from '../remote/remote-run.ts';

/** What a dry run would have written, for people. */
export function drawPlan(plan: WritePlan | null | undefined): string {
  if (plan === null || plan === undefined || plan.writes.length === 0) return 'nothing would be written\n';
  const rows = plan.writes.map(({ action, connection, target, rows: count }) => [
    action,
    printable(target).slice(0, 60),
    count === null ? '' : count.toLocaleString('en'),
    printable(connection?.name ?? ''),
  ]);
  const more = plan.more === 0 ? '' : `and ${plan.more.toLocaleString('en')} more\n`;
  return `${drawTable([['would', 'target', 'rows', 'connection'], ...rows], new Set([2])).join('\n')}\n${more}`;
}
