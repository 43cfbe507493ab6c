import type { Column, ColumnType } from './column.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** How a dialect calls its types. Sources: the vendors' reference manuals, chapters on data types. */
interface TypeNames {
  readonly boolean: string;
  readonly int32: string;
  readonly int64: string;
  readonly decimal: (precision: number, scale: number) => string;
  readonly double: string;
  readonly date: string;
  readonly time: string;
  readonly datetime: string;
  readonly uuid: string;
  readonly json: string;
  /** A text of at most so many bytes, and so many characters. */
  readonly text: (most: number) => string;
}

const sized = (name: string, most: number, otherwise: string) => (length: number) =>
  length <= most ? `${name}(${Math.max(1, length)})` : otherwise;
const precise = (name: string) => (precision: number, scale: number) => `${name}(${precision}, ${scale})`;

const names: Readonly<Record<SqlDialect, TypeNames>> = {
  postgres: {
    boolean: 'boolean',
    int32: 'integer',
    int64: 'bigint',
    decimal: precise('numeric'),
    double: 'double precision',
    date: 'date',
    time: 'time',
    datetime: 'timestamptz',
    uuid: 'uuid',
    json: 'jsonb',
    text: () => 'text',
  },
  mysql: {
    boolean: 'boolean',
    int32: 'int',
    int64: 'bigint',
    decimal: precise('decimal'),
    double: 'double',
    date: 'date',
    time: 'time',
    datetime: 'datetime(3)',
    uuid: 'char(36)',
    json: 'json',
    // 768 characters are what an index takes (3072 bytes of utf8mb4); longer ones leave the row, for it holds 65,535 bytes.
    text: sized('varchar', 768, 'longtext'),
  },
  mssql: {
    boolean: 'bit',
    int32: 'int',
    int64: 'bigint',
    decimal: precise('decimal'),
    double: 'float',
    date: 'date',
    time: 'time(0)',
    datetime: 'datetime2(3)',
    uuid: 'uniqueidentifier',
    json: 'nvarchar(max)',
    text: sized('nvarchar', 4000, 'nvarchar(max)'),
  },
  oracle: {
    boolean: 'NUMBER(1)',
    int32: 'NUMBER(10)',
    int64: 'NUMBER(19)',
    decimal: precise('NUMBER'),
    double: 'BINARY_DOUBLE',
    date: 'DATE',
    time: 'VARCHAR2(8)',
    datetime: 'TIMESTAMP(3)',
    uuid: 'VARCHAR2(36)',
    json: 'CLOB',
    text: sized('VARCHAR2', 4000, 'CLOB'), // bytes, not characters
  },
  db2: {
    boolean: 'BOOLEAN',
    int32: 'INTEGER',
    int64: 'BIGINT',
    decimal: precise('DECIMAL'),
    double: 'DOUBLE',
    date: 'DATE',
    time: 'TIME',
    datetime: 'TIMESTAMP(3)',
    uuid: 'CHAR(36)',
    json: 'CLOB',
    text: sized('VARCHAR', 4000, 'CLOB'), // bytes, not characters
  },
};

const fitsInt32 = (type: Extract<ColumnType, { kind: 'integer' }>): boolean =>
  type.min >= -(2n ** 31n) && type.max < 2n ** 31n;

/** The type of a column in CREATE TABLE. */
export function sqlColumnType({ type }: Column, dialect: SqlDialect): string {
  const own = names[dialect];
  switch (type.kind) {
    case 'integer':
      return fitsInt32(type) ? own.int32 : own.int64;
    case 'decimal':
      return own.decimal(type.precision, type.scale);
    case 'number':
      return own.double;
    case 'text':
      return own.text(type.maxBytes);
    case 'object':
    case 'list':
    case 'json':
      return own.json;
    default:
      return own[type.kind];
  }
}
