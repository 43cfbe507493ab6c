import { ConnectionError } from '../connection-error.ts';
import type { Column, ForeignKey, Table, TableName } from '../schema/schema.ts';
import type { Condition, ReadQuery } from '../session.ts';
import type { Dialect } from './dialect.ts';
import type { InsertRequest, RawRows } from './sql-connection.ts';
import type { Statement } from './statement.ts';

/** A table as it stands in a statement. */
export const quoteTable = (dialect: Dialect, { schema, name }: TableName): string =>
  schema === '' ? dialect.quote(name) : `${dialect.quote(schema)}.${dialect.quote(name)}`;

export const quoteColumns = (dialect: Dialect, columns: readonly Column[]): string =>
  columns.map(({ name }) => dialect.quote(name)).join(', ');

/** Columns as they are asked for. */
const listOf = (dialect: Dialect, columns: readonly Column[]): string =>
  columns
    .map((column) => {
      const name = dialect.quote(column.name);
      return dialect.selected?.(name, column) ?? name;
    })
    .join(', ');

/**
 * Columns of a table by their names. What goes into a statement is the catalogue's name, never that of a request.
 * @throws ConnectionError not_found
 */
export function columnsOf(table: Table, names: readonly string[]): readonly Column[] {
  return names.map((name) => {
    const column = table.columns.find((one) => one.name === name);
    if (column !== undefined) return column;
    throw new ConnectionError(
      'not_found',
      `the table ${table.name} has no column ${JSON.stringify(name.slice(0, 200))}`,
      {
        hint: `its columns are ${table.columns.map((one) => one.name).join(', ')}`,
      },
    );
  });
}

/** @throws ConnectionError not_found, value */
export function selectStatement(dialect: Dialect, table: Table, query: Omit<ReadQuery, 'table'>): Statement {
  const { columns, where = [], orderBy = [], limit } = query;
  const wanted = columns === undefined ? table.columns : columnsOf(table, columns);
  const parameters: unknown[] = [];
  const conditions = where.map((condition) => conditionText(dialect, table, condition, parameters));
  const text = [
    `SELECT ${listOf(dialect, wanted)} FROM ${quoteTable(dialect, table)}`,
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(' AND ')}`]),
    ...(orderBy.length === 0 ? [] : [`ORDER BY ${quoteColumns(dialect, columnsOf(table, orderBy))}`]),
  ].join(' ');
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
    throw new ConnectionError('value', 'a limit is a whole number of rows, 0 or more');
  }
  return { text: limit === undefined ? text : dialect.limited(text, limit), parameters };
}

const OPERATORS = { '=': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=', like: 'LIKE' } as const;

function conditionText(dialect: Dialect, table: Table, { column: name, is, value }: Condition, to: unknown[]): string {
  const [column] = columnsOf(table, [name]) as [Column];
  const quoted = dialect.quote(column.name);
  if (is === 'null') return `${quoted} IS NULL`;
  if (is === 'not null') return `${quoted} IS NOT NULL`;
  if (value === undefined || value === null) {
    throw new ConnectionError('value', `the condition on ${name} compares with nothing: say "null" or "not null"`);
  }
  to.push(dialect.toDriver(value, column));
  return `${quoted} ${OPERATORS[is]} ${dialect.parameter(to.length, column)}`;
}

/** How many rows there are. */
export const countStatement = (dialect: Dialect, table: TableName): Statement => ({
  text: `SELECT count(*) FROM ${quoteTable(dialect, table)}`,
  parameters: [],
});

export const greatestStatement = (dialect: Dialect, table: TableName, column: Column): Statement => ({
  text: `SELECT max(${dialect.quote(column.name)}) FROM ${quoteTable(dialect, table)}`,
  parameters: [],
});

export interface InsertWords {
  /** `INSERT` unless said. */
  readonly verb?: string;
  /** Between columns and values: `OUTPUT inserted.id`. */
  readonly beforeValues?: string;
  /** At the end: `ON DUPLICATE KEY UPDATE …`, `RETURNING …`. */
  readonly after?: string;
}

/** `INSERT INTO t (a, b) VALUES (?, ?), (?, ?)`. Without columns it gives the first column its default. */
export function insertStatement(dialect: Dialect, request: InsertRequest, words: InsertWords = {}): Statement {
  const { table, columns, rows } = request;
  const parameters: unknown[] = [];
  const tuple = (row: readonly unknown[]): string =>
    `(${columns.map((column, i) => dialect.parameter(parameters.push(row[i]), column)).join(', ')})`;
  const isEmpty = columns.length === 0;
  const names = quoteColumns(dialect, isEmpty ? table.columns.slice(0, 1) : columns);
  const values = rows.map((row) => (isEmpty ? '(DEFAULT)' : tuple(row))).join(', ');
  const { verb = 'INSERT', beforeValues, after } = words;
  const parts = [`${verb} INTO ${quoteTable(dialect, table)} (${names})`, beforeValues, `VALUES ${values}`, after];
  return { text: parts.filter((part) => part !== undefined && part !== '').join(' '), parameters };
}

/** How many rows have a key without nulls that leads to no row. */
export function orphansStatement(
  dialect: Dialect,
  table: TableName,
  { columns, to, toColumns }: ForeignKey,
): Statement {
  const on = columns.map((column, i) => `p.${dialect.quote(toColumns[i] ?? '')} = c.${dialect.quote(column)}`);
  const set = columns.map((column) => `c.${dialect.quote(column)} IS NOT NULL`).join(' AND ');
  const parent = `SELECT 1 FROM ${quoteTable(dialect, to)} p WHERE ${on.join(' AND ')}`;
  return {
    text: `SELECT count(*) FROM ${quoteTable(dialect, table)} c WHERE ${set} AND NOT EXISTS (${parent})`,
    parameters: [],
  };
}

/** Removes rows with these keys, all of which have null in the same columns. @param keys in the order of `columns` */
export function deleteStatement(dialect: Dialect, table: Table, columns: readonly Column[], keys: RawRows): Statement {
  const { text, parameters } = keyCondition(dialect, columns, keys);
  return { text: `DELETE FROM ${quoteTable(dialect, table)} WHERE ${text}`, parameters };
}

/** Reads the keys that there are of these, all of which have null in the same columns. */
export function findStatement(dialect: Dialect, table: Table, columns: readonly Column[], keys: RawRows): Statement {
  const { text, parameters } = keyCondition(dialect, columns, keys);
  return { text: `SELECT ${listOf(dialect, columns)} FROM ${quoteTable(dialect, table)} WHERE ${text}`, parameters };
}

/** Holds rows with these keys, all of which have null in the same columns. @param wanted columns that are read of them */
export function holdStatement(
  dialect: Dialect,
  table: Table,
  wanted: readonly Column[],
  columns: readonly Column[],
  keys: RawRows,
): Statement {
  const { text, parameters } = keyCondition(dialect, columns, keys);
  return {
    text: `SELECT ${listOf(dialect, wanted)} FROM ${quoteTable(dialect, table)} WHERE ${text} FOR UPDATE`,
    parameters,
  };
}

function keyCondition(dialect: Dialect, columns: readonly Column[], keys: RawRows): Statement {
  const parameters: unknown[] = [];
  const first = keys[0] ?? [];
  const isNull = (i: number): boolean => first[i] === null || first[i] === undefined;
  const given = columns.map((column, i) => ({ column, i })).filter(({ i }) => !isNull(i));
  const nulls = columns.filter((_, i) => isNull(i)).map(({ name }) => `${dialect.quote(name)} IS NULL`);
  const place = ({ column, i }: { column: Column; i: number }, key: readonly unknown[]): string =>
    dialect.parameter(parameters.push(key[i]), column);
  const [only] = given;
  const matches =
    only === undefined
      ? []
      : given.length === 1
        ? [`${dialect.quote(only.column.name)} IN (${keys.map((key) => place(only, key)).join(', ')})`]
        : [
            dialect.comparesRows === true
              ? `(${given.map((one) => dialect.quote(one.column.name)).join(', ')}) IN (${keys
                  .map((key) => `(${given.map((one) => place(one, key)).join(', ')})`)
                  .join(', ')})`
              : `(${keys
                  .map(
                    (key) =>
                      `(${given.map((one) => `${dialect.quote(one.column.name)} = ${place(one, key)}`).join(' AND ')})`,
                  )
                  .join(' OR ')})`,
          ];
  return { text: [...matches, ...nulls].join(' AND '), parameters };
}
