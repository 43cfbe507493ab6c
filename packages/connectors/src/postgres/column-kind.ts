import type { Column, ColumnKind } from '../schema/schema.ts';

type Kind = Pick<Column, 'kind' | 'maxLength' | 'isPadded' | 'precision' | 'scale'>;

/** Types by their names in `pg_type`; the second: bits of a number. */
const KINDS: Readonly<Record<string, readonly [ColumnKind, number?]>> = {
  int2: ['integer', 16],
  int4: ['integer', 32],
  int8: ['integer', 64],
  oid: ['integer', 32],
  float4: ['float', 32],
  float8: ['float', 64],
  numeric: ['decimal'],
  // What a locale writes, with two digits behind the point in most.
  money: ['decimal'],
  bool: ['boolean'],
  text: ['text'],
  varchar: ['text'],
  bpchar: ['text'],
  citext: ['text'],
  name: ['text'],
  char: ['text'],
  bytea: ['binary'],
  date: ['date'],
  time: ['time'],
  timetz: ['time'],
  timestamp: ['datetime'],
  timestamptz: ['datetime_zoned'],
  interval: ['interval'],
  uuid: ['uuid'],
  json: ['json'],
  jsonb: ['json'],
  xml: ['xml'],
  bit: ['bits'],
  varbit: ['bits'],
  inet: ['ip'],
  cidr: ['ip'],
  macaddr: ['mac'],
  macaddr8: ['mac'],
};

const HEADER = 4;

/**
 * What values of a type are.
 * @param base name in `pg_type`, of the elements when it is a list
 * @param category `typtype`: `e` is an enumeration
 * @param typmod what stands in brackets behind the type, as the catalogue keeps it; -1: nothing
 */
export function kindOf(base: string, category: string, typmod: number): Kind {
  const none = { maxLength: null, isPadded: false, precision: null, scale: null };
  if (category === 'e') return { ...none, kind: 'text' };
  const [kind, bits] = KINDS[base] ?? ['other' as const];
  switch (base) {
    case 'varchar':
    case 'bpchar':
      return { ...none, kind, maxLength: typmod < HEADER ? null : typmod - HEADER, isPadded: base === 'bpchar' };
    case 'char':
      return { ...none, kind, maxLength: 1 };
    case 'name':
      return { ...none, kind, maxLength: 63 };
    case 'bit':
    case 'varbit':
      return { ...none, kind, maxLength: typmod < 0 ? null : typmod, isPadded: base === 'bit' };
    case 'time':
    case 'timetz':
    case 'timestamp':
    case 'timestamptz':
      // Microseconds unless something else is said.
      return { ...none, kind, scale: typmod < 0 ? 6 : typmod };
    case 'money':
      return { ...none, kind, precision: 17, scale: 2 };
    case 'numeric': {
      if (typmod < HEADER) return { ...none, kind };
      const packed = typmod - HEADER;
      // From PostgreSQL 15 on the scale has eleven bits and a sign.
      const scale = ((packed & 0x7ff) ^ 1024) - 1024;
      return { ...none, kind, precision: (packed >> 16) & 0xffff, scale };
    }
    default:
      return { ...none, kind, precision: bits ?? null };
  }
}
