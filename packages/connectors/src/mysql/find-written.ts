import { ConnectionError } from '../connection-error.ts';
import type { Column } from '../schema/schema.ts';
import type { InsertRequest, RawRows } from '../sql/sql-connection.ts';
import { columnsOf, quoteTable } from '../sql/statements.ts';
import { dialect } from './dialect.ts';
import { selectedList } from './insert-text.ts';

/** Rows that are looked for in one statement. */
const AT_ONCE = 100;

export interface MadeNumbers {
  /** The number that AUTO_INCREMENT made for the first row; 0n: none. */
  readonly firstId: bigint;
  readonly step: bigint;
}

/** A key of the table of which each row brings all values. */
export function keyOfRows({ table, columns, rows, key }: InsertRequest): readonly Column[] | undefined {
  const keys = [
    ...(key.length > 0 ? [key] : []),
    ...[table.primaryKey, ...table.uniqueKeys].flatMap((one) => (one === null ? [] : [columnsOf(table, one.columns)])),
  ];
  return keys.find((one) =>
    one.every((column) => {
      const at = columns.findIndex(({ name }) => name === column.name);
      // For null in a number that counts up the server makes one; other keys are not kept apart by null.
      return at >= 0 && rows.every((row) => row[at] !== null && row[at] !== undefined);
    }),
  );
}

/**
 * Reads rows that were just written, in their order.
 * @throws ConnectionError value, when nothing tells them apart
 */
export async function findWritten(
  read: (text: string) => Promise<RawRows>,
  request: InsertRequest,
  wanted: readonly Column[],
  { firstId, step }: MadeNumbers,
): Promise<RawRows> {
  const { table, columns, rows } = request;
  const key = keyOfRows(request);
  const counter = table.columns.find(({ generated }) => generated === 'by_default');
  if (key === undefined && (counter === undefined || firstId === 0n)) {
    throw new ConnectionError('value', `rows of ${table.name} cannot be found again to give something of them back`, {
      hint: 'the table needs a primary key, or rows that bring a unique one',
    });
  }
  const conditionOf = (row: readonly unknown[], i: number): string => {
    if (key === undefined) return `${dialect.quote(counter?.name ?? '')} = ${firstId + BigInt(i) * step}`;
    const literal = (column: Column): unknown => row[columns.findIndex(({ name }) => name === column.name)];
    return key.map((column) => `${dialect.quote(column.name)} = ${literal(column)}`).join(' AND ');
  };
  const from = `FROM ${quoteTable(dialect, table)}`;
  const found: (readonly unknown[])[] = [];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const some = rows.slice(start, start + AT_ONCE);
    const selects = some.map(
      (row, i) => `(SELECT ${i} AS \`n\`, ${selectedList(wanted)} ${from} WHERE ${conditionOf(row, start + i)})`,
    );
    const answer = await read(some.length === 1 ? (selects[0] ?? '') : `${selects.join(' UNION ALL ')} ORDER BY 1`);
    if (answer.length !== some.length) {
      throw new ConnectionError(
        'protocol',
        'rows that were just written are not there under the keys that they should have',
      );
    }
    found.push(...answer.map((row) => row.slice(1)));
  }
  return found;
}
