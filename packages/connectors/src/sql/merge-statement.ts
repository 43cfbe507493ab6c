import type { Column, Table } from '../schema/schema.ts';
import type { Dialect } from './dialect.ts';
import type { InsertRequest } from './sql-connection.ts';
import type { Statement } from './statement.ts';
import { quoteColumns, quoteTable } from './statements.ts';

export interface MergeWords {
  /** The rows as a table: by default `(VALUES (?, ?), (?, ?)) AS s (a, b)`. @param rows the parameters of each @param names quoted */
  readonly source?: (rows: readonly (readonly string[])[], names: readonly string[]) => string;
  /** Between the name of the table and its short name: `WITH (HOLDLOCK) AS`. */
  readonly hint?: string;
  /** A column of the source with the number of the row, from 0; quoted. */
  readonly ordinal?: string;
  /** At the end: `OUTPUT inserted.id`. */
  readonly after?: string;
}

const valuesSource = (rows: readonly (readonly string[])[], names: readonly string[]): string =>
  `(VALUES ${rows.map((row) => `(${row.join(', ')})`).join(', ')}) AS s (${names.join(', ')})`;

/**
 * `MERGE` of SQL:2003, for systems without a shorter way to leave out or change rows that are there. Without a key, `skip` goes by all
 * keys of the table whose columns are given, and `fail` by none: then it is an insert that knows its rows.
 */
export function mergeStatement(dialect: Dialect, request: InsertRequest, words: MergeWords = {}): Statement {
  const { table, columns, rows, key, onConflict } = request;
  const { source = valuesSource, hint = '', ordinal, after = '' } = words;
  const parameters: unknown[] = [];
  const tuples = rows.map((row, number) => [
    ...columns.map((column, i) => dialect.parameter(parameters.push(row[i]), column)),
    ...(ordinal === undefined ? [] : [String(number)]),
  ]);
  const quoted = columns.map(({ name }) => dialect.quote(name));
  const keyNames = new Set(key.map(({ name }) => name));
  const others = columns.filter(({ name }) => !keyNames.has(name));
  const text = [
    `MERGE INTO ${quoteTable(dialect, table)}${hint === '' ? '' : ` ${hint}`} t`,
    `USING ${source(tuples, ordinal === undefined ? quoted : [...quoted, ordinal])}`,
    `ON (${matchOf(dialect, request)})`,
    ...(onConflict === 'update' && others.length > 0
      ? [
          `WHEN MATCHED THEN UPDATE SET ${others.map(({ name }) => `${dialect.quote(name)} = s.${dialect.quote(name)}`).join(', ')}`,
        ]
      : []),
    columns.length === 0
      ? 'WHEN NOT MATCHED THEN INSERT DEFAULT VALUES'
      : `WHEN NOT MATCHED THEN INSERT (${quoteColumns(dialect, columns)}) VALUES (${quoted.map((name) => `s.${name}`).join(', ')})`,
    after,
  ];
  return { text: text.filter((part) => part !== '').join(' '), parameters };
}

/** Keys by which rows are looked for: what was named; for `skip` without a name all that the rows have. */
export function keysOf({ table, columns, key, onConflict }: InsertRequest): readonly (readonly Column[])[] {
  if (columns.length === 0) return [];
  if (key.length > 0) return [key];
  return onConflict === 'skip' ? uniqueKeysIn(table, columns) : [];
}

function matchOf(dialect: Dialect, request: InsertRequest): string {
  const same = ({ name }: Column): string => `t.${dialect.quote(name)} = s.${dialect.quote(name)}`;
  const keys = keysOf(request).map((key) => key.map(same).join(' AND '));
  if (keys.length === 0) return '1 = 0';
  return keys.length === 1 ? (keys[0] as string) : keys.map((key) => `(${key})`).join(' OR ');
}

function uniqueKeysIn(table: Table, columns: readonly Column[]): readonly (readonly Column[])[] {
  const given = new Map(columns.map((column) => [column.name, column]));
  return table.uniqueKeys
    .filter(({ condition }) => condition === null)
    .map((key) => key.columns.map((name) => given.get(name)))
    .filter((key): key is Column[] => key.every((column) => column !== undefined));
}
