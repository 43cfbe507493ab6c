import {
  ConnectionError,
  type Connector,
  type Row,
  type Rows,
  type Session,
  type Table,
  type TableName,
} from '@datamaker/connectors';
import { identityText } from '@datamaker/seeding/records';
import { canLook, keyColumnsOf, keyRows, presentKeys } from '../pushes/present-keys.ts';
import { identityOf } from '../pushes/push-identity.ts';
import type { ColumnMapping } from './column-mapping.ts';

/** Rows that may be in the system already, and how that can be known. */
export interface DoubtfulRows {
  readonly table: Table | TableName;
  readonly columns: ColumnMapping;
  readonly key: readonly string[] | undefined;
  readonly onConflict: 'fail' | 'skip' | 'update';
  /** Whether the system knows requests that it has seen. */
  readonly knowsRequests: boolean;
  readonly batches: () => Iterable<Rows>;
}

/**
 * Finds out which rows an earlier request has put in that ended without an answer.
 * @returns their places; of a system that keeps all of them or none, all or none; undefined: sending all of them again does no harm
 * @throws ConnectionError unknown_outcome, when nothing tells
 */
export async function settleRows(
  session: Session,
  { capabilities, type }: Pick<Connector, 'capabilities' | 'type'>,
  rows: DoubtfulRows,
  signal: AbortSignal,
): Promise<ReadonlySet<number> | undefined> {
  const { table, columns, key, onConflict, knowsRequests, batches } = rows;
  const identity = identityOf(table, columns, key);
  const isGiven = identity?.by === 'template';
  if (knowsRequests || (isGiven && onConflict !== 'fail' && capabilities.upsert)) return undefined;
  if (!isGiven || !canLook(session, type)) throw doubt();
  const described = await keyColumnsOf(session, table, identity.columns);
  const there = new Set<number>();
  let place = 0;
  for (const some of batches()) {
    const keys = keyRows(some, identity.columns);
    const found = await presentKeys(session, type, table, described, keys, signal);
    for (const one of keys) {
      if (found?.has(identityText(described, one)) === true) there.add(place);
      place++;
    }
  }
  // Kept together, they are not there when one of them is not: the others are somebody else's, and will be in the way.
  return capabilities.transactions && there.size < place ? new Set() : there;
}

/** Rows without those at some places, in the batches that they are in. */
export function* without(batches: Iterable<Rows>, places: ReadonlySet<number>): Iterable<Rows> {
  let place = 0;
  for (const rows of batches) {
    const left: Row[] = rows.filter(() => !places.has(place++));
    if (left.length > 0) yield left;
  }
}

export const doubt = (): ConnectionError =>
  new ConnectionError(
    'unknown_outcome',
    'an earlier request with this Idempotency-Key ended before it had an answer: whether its rows were kept is not known',
    { hint: 'look into the system; under another Idempotency-Key the rows are sent anew' },
  );
