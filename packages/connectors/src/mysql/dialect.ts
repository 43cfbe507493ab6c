import { ConnectionError } from '../connection-error.ts';
import type { Dialect } from '../sql/dialect.ts';
import { isGeometry } from './is-geometry.ts';
import { literalOf } from './literal-of.ts';
import { parseValue } from './parse-value.ts';

/** Most characters of a name of a database, a table or a column ("Identifier Length Limits" of both). */
const NAME_LENGTH = 64;

/** Stands where a literal comes. No name and no text in a statement has it. */
export const PLACE = '\0';

/**
 * How MySQL and MariaDB write what SQL leaves open. Values travel as literals: with one statement for a thousand rows that is what
 * these servers take fastest, and a prepared one has 65,535 parameters at most.
 */
export const dialect: Dialect = {
  quote(name) {
    // Supplementary characters and a space at the end are in no name ("Schema Object Names").
    if (name === '' || name.length > NAME_LENGTH || /[\0\u{10000}-\u{10ffff}]|\s$/u.test(name)) {
      throw new ConnectionError(
        'not_found',
        'a name in MySQL has 1 to 64 characters of the Basic Multilingual Plane, without NUL and without a space at the end',
      );
    }
    return `\`${name.replaceAll('`', '``')}\``;
  },
  parameter: () => PLACE,
  // What bounds a statement is its size in bytes, which `insert` looks after.
  maxParameters: 1_000_000,
  selected(name, column) {
    if (isGeometry(column)) return `ST_AsText(${name})`;
    // As itself it is shown with six digits.
    if (column.kind === 'float' && column.precision === 32) return `${name} + 0e0`;
    // The driver takes no result with a column called __proto__ or the like.
    return column.name.startsWith('__') ? `${name} AS ${dialect.quote(`:${column.name}`.slice(0, NAME_LENGTH))}` : name;
  },
  // By a list of ORs a thousand keys take ten times as long.
  comparesRows: true,
  limited: (select, rows) => `${select} LIMIT ${rows}`,
  toDriver: literalOf,
  fromDriver: (raw, column) => parseValue(raw as Buffer, column),
};
