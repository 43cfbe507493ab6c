import type { Column, ColumnKind } from '../schema/schema.ts';

type Kind = Pick<Column, 'kind' | 'maxLength' | 'isPadded' | 'precision' | 'scale'>;

/** What the information schema says of a column, all in text. */
export interface TypeFacts {
  /** `DATA_TYPE`: `varchar`. */
  readonly base: string;
  /** `COLUMN_TYPE`: `varchar(40)`, `tinyint(1)`, `int(10) unsigned`. */
  readonly type: string;
  /** Characters; of TEXT the bytes. */
  readonly characters: string | null;
  readonly bytes: string | null;
  /** Most bytes of a character in the column's character set; null: it has none. */
  readonly bytesOfCharacter: string | null;
  readonly precision: string | null;
  readonly scale: string | null;
  /** Digits of a second. */
  readonly fraction: string | null;
}

/** Types by their names; the second: bits of a number. */
const KINDS: Readonly<Record<string, readonly [ColumnKind, number?]>> = {
  tinyint: ['integer', 8],
  smallint: ['integer', 16],
  mediumint: ['integer', 24],
  int: ['integer', 32],
  bigint: ['integer', 64],
  year: ['integer', 16],
  decimal: ['decimal'],
  float: ['float', 32],
  double: ['float', 64],
  bit: ['bits'],
  char: ['text'],
  varchar: ['text'],
  tinytext: ['text'],
  text: ['text'],
  mediumtext: ['text'],
  longtext: ['text'],
  enum: ['text'],
  set: ['text'],
  binary: ['binary'],
  varbinary: ['binary'],
  tinyblob: ['binary'],
  blob: ['binary'],
  mediumblob: ['binary'],
  longblob: ['binary'],
  vector: ['binary'],
  date: ['date'],
  time: ['time'],
  datetime: ['datetime'],
  // Kept in UTC, and shown in the zone of the session, which is UTC.
  timestamp: ['datetime_zoned'],
  json: ['json'],
  uuid: ['uuid'],
  inet4: ['ip'],
  inet6: ['ip'],
};

/** Four gigabytes are as good as no limit. */
const UNLIMITED = 2 ** 32 - 1;

/** What values of a type are. @param isJson whether a rule of the column says so: in MariaDB the type JSON is LONGTEXT with a rule */
export function kindOf(facts: TypeFacts, isJson: boolean): Kind {
  const none = { maxLength: null, isPadded: false, precision: null, scale: null };
  if (isJson) return { ...none, kind: 'json' };
  const { base, type } = facts;
  const [kind, bits] = KINDS[base] ?? ['other' as const];
  switch (base) {
    // What BOOL means, with 2 to 127 as well; and one bit.
    case 'tinyint':
      if (/^tinyint\(1\)( |$)/.test(type) && !/unsigned|zerofill/.test(type)) return { ...none, kind: 'boolean' };
      break;
    case 'bit': {
      const length = numberOf(facts.precision) ?? 1;
      return length === 1 ? { ...none, kind: 'boolean' } : { ...none, kind, maxLength: length, isPadded: true };
    }
    case 'decimal':
      return { ...none, kind, precision: numberOf(facts.precision), scale: numberOf(facts.scale) };
    case 'time':
    case 'datetime':
    case 'timestamp':
      return { ...none, kind, scale: numberOf(facts.fraction) ?? 0 };
    case 'char':
    case 'varchar':
      return { ...none, kind, maxLength: numberOf(facts.characters) };
    case 'tinytext':
    case 'text':
    case 'mediumtext':
    case 'longtext': {
      const bytes = numberOf(facts.bytes) ?? UNLIMITED;
      const most = Math.floor(bytes / (numberOf(facts.bytesOfCharacter) ?? 4));
      return { ...none, kind, maxLength: bytes >= UNLIMITED ? null : most };
    }
    default:
      break;
  }
  if (kind === 'binary') {
    const bytes = numberOf(facts.bytes) ?? UNLIMITED;
    return { ...none, kind, maxLength: bytes >= UNLIMITED ? null : bytes, isPadded: base === 'binary' };
  }
  // Of floating point only what says its digits has any behind the point: `float(7,3)`.
  return { ...none, kind, precision: bits ?? null, scale: kind === 'float' ? numberOf(facts.scale) : null };
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
