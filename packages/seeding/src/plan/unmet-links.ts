import type { KeyMaker } from '../keys/key-maker.ts';
import type { PlanProblem, TablePlan } from './seed-plan.ts';

/** Keys that share columns may not go together: looked at in some rows before the first is written. */
export function unmetLinks(tables: readonly TablePlan[], maker: KeyMaker): PlanProblem[] {
  const problems: PlanProblem[] = [];
  for (const table of tables) {
    for (const [index, link] of table.links.entries()) {
      if (link.pick.how !== 'matching' || link.pick.isEarlier === true || link.nullEvery > 0) continue;
      const parent = maker.parent(table.id, index);
      const step = Math.max(1, Math.floor(table.rows / 200));
      let isMet = true;
      for (let row = 0; row < table.rows && isMet; row += step) isMet = parent(row) !== null;
      if (isMet) continue;
      const message = `rows of ${link.to} that fit the other keys of a row are not there in every case`;
      problems.push({
        code: 'key_not_met',
        subject: `${table.id}.${link.columns.join(', ')}`,
        message,
        blocks: false,
      });
    }
  }
  return problems;
}
