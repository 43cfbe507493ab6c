import type { Column } from '../schema/schema.ts';
import type { Dialect } from './dialect.ts';
import type { InsertRequest } from './sql-connection.ts';
import type { Statement } from './statement.ts';
import { quoteColumns, quoteTable } from './statements.ts';

export interface MergeWords {
  /** The rows as a table: by default `(VALUES (?, ?), (?, ?)) AS s (a, b)`. @param tuples with brackets @param names quoted */
  readonly source?: (tuples: readonly string[], names: string) => string;
  /** Behind the name of the table: `WITH (HOLDLOCK)`. */
  readonly hint?: string;
  /** At the end: `OUTPUT inserted.id;`. */
  readonly after?: string;
}

/** `MERGE` of SQL:2003, for systems without a shorter way to leave out or change rows that are there. A key is needed. */
export function mergeStatement(dialect: Dialect, request: InsertRequest, words: MergeWords = {}): Statement {
  const { table, columns, rows, key, onConflict } = request;
  const parameters: unknown[] = [];
  const tuples = rows.map(
    (row) => `(${columns.map((column, i) => dialect.parameter(parameters.push(row[i]), column)).join(', ')})`,
  );
  const names = quoteColumns(dialect, columns);
  const same = ({ name }: Column): string => `t.${dialect.quote(name)} = s.${dialect.quote(name)}`;
  const keyNames = new Set(key.map(({ name }) => name));
  const others = columns.filter(({ name }) => !keyNames.has(name));
  const { source = (all, list) => `(VALUES ${all.join(', ')}) AS s (${list})`, hint = '', after = '' } = words;
  const text = [
    `MERGE INTO ${quoteTable(dialect, table)} ${hint} t`.replace(/ +/, ' '),
    `USING ${source(tuples, names)}`,
    `ON (${key.map(same).join(' AND ')})`,
    ...(onConflict === 'update' && others.length > 0
      ? [
          `WHEN MATCHED THEN UPDATE SET ${others.map(({ name }) => `${dialect.quote(name)} = s.${dialect.quote(name)}`).join(', ')}`,
        ]
      : []),
    `WHEN NOT MATCHED THEN INSERT (${names}) VALUES (${columns.map(({ name }) => `s.${dialect.quote(name)}`).join(', ')})`,
    after,
  ];
  return { text: text.filter((part) => part !== '').join(' '), parameters };
}
