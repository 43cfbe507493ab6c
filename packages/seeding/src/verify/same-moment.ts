import type { Column } from '@datamaker/connectors';

const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?\d*)?)?\s*(Z|[+-]\d\d(?::?\d\d)?(?::?\d\d)?)?$/i;
const TIME = /^(-?)(\d{1,3}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?\d*)?\s*(Z|[+-]\d\d(?::?\d\d)?(?::?\d\d)?)?$/i;
const SECOND = 1_000_000_000n;

/** Whether a column of moments holds the one that it was given, to as many digits of a second as it keeps. */
export function sameMoment(column: Column, given: string, held: string): boolean {
  const [a, b] = [momentOf(given), momentOf(held)];
  return a === undefined || b === undefined ? given === held : isKept(column, a, b);
}

/** The same of times of day. */
export function sameTime(column: Column, given: string, held: string): boolean {
  const [a, b] = [timeOf(given), timeOf(held)];
  if (a === undefined || b === undefined) return given === held;
  // A zone that a column does not keep says nothing in PostgreSQL.
  const isZoned = /with time zone|timetz/i.test(column.type);
  return isKept(column, a.time, b.time) && (!isZoned || a.zone === b.zone);
}

/** Columns of SQL Server that keep less than digits of seconds: most nanoseconds between what is given and what is kept. */
const COARSE: Readonly<Record<string, bigint>> = { datetime: 4_000_000n, smalldatetime: 30n * SECOND };

/** @param a what was given, in nanoseconds @param b what is held */
function isKept({ scale, type }: Column, a: bigint, b: bigint): boolean {
  const unit = 10n ** BigInt(9 - Math.min(Math.max(scale ?? 3, 0), 9));
  const off = a > b ? a - b : b - a;
  if (off === 0n) return true;
  if (off <= (COARSE[type.toLowerCase()] ?? 0n)) return true;
  // PostgreSQL rounds.
  if (/with(?:out)? time zone/.test(type)) return off * 2n <= unit;
  // Some round, and some cut off (MariaDB without TIME_ROUND_FRACTIONAL).
  return b === floor(a, unit) || b === floor(a + unit / 2n, unit);
}

const floor = (value: bigint, unit: bigint): bigint => value - (((value % unit) + unit) % unit);

function momentOf(text: string): bigint | undefined {
  const found = MOMENT.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = found;
  // Years below 100 are not those of the last century.
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const seconds = date.getTime() / 1000 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offsetOf(zone);
  return BigInt(seconds) * SECOND + BigInt(fraction.padEnd(9, '0'));
}

function timeOf(text: string): { readonly time: bigint; readonly zone: number } | undefined {
  const found = TIME.exec(text);
  if (found === null) return undefined;
  const [, minus, hour, minute, second = '0', fraction = '', zone] = found;
  const time =
    BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * SECOND + BigInt(fraction.padEnd(9, '0'));
  return { time: minus === '-' ? -time : time, zone: offsetOf(zone) };
}

/** Seconds by which a zone is before UTC. */
function offsetOf(zone: string | undefined): number {
  if (zone === undefined || /z/i.test(zone)) return 0;
  const [hours = 0, minutes = 0, seconds = 0] = (zone.slice(1).replaceAll(':', '').match(/\d\d/g) ?? []).map(Number);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
}
