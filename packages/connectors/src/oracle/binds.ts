import oracledb from 'oracledb';
import type { Column } from '../schema/schema.ts';
import type { RawRows } from '../sql/sql-connection.ts';

/** What the driver has to know of a value before it sees it: its type, and the most bytes of any row. */
export function bindDefinitions(columns: readonly Column[], rows: RawRows): oracledb.BindDefinition[] {
  return columns.map((column, i) => {
    if (column.kind === 'float') return { type: oracledb.DB_TYPE_BINARY_DOUBLE };
    const sizes = rows.map((row) => sizeOf(row[i]));
    const maxSize = sizes.reduce((most, size) => Math.max(most, size), 1);
    if (column.kind === 'binary') return { type: oracledb.DB_TYPE_RAW, maxSize };
    const isNational = /^N(?:VARCHAR2|CHAR|CLOB)/.test(column.type);
    return { type: isNational ? oracledb.DB_TYPE_NVARCHAR : oracledb.DB_TYPE_VARCHAR, maxSize };
  });
}

/** Values that come back from an insert, as text or bytes. */
export const outDefinitions = (columns: readonly Column[]): oracledb.BindDefinition[] =>
  columns.map((column) => ({
    dir: oracledb.BIND_OUT,
    type: column.kind === 'binary' ? oracledb.DB_TYPE_RAW : oracledb.DB_TYPE_VARCHAR,
    maxSize: 32_767,
  }));

const sizeOf = (value: unknown): number =>
  value instanceof Uint8Array ? value.length : typeof value === 'string' ? Buffer.byteLength(value) : 1;

/** Numbers as the text that they are in the database, and large values as a whole. */
export function fetchTypeHandler({ dbType }: oracledb.Metadata<unknown>): oracledb.FetchTypeResponse | undefined {
  switch (dbType) {
    case oracledb.DB_TYPE_NUMBER:
    case oracledb.DB_TYPE_CLOB:
    case oracledb.DB_TYPE_NCLOB:
      return { type: oracledb.STRING };
    case oracledb.DB_TYPE_BLOB:
      return { type: oracledb.BUFFER };
    default:
      return undefined;
  }
}
