import { ConnectionError } from '../connection-error.ts';
import type { Dialect } from '../sql/dialect.ts';
import { parseValue } from './parse-value.ts';
import { textOf } from './text-of.ts';

/** NAMEDATALEN less one: the server cuts longer names, and would take one for another. */
const NAME_BYTES = 63;

/** How PostgreSQL writes what SQL leaves open. Values travel as text both ways, which all its types have. */
export const dialect: Dialect = {
  quote(name) {
    if (name === '' || name.includes('\0') || Buffer.byteLength(name) > NAME_BYTES) {
      throw new ConnectionError('not_found', 'a name in PostgreSQL has 1 to 63 bytes, none of which is NUL');
    }
    return `"${name.replaceAll('"', '""')}"`;
  },
  parameter: (position) => `$${position}`,
  maxParameters: 65_535,
  // Each column is one parameter, however many rows there are.
  maxInsertValues: 1_000_000,
  // It is written as the locale of the server says.
  selected: (name, column) => (column.type === 'money' ? `${name}::numeric` : name),
  limited: (select, rows) => `${select} LIMIT ${rows}`,
  toDriver: textOf,
  fromDriver: (raw, column) => parseValue(raw as string, column),
};
