import { mergeStatement } from '../sql/merge-statement.ts';
import type { InsertRequest } from '../sql/sql-connection.ts';
import type { Statement } from '../sql/statement.ts';
import { insertStatement } from '../sql/statements.ts';
import { castingDialect, dialect } from './dialect.ts';

/** An insert; with something wanted back it is a query, whose rows are in the order of those that were sent. */
export function plainInsert(request: InsertRequest): Statement {
  const { text, parameters } = insertStatement(dialect, request);
  if (request.returning.length === 0) return { text, parameters };
  const list = request.returning.map((column) => {
    const name = dialect.quote(column.name);
    return dialect.selected?.(name, column) ?? name;
  });
  return { text: `SELECT ${list.join(', ')} FROM FINAL TABLE (${text}) ORDER BY INPUT SEQUENCE`, parameters };
}

/** Leaves rows out or changes those that are there. It gives nothing back. */
export const upsert = (request: InsertRequest): Statement => mergeStatement(castingDialect, request);
