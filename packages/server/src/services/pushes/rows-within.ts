import type { Row, Session, Table, TableName } from '@datamaker/connectors';
import { type ErrorDetail, validationError } from '../../errors.ts';
import type { PushIdentity, PushWithin } from '../../store/push-receipt-table.ts';
import type { ColumnMapping } from '../connections/column-mapping.ts';
import { isDescribed, nameOf } from '../connections/connection-data.ts';
import { type RowShape, rowsIn } from './row-shape.ts';

/** Where rows go, and what is in them. */
export interface PushedShape {
  readonly table: Table | TableName;
  readonly columns: ColumnMapping;
  readonly shape: RowShape;
  readonly onConflict: 'fail' | 'skip' | 'update';
}

/**
 * The rows of other tables that are within rows, the outer ones first.
 * @throws ApiError validation_error, when they have names in them that the system does not know, or are to change what is there
 */
export async function rowsWithin(
  session: Session,
  { table, columns, shape, onConflict }: PushedShape,
  identity: PushIdentity | undefined,
): Promise<readonly PushWithin[]> {
  if (!isDescribed(table)) return [];
  const wrong: ErrorDetail[] = [];
  const found: PushWithin[] = [];
  const visit = async (
    parent: Table,
    names: ReadonlyMap<string, { readonly shape: RowShape | null; readonly pointer: string }>,
    outer: Pick<PushWithin, 'path' | 'identity'>,
  ): Promise<void> => {
    for (const { name, table: to, link = [], contained } of parent.nested ?? []) {
      const inner = names.get(name);
      if (inner === undefined) continue;
      const child = contained ?? (await session.describe(to));
      const known = new Set([...child.columns, ...(child.nested ?? [])].map((one) => one.name));
      const given = [...(inner.shape ?? [])];
      wrong.push(
        ...given.flatMap(([field]) => (known.has(field) ? [] : [unknown(`${inner.pointer}/${field}`, name, field)])),
      );
      const own = given.flatMap(([field]) => (child.columns.some((one) => one.name === field) ? [field] : []));
      const all = [...new Set([...link.map(({ column }) => column), ...own])];
      const path = [...outer.path, name];
      const told = contained === undefined ? identityWithin(child, all, link, outer.identity) : null;
      found.push({ path, table: nameOf(to), columns: all, link, identity: told, isContained: contained !== undefined });
      const below = given.map(([field, shape]) => [field, { shape, pointer: `${inner.pointer}/${field}` }] as const);
      await visit(child, new Map(below), { path, identity: told });
    }
  };
  const names = Object.entries(columns).flatMap(([field, name]) =>
    name === null ? [] : [[name, { shape: shape.get(field) ?? null, pointer: `/mapping/${field}` }] as const],
  );
  await visit(table, new Map(names), { path: [], identity: identity ?? null });
  if (found.length > 0 && onConflict === 'update') {
    const message = 'rows with rows within them are put in as a whole: what is there is not changed by them';
    wrong.push({ code: 'not_supported', pointer: '/on_conflict', message, hint: 'use `skip` or `fail`' });
  }
  if (wrong.length > 0) throw validationError(wrong);
  return found;
}

const unknown = (pointer: string, within: string, name: string): ErrorDetail => ({
  code: 'field_without_column',
  pointer,
  message: `rows within ${JSON.stringify(within.slice(0, 80))} have no column ${JSON.stringify(name.slice(0, 80))}`,
  hint: 'names within rows are those of the system: rename the field',
});

/** The key of rows within, when it leads to the row that they are in. */
function identityWithin(
  { primaryKey }: Table,
  columns: readonly string[],
  link: PushWithin['link'],
  outer: PushIdentity | null,
): PushIdentity | null {
  if (primaryKey === null || outer === null) return null;
  if (!outer.columns.every((name) => link.some(({ parent }) => parent === name))) return null;
  const isGiven = outer.by === 'template' && primaryKey.columns.every((name) => columns.includes(name));
  return { columns: primaryKey.columns, by: isGiven ? 'template' : 'system' };
}

/** How receipts name rows within. */
export const pathText = ({ path }: Pick<PushWithin, 'path'>): string => path.join('/');

/**
 * The rows that are within a row of a push, with what they take from those that they are in.
 * @param all what is within the rows of the push
 */
export function childrenOf(row: Row, { path }: Pick<PushWithin, 'path'>, all: readonly PushWithin[]): readonly Row[] {
  let rows: readonly Row[] = [row];
  for (const [i, name] of path.entries()) {
    const link =
      all.find((one) => one.path.length === i + 1 && one.path.every((part, at) => part === path[at]))?.link ?? [];
    rows = rows.flatMap((outer) => {
      const own = link.flatMap(({ column, parent }) => (outer[parent] === undefined ? [] : [[column, outer[parent]]]));
      return rowsIn(outer[name]).map((inner) => ({ ...inner, ...(Object.fromEntries(own) as Row) }));
    });
  }
  return rows;
}
