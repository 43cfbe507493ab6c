import type { Column, Table } from '../schema/schema.ts';
import type { InsertRequest, RawRows } from '../sql/sql-connection.ts';
import type { Statement } from '../sql/statement.ts';
import { quoteColumns, quoteTable } from '../sql/statements.ts';
import { dialect } from './dialect.ts';
import type { TableFacts } from './table-facts.ts';

const quote = (column: Column): string => dialect.quote(column.name);

/** The end of a statement that gives columns back; empty: none. */
export const returningOf = (columns: readonly Column[]): string =>
  columns.length === 0
    ? ''
    : `RETURNING ${columns.map((column) => dialect.selected?.(quote(column), column) ?? quote(column)).join(', ')}`;

/** Inserts rows of which each column is one parameter, a list of texts: one plan for any number of rows. */
export function insertByArrays(request: InsertRequest, { casts }: TableFacts): Statement {
  const { table, columns, rows, returning } = request;
  const values = columns.map((column, i) => `r.c${i}::${casts.get(column.name)}`);
  const text = [
    `INSERT INTO ${quoteTable(dialect, table)} (${quoteColumns(dialect, columns)})`,
    // Who names such a column wants its value in it, as COPY does.
    columns.some(({ generated }) => generated === 'always') ? 'OVERRIDING SYSTEM VALUE' : '',
    `SELECT ${values.join(', ')} FROM unnest(${lists(columns)}) WITH ORDINALITY AS r (${names(columns)}, n) ORDER BY r.n`,
    onConflict(request),
    returningOf(returning),
  ];
  return { text: text.filter((part) => part !== '').join(' '), parameters: turned(columns, rows) };
}

function onConflict({ columns, key, onConflict }: InsertRequest): string {
  if (onConflict === 'fail') return '';
  const target = key.length === 0 ? '' : ` (${quoteColumns(dialect, key)})`;
  if (onConflict === 'skip') return `ON CONFLICT${target} DO NOTHING`;
  const isKey = new Set(key.map(({ name }) => name));
  const others = columns.filter(({ name, generated }) => !isKey.has(name) && generated !== 'always');
  // A row that is nothing but its key is changed to what it is, so that it counts and gives back its columns.
  const changed = others.length > 0 ? others : key.filter(({ generated }) => generated !== 'always');
  if (changed.length === 0) return `ON CONFLICT${target} DO NOTHING`;
  return `ON CONFLICT${target} DO UPDATE SET ${changed.map((column) => `${quote(column)} = EXCLUDED.${quote(column)}`).join(', ')}`;
}

/** Removes rows by keys, of which each column is a parameter. @param keys all with null in the same columns */
export function deleteByArrays(table: Table, columns: readonly Column[], keys: RawRows, facts: TableFacts): Statement {
  const { from, where, parameters } = byArrays(columns, keys, facts);
  const using = from === '' ? '' : ` USING ${from}`;
  return { text: `DELETE FROM ${quoteTable(dialect, table)} AS t${using} WHERE ${where}`, parameters };
}

/** Holds rows by keys, of which each column is a parameter. @param keys all with null in the same columns */
export function holdByArrays(
  table: Table,
  wanted: readonly Column[],
  columns: readonly Column[],
  keys: RawRows,
  facts: TableFacts,
): Statement {
  const { from, where, parameters } = byArrays(columns, keys, facts);
  const list = wanted.map((column) => {
    const name = `t.${quote(column)}`;
    return dialect.selected?.(name, column) ?? name;
  });
  const tables = [`${quoteTable(dialect, table)} AS t`, ...(from === '' ? [] : [from])];
  return { text: `SELECT ${list.join(', ')} FROM ${tables.join(', ')} WHERE ${where} FOR UPDATE OF t`, parameters };
}

/**
 * Rows of `t` by keys that have null in the same columns. A column in a list is looked up in an index, where one that is joined with a list as
 * long as this has the server read the whole table for it.
 */
function byArrays(columns: readonly Column[], keys: RawRows, { casts }: TableFacts) {
  const isNull = columns.map((_, i) => keys[0]?.[i] === null);
  const given = columns.filter((_, i) => !isNull[i]);
  const [first] = given;
  const listed =
    first === undefined || first.dimensions > 0
      ? []
      : [`t.${quote(first)} = ANY ($1::text[]::${casts.get(first.name)}[])`];
  const isJoined = given.length > listed.length;
  const conditions = [
    ...listed,
    ...(isJoined ? given.map((column, i) => `t.${quote(column)} = k.c${i}::${casts.get(column.name)}`) : []),
    ...columns.filter((_, i) => isNull[i]).map((column) => `t.${quote(column)} IS NULL`),
  ];
  return {
    from: isJoined ? `unnest(${lists(given)}) AS k (${names(given)})` : '',
    where: conditions.join(' AND '),
    parameters: turned(
      given,
      keys.map((key) => key.filter((_, i) => !isNull[i])),
    ),
  };
}

const lists = (columns: readonly Column[]): string => columns.map((_, i) => `$${i + 1}::text[]`).join(', ');
const names = (columns: readonly Column[]): string => columns.map((_, i) => `c${i}`).join(', ');
const turned = (columns: readonly Column[], rows: RawRows): unknown[] =>
  columns.map((_, i) => rows.map((row) => row[i] ?? null));
