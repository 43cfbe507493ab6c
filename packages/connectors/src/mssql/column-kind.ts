import type { Column, ColumnKind } from '../schema/schema.ts';

type Kind = Pick<Column, 'kind' | 'maxLength' | 'isPadded' | 'precision' | 'scale'>;

/** What `sys.columns` says of a type. */
export interface TypeRow {
  /** In `sys.types`, of the type below when it is an alias. */
  readonly base: string;
  /** In bytes; -1: `max`. */
  readonly max_length: number;
  readonly precision: number;
  readonly scale: number;
}

/** Types by their names in `sys.types`; the second: bits of a number. */
const KINDS: Readonly<Record<string, readonly [ColumnKind, number?]>> = {
  tinyint: ['integer', 8],
  smallint: ['integer', 16],
  int: ['integer', 32],
  bigint: ['integer', 64],
  real: ['float', 32],
  float: ['float', 64],
  decimal: ['decimal'],
  numeric: ['decimal'],
  money: ['decimal'],
  smallmoney: ['decimal'],
  bit: ['boolean'],
  char: ['text'],
  varchar: ['text'],
  nchar: ['text'],
  nvarchar: ['text'],
  text: ['text'],
  ntext: ['text'],
  sysname: ['text'],
  binary: ['binary'],
  varbinary: ['binary'],
  image: ['binary'],
  timestamp: ['binary'],
  rowversion: ['binary'],
  date: ['date'],
  time: ['time'],
  datetime: ['datetime'],
  datetime2: ['datetime'],
  smalldatetime: ['datetime'],
  datetimeoffset: ['datetime_zoned'],
  uniqueidentifier: ['uuid'],
  json: ['json'],
  xml: ['xml'],
};

/** What values of a type are. A tinyint has 8 bits and no sign. */
export function kindOf({ base, max_length: bytes, precision, scale }: TypeRow): Kind {
  const none = { maxLength: null, isPadded: false, precision: null, scale: null };
  const [kind, bits] = KINDS[base] ?? ['other' as const];
  switch (base) {
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
      return { ...none, kind, maxLength: bytes < 0 ? null : bytes, isPadded: base === 'char' || base === 'binary' };
    case 'nchar':
    case 'nvarchar':
    case 'sysname':
      // In UTF-16.
      return { ...none, kind, maxLength: bytes < 0 ? null : bytes / 2, isPadded: base === 'nchar' };
    case 'timestamp':
    case 'rowversion':
      return { ...none, kind, maxLength: 8 };
    case 'decimal':
    case 'numeric':
    case 'money':
    case 'smallmoney':
      return { ...none, kind, precision, scale };
    case 'float':
      return { ...none, kind, precision: precision <= 24 ? 32 : 64 };
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return { ...none, kind, scale };
    case 'datetime':
      return { ...none, kind, scale: 3 };
    case 'smalldatetime':
      // Whole minutes.
      return { ...none, kind, scale: 0 };
    default:
      return { ...none, kind, precision: bits ?? null };
  }
}

/** A type as it is declared: `nvarchar(40)`, `decimal(18,2)`. */
export function typeText({ base, max_length: bytes, precision, scale }: TypeRow): string {
  const length = (unit: number): string => `${base}(${bytes < 0 ? 'max' : bytes / unit})`;
  switch (base) {
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
      return length(1);
    case 'nchar':
    case 'nvarchar':
      return length(2);
    case 'decimal':
    case 'numeric':
      return `${base}(${precision},${scale})`;
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return `${base}(${scale})`;
    case 'timestamp':
      return 'rowversion';
    default:
      return base;
  }
}
