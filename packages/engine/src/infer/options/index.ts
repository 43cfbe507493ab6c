import type { TableContext } from '../table/table-context.ts';
import { addUpTotals } from './add-up-totals.ts';
import type { DraftField, TablePass } from './draft-field.ts';
import { groupOwners } from './group-owners.ts';
import { leaveOut } from './leave-out.ts';
import { orderDates } from './order-dates.ts';
import { ownKey } from './own-key.ts';

const PASSES: readonly TablePass[] = [ownKey, addUpTotals, orderDates, groupOwners, leaveOut];

/**
 * What fields of a table owe to each other: keys, totals, the order of dates, whose person or place it is. It does not depend on
 * the order of the fields.
 */
export function relateFields(fields: readonly DraftField[], context: TableContext): void {
  const sorted = [...fields].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const pass of PASSES) pass(sorted, context);
}
