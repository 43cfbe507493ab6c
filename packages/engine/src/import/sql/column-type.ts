import sqlTypes from '../data/sql-types.json' with { type: 'json' };
import type { ColumnKind, ImportedColumn } from '../imported-column.ts';
import { type Cursor, showTokens } from './cursor.ts';
import type { SqlToken } from './tokenize.ts';

/** What a type says of a column. */
export type TypeFacts = Partial<Omit<ImportedColumn, 'name' | 'place'>> & { readonly kind: ColumnKind };

const KINDS = new Map<string, ColumnKind>(
  Object.entries(sqlTypes).flatMap(([kind, names]) => names.map((name) => [name, kind as ColumnKind] as const)),
);
/** Types of more than one word begin with these; the longest that is known counts. */
const LONGEST = 3;
/** A fixed length up to this is taken for a code, which fills it. */
const LONGEST_CODE = 10;
/** Words behind a type that are part of it. */
const SUFFIXES = new Set(['UNSIGNED', 'SIGNED', 'ZEROFILL', 'BYTE', 'CHAR', 'BINARY', 'ASCII', 'UNICODE', 'NATIONAL']);

/** Types whose values have a form that the kind alone does not tell, by the formats of JSON Schema. */
const FORMATS: Readonly<Record<string, string>> = { INET: 'ipv4', CIDR: 'cidr', MACADDR: 'mac', INTERVAL: 'interval' };
/** Greatest values of whole numbers: PostgreSQL's and SQL Server's documentation; MySQL's for MEDIUMINT. */
const GREATEST: Readonly<Record<string, number>> = {
  TINYINT: 127,
  SMALLINT: 32_767,
  INT2: 32_767,
  SMALLSERIAL: 32_767,
  SERIAL2: 32_767,
  MEDIUMINT: 8_388_607,
};
/** Types that no field type makes, and a value that each of them takes. */
const LITERALS: Readonly<Record<string, string>> = {
  XML: '<x/>',
  XMLTYPE: '<x/>',
  HSTORE: '',
  POINT: '(0,0)',
  LINE: '{1,1,0}',
  LSEG: '[(0,0),(1,1)]',
  BOX: '(1,1),(0,0)',
  PATH: '[(0,0),(1,1)]',
  POLYGON: '((0,0),(1,1),(1,0))',
  CIRCLE: '<(0,0),1>',
  GEOMETRY: 'POINT(0 0)',
  GEOGRAPHY: 'POINT(0 0)',
  INT4RANGE: '[1,10)',
  INT8RANGE: '[1,10)',
  NUMRANGE: '[1,10)',
  DATERANGE: '[2024-01-01,2025-01-01)',
  TSRANGE: '[2024-01-01,2025-01-01)',
  TSTZRANGE: '[2024-01-01,2025-01-01)',
};

/** Types that the script itself defines, by name in lower case. */
export type DefinedTypes = ReadonlyMap<string, TypeFacts>;

/**
 * Reads the type of a column, with its arguments and what belongs to it.
 * @returns undefined where no type stands (SQLite allows that); `literal` values come with a `reason` for the notice
 */
export function readColumnType(
  cursor: Cursor,
  defined: DefinedTypes,
): { facts: TypeFacts; declared: string; reason?: string } | undefined {
  const start = cursor.at;
  const words = typeName(cursor);
  if (words === undefined) return undefined;
  const args = cursor.group() ?? [];
  let name = words;
  let unsigned = false;
  for (;;) {
    const token = cursor.peek();
    if (token === undefined) break;
    if (cursor.sees('WITH', 'TIME', 'ZONE') || cursor.sees('WITHOUT', 'TIME', 'ZONE')) cursor.at += 3;
    else if (cursor.sees('WITH', 'LOCAL', 'TIME', 'ZONE')) cursor.at += 4;
    else if (cursor.take('VARYING')) name = `${name} VARYING`;
    else if (cursor.take('LARGE', 'OBJECT')) name = name.startsWith('BINARY') ? 'BLOB' : 'CLOB';
    else if (cursor.take('FOR', 'BIT', 'DATA')) name = 'VARBINARY';
    else if (cursor.sees('FOR', 'SBCS', 'DATA') || cursor.sees('FOR', 'MIXED', 'DATA')) cursor.at += 3;
    else if (name === 'INTERVAL' && /^(YEAR|MONTH|DAY|HOUR|MINUTE|SECOND|TO)$/.test(token.upper)) cursor.next();
    else if (name === 'INTERVAL' && token.upper === '(') cursor.group();
    else if (SUFFIXES.has(token.upper) && !(token.upper === 'CHAR' && cursor.peek(1)?.upper === 'SET')) {
      unsigned ||= token.upper === 'UNSIGNED';
      cursor.next();
    } else break;
  }
  const late = args.length === 0 && cursor.sees('(') ? (cursor.group() ?? []) : args;
  const isArray = readArray(cursor);
  const declared = showTokens(cursor.tokens.slice(start, cursor.at));
  if (isArray)
    return {
      facts: { kind: 'text', literal: '{}' },
      declared,
      reason: 'no field type makes an array of SQL: it is always {}',
    };
  const own = defined.get(name.toLowerCase());
  if (own !== undefined) return { facts: own, declared };
  const literal = LITERALS[name];
  if (literal !== undefined)
    return {
      facts: { kind: 'text', literal },
      declared,
      reason: `no field type makes ${declared}: it is always ${literal}`,
    };
  return { facts: factsOf(name, late, unsigned), declared };
}

/** The words of a type's name; of a qualified one (`public.mood`, `pg_catalog.int4`) the last. */
function typeName(cursor: Cursor): string | undefined {
  const token = cursor.peek();
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) return undefined;
  const words: string[] = [];
  for (let i = 0; i < LONGEST; i++) {
    const word = cursor.peek(i);
    if (word?.kind !== 'word') break;
    words.push(word.upper);
  }
  for (let count = words.length; count > 1; count--) {
    const name = words.slice(0, count).join(' ');
    if (!KINDS.has(name)) continue;
    cursor.at += count;
    return name;
  }
  return cursor.name().at(-1)?.toUpperCase();
}

function readArray(cursor: Cursor): boolean {
  let found = cursor.take('ARRAY');
  while (cursor.sees('[')) {
    found = true;
    cursor.next();
    while (!cursor.done && !cursor.take(']')) cursor.next();
  }
  return found;
}

function factsOf(name: string, args: readonly SqlToken[], unsigned: boolean): TypeFacts {
  const numbers = args.filter(({ kind }) => kind === 'number').map(({ text }) => Number(text));
  const [first, second] = numbers;
  if (name === 'ENUM' || name === 'SET') {
    const values = args.filter(({ kind }) => kind === 'string').map(({ text }) => text);
    return { kind: 'text', values };
  }
  if (name === 'TINYINT' && first === 1) return { kind: 'boolean' };
  if (name === 'BIT' || name === 'BIT VARYING' || name === 'VARBIT') {
    if (name === 'BIT' && (first ?? 1) === 1) return { kind: 'boolean' };
    return { kind: 'text', pattern: `[01]{${Math.min(first ?? 8, 64)}}` };
  }
  if (name === 'YEAR') return { kind: 'integer', min: 1970, max: 2030 };
  const format = FORMATS[name];
  if (format !== undefined) return { kind: 'text', format };
  const kind = KINDS.get(name) ?? 'any';
  switch (kind) {
    case 'text':
    case 'binary':
      return first === undefined
        ? withOneCharacter(kind, name)
        : { kind, maxLength: first, ...(isFixed(name) && first <= LONGEST_CODE ? { minLength: first } : {}) };
    case 'integer': {
      const greatest = GREATEST[name];
      const serial = name.includes('SERIAL') ? { generated: true, nullable: false } : {};
      // A tinyint of SQL Server has no sign, one of MySQL has: up to 127 both take.
      return {
        kind,
        ...(greatest === undefined ? {} : { precision: Math.floor(Math.log10(greatest)) }),
        ...(unsigned ? { min: 0 } : {}),
        ...serial,
      };
    }
    case 'decimal':
      return decimal(name, first, second, unsigned);
    default:
      return { kind };
  }
}

/** `CHAR` without a length has one character; `VARCHAR` without one has no limit where it is allowed. */
const withOneCharacter = (kind: 'text' | 'binary', name: string): TypeFacts =>
  /^(CHAR|CHARACTER|NCHAR|BINARY|BPCHAR|NATIONAL CHARACTER|NATIONAL CHAR)$/.test(name)
    ? { kind, maxLength: 1 }
    : { kind };

const isFixed = (name: string): boolean => /^N?CHAR$|^CHARACTER$/.test(name);

function decimal(name: string, precision: number | undefined, scale: number | undefined, unsigned: boolean): TypeFacts {
  const min = unsigned ? { min: 0 } : {};
  const isExact = /^(DECIMAL|DEC|NUMERIC|NUMBER|FIXED)$/.test(name);
  if (isExact && precision !== undefined) {
    return scale === undefined || scale <= 0
      ? { kind: 'integer', precision, ...min }
      : { kind: 'decimal', precision, scale, ...min };
  }
  // DECIMAL alone is DECIMAL(p, 0) by the standard and in MySQL, DB2 and SQL Server; PostgreSQL and Oracle keep decimals.
  return { kind: 'decimal', ...(name === 'FLOAT' && scale !== undefined ? { scale } : {}), ...min };
}
