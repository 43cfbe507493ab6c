import type { Table } from '@datamaker/connectors';
import type { PlanProblem } from '../plan/seed-plan.ts';
import { tableId } from '../plan/table-id.ts';
import type { FactsByColumn } from './column-facts.ts';

/** What the CHECK constraints of a table say of its columns. Those that are not understood are reported by name. */
export function readChecks(table: Table, report: (problem: PlanProblem) => void): FactsByColumn {
  for (const { name, expression } of table.checks) {
    const message = `the rule ${name} is not understood: ${expression}`;
    report({ code: 'check_not_understood', subject: tableId(table), message, blocks: false });
  }
  return new Map();
}
