import { ConnectionError } from '../connection-error.ts';
import type { Column, Table } from '../schema/schema.ts';
import type { OnConflict } from '../session.ts';
import { columnsOf } from './statements.ts';

/**
 * The columns that tell rows apart. None for `fail`, and for `skip` where the table has no primary key: then any rule counts.
 * @throws ConnectionError not_found, when the table has no such key
 */
export function conflictKey(
  table: Table,
  onConflict: OnConflict,
  wanted: readonly string[] | undefined,
): readonly Column[] {
  if (onConflict === 'fail') return [];
  const names = wanted ?? table.primaryKey?.columns ?? [];
  if (names.length === 0) {
    if (onConflict === 'skip') return [];
    throw new ConnectionError('not_found', `the table ${table.name} has no primary key to find its rows by`, {
      hint: 'name the columns of another unique key',
    });
  }
  const columns = columnsOf(table, names);
  const keys = [
    ...(table.primaryKey === null ? [] : [table.primaryKey.columns]),
    ...table.uniqueKeys.filter(({ condition }) => condition === null).map((key) => key.columns),
  ];
  const found = keys.some((key) => key.length === new Set(names).size && key.every((name) => names.includes(name)));
  if (found) return columns;
  throw new ConnectionError(
    'not_found',
    `the table ${table.name} has no unique key of the columns ${names.join(', ')}`,
    {
      hint: `its keys are ${keys.map((key) => `(${key.join(', ')})`).join(' ') || 'none'}`,
    },
  );
}
