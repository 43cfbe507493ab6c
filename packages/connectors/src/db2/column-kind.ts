import type { Column, ColumnKind } from '../schema/schema.ts';

type Kind = Pick<Column, 'kind' | 'maxLength' | 'isPadded' | 'precision' | 'scale'>;

/** What `SYSCAT.COLUMNS` says of a type. */
export interface TypeRow {
  readonly type: string;
  readonly length: number;
  readonly scale: number;
  /** 0: bytes, whatever the type is called. */
  readonly codepage: number;
  /** `OCTETS`, `CODEUNITS16`, `CODEUNITS32` */
  readonly units: string | null;
  /** In these units. */
  readonly units_length: number | null;
}

const KINDS: Readonly<Record<string, readonly [ColumnKind, number?]>> = {
  SMALLINT: ['integer', 16],
  INTEGER: ['integer', 32],
  BIGINT: ['integer', 64],
  DECIMAL: ['decimal'],
  DECFLOAT: ['decimal'],
  REAL: ['float', 32],
  DOUBLE: ['float', 64],
  CHARACTER: ['text'],
  VARCHAR: ['text'],
  'LONG VARCHAR': ['text'],
  CLOB: ['text'],
  GRAPHIC: ['text'],
  VARGRAPHIC: ['text'],
  'LONG VARGRAPHIC': ['text'],
  DBCLOB: ['text'],
  BINARY: ['binary'],
  VARBINARY: ['binary'],
  BLOB: ['binary'],
  DATE: ['date'],
  TIME: ['time'],
  TIMESTAMP: ['datetime'],
  BOOLEAN: ['boolean'],
  XML: ['xml'],
};

/** What values of a type are. */
export function kindOf({ type, length, scale, codepage, units_length: units }: TypeRow): Kind {
  const none = { maxLength: null, isPadded: false, precision: null, scale: null };
  const [known, bits] = KINDS[type] ?? ['other' as const];
  const kind = known === 'text' && codepage === 0 ? 'binary' : known;
  switch (kind) {
    case 'text':
      return { ...none, kind, maxLength: units ?? length, isPadded: type === 'CHARACTER' || type === 'GRAPHIC' };
    case 'binary':
      return { ...none, kind, maxLength: length, isPadded: type === 'CHARACTER' || type === 'BINARY' };
    case 'decimal':
      return type === 'DECFLOAT' ? { ...none, kind } : { ...none, kind, precision: length, scale };
    case 'datetime':
      return { ...none, kind, scale };
    case 'time':
      return { ...none, kind, scale: 0 };
    default:
      return { ...none, kind, precision: bits ?? null };
  }
}

/** A type as it is declared, so that a parameter may be cast to it. */
export function typeText({ type, length, scale, codepage, units, units_length: inUnits }: TypeRow): string {
  switch (type) {
    case 'CHARACTER':
    case 'VARCHAR':
      return codepage === 0 ? `${type}(${length}) FOR BIT DATA` : `${type}(${inUnits ?? length} ${units ?? 'OCTETS'})`;
    case 'CLOB':
    case 'DBCLOB':
    case 'GRAPHIC':
    case 'VARGRAPHIC':
      return units === null || type === 'CLOB' ? `${type}(${length})` : `${type}(${inUnits ?? length} ${units})`;
    case 'BLOB':
    case 'BINARY':
    case 'VARBINARY':
      return `${type}(${length})`;
    case 'DECIMAL':
      return `DECIMAL(${length},${scale})`;
    case 'DECFLOAT':
      return `DECFLOAT(${length === 8 ? 16 : 34})`;
    case 'TIMESTAMP':
      return `TIMESTAMP(${scale})`;
    default:
      return type;
  }
}
