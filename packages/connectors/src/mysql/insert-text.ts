import { ConnectionError } from '../connection-error.ts';
import type { Column } from '../schema/schema.ts';
import type { InsertRequest, RawRows } from '../sql/sql-connection.ts';
import { quoteColumns, quoteTable } from '../sql/statements.ts';
import { dialect } from './dialect.ts';

/** Room for what a packet has besides the statement. */
const MARGIN = 1024;
/** Most bytes of a UTF-16 unit in UTF-8. */
const MOST_BYTES = 3;

const quote = (column: Column): string => dialect.quote(column.name);

export interface InsertPart {
  readonly text: string;
  /** How many rows are in it. */
  readonly rows: number;
}

/**
 * `INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y') …`, in as many statements as the server takes at once.
 * @throws ConnectionError value, when a row alone is too large
 */
export function insertTexts(request: InsertRequest, returning: readonly Column[], maxPacket: number): InsertPart[] {
  const { table, columns, rows } = request;
  const head = `INSERT INTO ${quoteTable(dialect, table)} (${quoteColumns(dialect, columns)}) VALUES `;
  const tail = [onDuplicate(request), returningOf(returning)].map((part) => (part === '' ? '' : ` ${part}`)).join('');
  const room = maxPacket - MARGIN - MOST_BYTES * (head.length + tail.length);
  const whole = tuplesOf(rows);
  if (MOST_BYTES * whole.reduce((sum, tuple) => sum + tuple.length + 1, 0) < room) {
    return [{ text: `${head}${whole.join(',')}${tail}`, rows: rows.length }];
  }
  const parts: InsertPart[] = [];
  let tuples: string[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (tuples.length > 0) parts.push({ text: `${head}${tuples.join(',')}${tail}`, rows: tuples.length });
    [tuples, bytes] = [[], 0];
  };
  for (const tuple of whole) {
    const size = Buffer.byteLength(tuple) + 1;
    if (size > room) {
      throw new ConnectionError('value', `a row is larger than the server takes at once (${maxPacket} bytes)`, {
        hint: 'raise max_allowed_packet of the server',
      });
    }
    if (bytes + size > room) flush();
    tuples.push(tuple);
    bytes += size;
  }
  flush();
  return parts;
}

const tuplesOf = (rows: RawRows): string[] =>
  rows.map((row) => {
    let tuple = '';
    for (const literal of row) tuple += `${tuple === '' ? '(' : ','}${literal ?? 'NULL'}`;
    return tuple === '' ? '()' : `${tuple})`;
  });

const returningOf = (columns: readonly Column[]): string =>
  columns.length === 0 ? '' : `RETURNING ${selectedList(columns)}`;

/** Columns in the form that `parseValue` knows. */
export const selectedList = (columns: readonly Column[]): string =>
  columns.map((column) => dialect.selected?.(quote(column), column) ?? quote(column)).join(', ');

/**
 * What becomes of a row that is there. MySQL changes it whichever of the table's keys is the same, so where the key that was asked for
 * is another one, the statement divides by zero, which these settings of the session make an error.
 */
function onDuplicate({ table, columns, key, onConflict }: InsertRequest): string {
  if (onConflict === 'fail') return '';
  const open = (column: Column): boolean => column.generated !== 'always';
  const [first] = key.length > 0 ? key.filter(open) : table.columns.filter(open);
  if (first === undefined) {
    throw new ConnectionError('value', `no column of ${table.name} takes a value that could stay as it is`);
  }
  const name = quote(first);
  // Nothing changes, so the row does not count as written.
  if (key.length === 0) return `ON DUPLICATE KEY UPDATE ${name} = ${name}`;
  const same = key.map((column) => `${quote(column)} <=> VALUES(${quote(column)})`).join(' AND ');
  const changes = [`${name} = IF(1 / (${same}) = 1, ${name}, ${name})`];
  if (onConflict === 'update') {
    const names = new Set(key.map((column) => column.name));
    const others = columns.filter((column) => !names.has(column.name) && open(column));
    changes.push(...others.map((column) => `${quote(column)} = VALUES(${quote(column)})`));
  }
  return `ON DUPLICATE KEY UPDATE ${changes.join(', ')}`;
}
