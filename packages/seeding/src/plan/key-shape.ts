import type { Column, Value } from '@datamaker/connectors';
import type { FieldDocument } from '@datamaker/engine/import';
import type { KeyRule, Source } from '../keys/key-rules.ts';
import { mixed } from '../keys/spread.ts';
import type { ColumnFacts } from '../schema-to-template/column-facts.ts';
import { narrowedPattern } from '../schema-to-template/narrowed-pattern.ts';

/** What is in a table already, as far as new keys have to keep away from it. */
export interface Present {
  readonly rows: number;
  /** By column, of whole numbers. */
  readonly greatest: ReadonlyMap<string, bigint>;
  /** By column, the last of its moments, in milliseconds since 1970. */
  readonly latest: ReadonlyMap<string, number>;
  /** By column, of texts and lists. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
}

/** How a column can be part of a key. */
export interface KeyShape {
  /** How many different values there are. */
  readonly capacity: number;
  /** How many of them a key of this column alone has, which keeps away from those that are there; undefined: all. */
  readonly room?: number;
  /** Whether values are few by nature: lists and truth values. */
  readonly isFew: boolean;
  rule(by: Source): KeyRule;
}

const DIGITS = '0123456789';
const UPPER = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
/** Bases of dates: far enough from the end of time for a day for each row. */
const FIRST_DAY = '2000-01-01';
const DAYS = 2_900_000;
const MINUTE = 60_000;
const MINUTES = 4_000_000_000;
const MOST = 2 ** 40;
/** Texts of patterns, which are drawn before and kept. */
const MOST_DRAWN = 1_000_000;

/**
 * @param rows how many rows there are going to be
 * @param field what the engine makes of the column, for texts whose form is given
 * @returns undefined for what cannot tell rows apart: JSON, XML, lists
 */
export function keyShape(
  id: string,
  column: Column,
  facts: ColumnFacts,
  present: Present,
  rows: number,
  seed: string,
): KeyShape | undefined {
  if (column.dimensions > 0) return undefined;
  const taken = present.taken.get(column.name);
  const given = facts.values ?? column.values;
  if (given !== null) return listed(given, taken);
  switch (column.kind) {
    case 'boolean':
      return listed([false, true], taken);
    case 'integer':
      return numbers(column, facts, present, 0);
    case 'decimal':
    case 'float':
      return numbers(column, facts, present, Math.max(0, column.kind === 'float' ? 0 : (column.scale ?? 0)));
    case 'text':
      return texts(id, column, facts, taken, rows);
    case 'uuid': {
      const hex = Array.from({ length: 3 }, (_, i) => mixed(`${seed} ${id} ${column.name} ${i}`, present.rows));
      const head = hex.map((part) => part.toString(16).padStart(8, '0')).join('');
      // Version 4 and its variant (RFC 9562, 5.4), with what tells runs apart in front and the row at the end.
      const prefix = `${head.slice(0, 12)}4${head.slice(13, 16)}8${head.slice(17, 20)}`;
      return { capacity: MOST, isFew: false, rule: (by) => ({ kind: 'uuid', prefix, by }) };
    }
    case 'time':
      return seconds(taken);
    case 'date':
      return days(facts, taken, (start, by) => ({ kind: 'date', start, by }));
    case 'datetime':
    case 'datetime_zoned': {
      const zoned = column.kind === 'datetime_zoned';
      const first = facts.earliest ?? `${FIRST_DAY}T00:00:00Z`;
      const latest = present.latest.get(column.name);
      const isBehind = latest !== undefined && latest >= Date.parse(first);
      const start = isBehind ? new Date(Math.floor(latest / MINUTE + 1) * MINUTE).toISOString() : first;
      return {
        capacity: MINUTES,
        isFew: false,
        rule: (by) => ({ kind: 'datetime', start: isAlone(by) ? start : first, zoned, by }),
      };
    }
    default:
      return undefined;
  }
}

/** Whether the column alone tells rows apart, which then has to keep away from what is there. */
const isAlone = (by: Source): boolean => by.of === 'row' && !('stride' in by);

function listed(values: readonly Value[], taken: ReadonlySet<string> | undefined): KeyShape {
  // A digit needs all of them; a key of its own only those that are not there yet.
  const free = taken === undefined ? values : values.filter((value) => !taken.has(String(value)));
  return {
    capacity: values.length,
    room: free.length,
    isFew: true,
    rule: (by) => ({ kind: 'listed', values: isAlone(by) ? free : values, by }),
  };
}

function numbers(column: Column, facts: ColumnFacts, present: Present, scale: number): KeyShape {
  const unit = 10n ** BigInt(scale);
  const said = facts.min === undefined ? unit : BigInt(Math.ceil(facts.min * Number(unit)));
  // To a counter 0 may be a wish for the next number.
  const least = column.generated !== null && said < unit ? unit : said;
  const greatest = present.greatest.get(column.name);
  const behind = greatest === undefined ? least : greatest * unit + unit;
  const start = behind > least ? behind : least;
  const bounds = [facts.max === undefined ? undefined : BigInt(Math.floor(facts.max * Number(unit))), widest(column)];
  const most = bounds.reduce<bigint | undefined>(
    (a, b) => (a === undefined || (b !== undefined && b < a) ? b : a),
    undefined,
  );
  const capacity = most === undefined ? MOST : Number(most - least + 1n);
  const room = most === undefined ? MOST : Number(most - start + 1n);
  return {
    capacity: Math.max(0, Math.min(MOST, present.rows === 0 ? capacity : room)),
    isFew: false,
    rule: (by) => {
      const from = isAlone(by) ? start : least;
      return { kind: 'number', start: from.toString(), scale, by };
    },
  };
}

function widest({ kind, precision }: Column): bigint | undefined {
  if (precision === null) return undefined;
  if (kind === 'integer') return 2n ** BigInt(precision - 1) - 1n;
  if (kind === 'float') return precision <= 32 ? 2n ** 24n : 2n ** 53n;
  return 10n ** BigInt(precision) - 1n;
}

function texts(
  id: string,
  column: Column,
  facts: ColumnFacts,
  taken: ReadonlySet<string> | undefined,
  rows: number,
): KeyShape | undefined {
  if (facts.pattern !== undefined) {
    const found = narrowedPattern(facts.pattern, column, true);
    if (found === undefined) return undefined;
    const { pattern, texts } = found;
    const field: FieldDocument = { name: column.name, type: 'regex', options: { pattern, unique: true } };
    return { capacity: Math.min(MOST_DRAWN, texts.count ?? 0), isFew: false, rule: () => ({ kind: 'field', field }) };
  }
  const most = Math.min(facts.maxLength ?? 12, column.maxLength ?? 12, 12);
  const least = Math.max(facts.minLength ?? 1, column.isPadded ? Math.min(column.maxLength ?? 1, 12) : 1);
  const many = rows + (taken?.size ?? 0);
  const inDigits = Math.max(4, String(many).length);
  if (most >= inDigits + 3 && facts.letters === undefined) {
    const name = lettersOf(id, column.name);
    for (let i = 0; i < 26; i++) {
      const prefix = `${name}${i === 0 ? '' : String.fromCharCode(65 + i)}-`.slice(-Math.max(2, most - inDigits));
      if (taken !== undefined && [...taken].some((key) => key.startsWith(prefix))) continue;
      const width = Math.max(inDigits, least - prefix.length);
      return {
        capacity: 10 ** width,
        isFew: false,
        rule: (by) => ({ kind: 'code', prefix, width, alphabet: DIGITS, by }),
      };
    }
  }
  const alphabet = facts.letters === 'lower' ? LOWER : UPPER;
  const needed = Math.ceil(Math.log(Math.max(2, many)) / Math.log(alphabet.length) - 1e-9);
  const width = Math.min(most, Math.max(least, needed));
  const capacity = alphabet.length ** width;
  if (taken === undefined || taken.size === 0)
    return { capacity, isFew: false, rule: (by) => ({ kind: 'code', prefix: '', width, alphabet, by }) };
  const free: string[] = [];
  for (let i = 0; free.length < rows && i < capacity; i++) {
    let [text, rest] = ['', i];
    for (let k = 0; k < width; k++, rest = Math.floor(rest / alphabet.length))
      text = alphabet[rest % alphabet.length] + text;
    if (!taken.has(text)) free.push(text);
  }
  return { capacity: free.length, isFew: false, rule: (by) => ({ kind: 'listed', values: free, by }) };
}

/** Three letters of a table's name: `public.customer` gives CUS. */
function lettersOf(id: string, column: string): string {
  const letters = (text: string): string => text.replaceAll(/[^A-Za-z]/g, '').toUpperCase();
  return `${letters(id.split('.').at(-1) ?? '')}${letters(column)}KEY`.slice(0, 3);
}

function days(
  facts: ColumnFacts,
  taken: ReadonlySet<string> | undefined,
  rule: (start: string, by: Source) => KeyRule,
): KeyShape {
  const last = taken === undefined ? undefined : [...taken].sort().at(-1);
  const first = facts.earliest?.slice(0, 10) ?? FIRST_DAY;
  const day = 86_400_000;
  const start =
    last !== undefined && last >= first ? new Date(Date.parse(last) + day).toISOString().slice(0, 10) : first;
  const daysFrom = (from: string): number =>
    facts.latest === undefined
      ? DAYS
      : Math.max(0, Math.floor((Date.parse(facts.latest) - Date.parse(from)) / day) + 1);
  return {
    capacity: daysFrom(first),
    room: daysFrom(start),
    isFew: false,
    rule: (by) => rule(isAlone(by) ? start : first, by),
  };
}

function seconds(taken: ReadonlySet<string> | undefined): KeyShape {
  const last = [...(taken ?? [])].sort().at(-1);
  const start = last === undefined ? 0 : Math.floor(Date.parse(`1970-01-01T${last.slice(0, 8)}Z`) / 1000) + 1;
  return {
    capacity: Math.max(0, 86_400 - start),
    isFew: false,
    rule: (by) => ({ kind: 'time', start: by.of === 'row' && !('stride' in by) ? start : 0, by }),
  };
}
