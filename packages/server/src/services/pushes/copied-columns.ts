import type { Column, Session } from '@datamaker/connectors';
import type { ScalarKind } from '@datamaker/engine';
import type { PushPlan } from '../../store/push-receipt-table.ts';
import type { PushRows } from './push-rows-of.ts';

const NUMBERS = new Set(['integer', 'decimal', 'float']);
const NOT_OF_TEXT = new Set(['binary', 'json']);

/**
 * The columns of rows that may go in as CSV, as the engine writes it, which is much faster than one by one; undefined: they are to be inserted.
 * Either way the table has the same afterwards.
 * @throws ConnectionError
 */
export async function copiedColumns(
  plan: PushPlan,
  rows: PushRows,
  session: Session,
): Promise<readonly string[] | undefined> {
  const { table, onConflict, identity, batchSize } = plan;
  // A size of batches is asked for where a system has trouble with larger ones.
  if (session.copy === undefined || onConflict !== 'fail' || identity?.by === 'system' || batchSize !== null)
    return undefined;
  const { kinds } = rows;
  if (kinds === undefined || !(await session.takesCopy?.(table))) return undefined;
  const { columns } = await session.describe(table);
  const isSame = [...kinds].every(([name, kind]) => {
    const column = columns.find((one) => one.name === name);
    return column !== undefined && saysTheSame(kind, column);
  });
  return isSame ? [...kinds.keys()] : undefined;
}

/** Whether a column makes the same of a value and of its text in CSV. */
function saysTheSame(kind: ScalarKind, { kind: of, dimensions, scale }: Column): boolean {
  if (dimensions > 0) return false;
  // Zeros at the end are kept by a column without a scale, and refused by whole numbers.
  if (kind === 'decimal') return of === 'float' || (of === 'decimal' && scale !== null);
  if (kind === 'number') return NUMBERS.has(of);
  return kind === 'boolean' ? of === 'boolean' : !NOT_OF_TEXT.has(of);
}
