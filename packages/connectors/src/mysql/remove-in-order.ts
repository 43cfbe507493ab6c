import type { Column, Table } from '../schema/schema.ts';
import type { RawRows } from '../sql/sql-connection.ts';
import type { Statement } from '../sql/statement.ts';
import { deleteStatement } from '../sql/statements.ts';
import { dialect, PLACE } from './dialect.ts';

/** Whether rows of a table refer to others of it. */
export const refersToItself = ({ schema, name, foreignKeys }: Table): boolean =>
  foreignKeys.some(({ to }) => to.schema === schema && to.name === name);

/**
 * Removes rows in the order of their keys. InnoDB checks a foreign key with each row and not at the end of the statement ("FOREIGN KEY
 * Constraints"), so rows that refer to others of the table have to go before those.
 */
export function removeInOrder(table: Table, columns: readonly Column[], keys: RawRows): Statement {
  const { text, parameters } = deleteStatement(dialect, table, columns, keys);
  const given = columns
    .map((column, i) => ({ name: dialect.quote(column.name), i }))
    .filter(({ i }) => keys[0]?.[i] !== null);
  if (keys.length < 2 || given.length === 0) return { text, parameters };
  const places: unknown[] = [];
  const cases = keys.map((key, place) => {
    for (const { i } of given) places.push(key[i]);
    return `WHEN ${given.map(({ name }) => `${name} = ${PLACE}`).join(' AND ')} THEN ${place}`;
  });
  return { text: `${text} ORDER BY CASE ${cases.join(' ')} END`, parameters: [...parameters, ...places] };
}
