import { bytesOfText } from '../bytes-of-text.ts';
import { ConnectionError } from '../connection-error.ts';
import type { Column } from '../schema/schema.ts';
import type { Row, Rows, Value } from '../value.ts';
import type { Dialect } from './dialect.ts';
import type { RawRows } from './sql-connection.ts';

/** Rows in the form of a driver. @param start number of the first @throws ConnectionError value, naming row and column */
export function toRaw(dialect: Dialect, columns: readonly Column[], rows: Rows, start: number): RawRows {
  return rows.map((row, i) =>
    columns.map((column) => {
      const value = row[column.name];
      if (value === null || value === undefined) return null;
      try {
        return dialect.toDriver(isBytesInText(value, column) ? (bytesOfText(value) ?? value) : value, column);
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        throw new ConnectionError(error.problem, `row ${start + i}: ${error.message}`, {
          ...(error.hint === undefined ? {} : { hint: error.hint }),
        });
      }
    }),
  );
}

/** Rows as JSON have bytes in base64. Lists of bytes are texts of the system's own. */
const isBytesInText = (value: Value, { kind, dimensions }: Column): value is string =>
  kind === 'binary' && dimensions === 0 && typeof value === 'string';

/** Rows of a driver in the form that all systems share. */
export function fromRaw(dialect: Dialect, columns: readonly Column[], rows: RawRows): Rows {
  return rows.map((raw) => {
    const row: Record<string, Row[string]> = {};
    for (const [i, column] of columns.entries()) {
      const value = raw[i];
      const shared = value === null || value === undefined ? null : dialect.fromDriver(value, column);
      // A column may have the name of what every object has.
      if (column.name === '__proto__') Object.defineProperty(row, column.name, { value: shared, enumerable: true });
      else row[column.name] = shared;
    }
    return row;
  });
}
