import type { Column, Table } from '../schema/schema.ts';
import type { Dialect } from './dialect.ts';
import type { Statement } from './statement.ts';
import { quoteTable } from './statements.ts';

/** Columns of the row with a key. @param values of the key, as `Dialect.toDriver` made them */
export function selectByKey(
  dialect: Dialect,
  table: Table,
  wanted: readonly Column[],
  key: readonly Column[],
  values: readonly unknown[],
): Statement {
  const parameters: unknown[] = [];
  const conditions = key.map((column, i) => {
    const name = dialect.quote(column.name);
    if (values[i] === null || values[i] === undefined) return `${name} IS NULL`;
    return `${name} = ${dialect.parameter(parameters.push(values[i]), column)}`;
  });
  const list = wanted.map((column) => {
    const name = dialect.quote(column.name);
    return dialect.selected?.(name, column) ?? name;
  });
  return {
    text: `SELECT ${list.join(', ')} FROM ${quoteTable(dialect, table)} WHERE ${conditions.join(' AND ')}`,
    parameters,
  };
}
