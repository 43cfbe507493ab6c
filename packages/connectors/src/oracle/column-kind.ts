import type { Column, ColumnKind } from '../schema/schema.ts';

type Kind = Pick<Column, 'kind' | 'maxLength' | 'isPadded' | 'precision' | 'scale'>;

/** What `ALL_TAB_COLS` says of a type. */
export interface TypeRow {
  /** `TIMESTAMP(6) WITH TIME ZONE` stands there with its digits. */
  readonly type: string;
  readonly data_length: number;
  readonly char_length: number;
  readonly precision: number | null;
  readonly scale: number | null;
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  VARCHAR2: 'text',
  NVARCHAR2: 'text',
  CHAR: 'text',
  NCHAR: 'text',
  CLOB: 'text',
  NCLOB: 'text',
  LONG: 'text',
  RAW: 'binary',
  BLOB: 'binary',
  'LONG RAW': 'binary',
  BINARY_FLOAT: 'float',
  BINARY_DOUBLE: 'float',
  FLOAT: 'float',
  // It has a time of day.
  DATE: 'datetime',
  BOOLEAN: 'boolean',
  JSON: 'json',
  XMLTYPE: 'xml',
};

/** What values of a type are. A whole NUMBER has the bits that its digits are sure to fill. */
export function kindOf({ type, data_length: bytes, char_length: characters, precision, scale }: TypeRow): Kind {
  const none = { maxLength: null, isPadded: false, precision: null, scale: null };
  if (type === 'NUMBER') {
    if (scale === 0) return { ...none, kind: 'integer', precision: bitsOf(precision ?? 38) };
    // With no digits said it takes any.
    if (precision === null) return { ...none, kind: 'decimal' };
    return { ...none, kind: 'decimal', precision, scale };
  }
  if (type.startsWith('TIMESTAMP')) {
    return { ...none, kind: type.endsWith('TIME ZONE') ? 'datetime_zoned' : 'datetime', scale: scale ?? 6 };
  }
  if (type.startsWith('INTERVAL')) return { ...none, kind: 'interval' };
  const kind = KINDS[type] ?? 'other';
  switch (type) {
    case 'VARCHAR2':
    case 'NVARCHAR2':
    case 'CHAR':
    case 'NCHAR':
      return { ...none, kind, maxLength: characters, isPadded: /^N?CHAR$/.test(type) };
    case 'RAW':
      return { ...none, kind, maxLength: bytes };
    case 'BINARY_FLOAT':
      return { ...none, kind, precision: 32 };
    case 'BINARY_DOUBLE':
    case 'FLOAT':
      return { ...none, kind, precision: 64 };
    case 'DATE':
      return { ...none, kind, scale: 0 };
    default:
      return { ...none, kind };
  }
}

/** A type as it is declared: `VARCHAR2(40 CHAR)`, `NUMBER(10,2)`. @param unit `B` for bytes, `C` for characters */
export function typeText(row: TypeRow, unit: string | null): string {
  const { type, data_length: bytes, char_length: characters, precision, scale } = row;
  switch (type) {
    case 'VARCHAR2':
    case 'CHAR':
      return unit === 'C' ? `${type}(${characters} CHAR)` : `${type}(${bytes} BYTE)`;
    case 'NVARCHAR2':
    case 'NCHAR':
      return `${type}(${characters})`;
    case 'RAW':
      return `RAW(${bytes})`;
    case 'NUMBER':
      if (precision === null) return scale === 0 ? 'NUMBER(*,0)' : 'NUMBER';
      return scale === 0 || scale === null ? `NUMBER(${precision})` : `NUMBER(${precision},${scale})`;
    default:
      return type;
  }
}

/** With a sign: 10 digits have 34 bits, of which not all hold a number of 10 digits. */
const bitsOf = (digits: number): number => Math.floor(digits * Math.log2(10)) + 1;
