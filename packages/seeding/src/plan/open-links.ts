import type { ForeignKey } from '@datamaker/connectors';
import type { Pick } from '../keys/key-rules.ts';
import type { Assignment } from './assignment.ts';
import { nullableColumns } from './order-tables.ts';
import { tableId } from './table-id.ts';

/** Of so many rows one has no parent, where that is allowed. */
const NULL_EVERY = 10;

/** A foreign key whose rows are being decided on. */
export interface OpenLink {
  readonly key: ForeignKey;
  readonly own: readonly string[];
  readonly parents: number;
  pick: Pick | undefined;
  nullEvery: number;
  readonly isLater: boolean;
}

/** A foreign key whose columns are all in a larger one is kept by that one; one that shares some follows it. */
export function openLinks(assignment: Assignment): OpenLink[] {
  const { table, rowsOf, later, deferred, report } = assignment;
  const id = tableId(table);
  const links: OpenLink[] = [];
  const taken = new Set<string>();
  // What has to be there comes before what may be null, and rows of other tables before those of this one.
  const order = (key: ForeignKey): number =>
    (nullableColumns(table, key).length > 0 ? 2 : 0) + (tableId(key.to) === id ? 1 : 0);
  const keys = table.foreignKeys.toSorted((a, b) => order(a) - order(b) || b.columns.length - a.columns.length);
  for (const key of keys) {
    const own = key.columns.filter((name) => !taken.has(name));
    if (own.length === 0) continue;
    const isSelf = tableId(key.to) === id;
    const isLater = later.has(key);
    const parents = isSelf ? 0 : rowsOf(tableId(key.to));
    if (parents === undefined && !isLater && !deferred.has(key)) {
      const message = `${key.columns.join(', ')} refers to ${tableId(key.to)}, which gets no rows`;
      report({ code: 'table_left_out', subject: id, message, blocks: true });
    }
    for (const name of own) taken.add(name);
    const link: OpenLink = { key, own, parents: parents ?? 0, pick: undefined, nullEvery: 0, isLater };
    if (own.every((name) => nullableColumns(table, key).includes(name))) link.nullEvery = nullEvery(assignment, own);
    if (own.length < key.columns.length) {
      const on = key.columns.flatMap((column, i) =>
        own.includes(column) ? [] : [{ column, toColumn: key.toColumns[i] as string }],
      );
      link.pick = { how: 'matching', on, parents: link.parents, ...(isSelf ? { isEarlier: true } : {}) };
    }
    links.push(link);
  }
  return links;
}

/** What rules say of nulls goes before. */
function nullEvery({ facts: given }: Assignment, columns: readonly string[]): number {
  const facts = columns.map((name) => given.get(name));
  if (facts.some((one) => one?.isNull === true)) return 1;
  return facts.some((one) => one?.notNull === true) ? 0 : NULL_EVERY;
}

/** Links to the same table, decided already, that refer to other rows than this one. */
export function unlikeLinks(
  links: readonly OpenLink[],
  unlike: Assignment['unlike'],
  { key, parents }: OpenLink,
): readonly number[] {
  if (parents === 0) return [];
  const pairs = unlike.flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]);
  return links.flatMap((link, index) => {
    const isOther = pairs.some(([own = '', other = '']) => {
      const [i, k] = [key.columns.indexOf(own), link.key.columns.indexOf(other)];
      return i >= 0 && k >= 0 && key.toColumns[i] === link.key.toColumns[k];
    });
    return isOther && link.pick !== undefined && tableId(link.key.to) === tableId(key.to) ? [index] : [];
  });
}
