import { type MaskKey, toBigInt } from './mask-key.ts';

const DAY = 86_400_000;

/** Days of a date or moment in ISO 8601 (or with a blank for the T), and what stands behind the day, which a shift leaves. */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})((?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)$/;

/** Whether a text is a date or moment that `shiftDate` can shift without being told its format. */
export const looksLikeDate = (text: string): boolean => parse(text, undefined) !== undefined;

interface Parts {
  readonly days: number;
  /** Writes another day in the same way. */
  write(year: string, month: string, day: string): string;
}

/**
 * @param format how the day is written: YYYY, MM and DD and whatever stands between them; undefined for ISO 8601
 */
function parse(text: string, format: string | undefined): Parts | undefined {
  if (format === undefined) {
    const [, year = '', month = '', day = '', rest = ''] = ISO.exec(text) ?? [];
    return checked(year, month, day, (y, m, d) => `${y}-${m}-${d}${rest}`);
  }
  const place = (part: string): string => text.slice(format.indexOf(part), format.indexOf(part) + part.length);
  const [year, month, day] = [place('YYYY'), place('MM'), place('DD')] as [string, string, string];
  const write = (y: string, m: string, d: string): string =>
    format.replace('YYYY', y).replace('MM', m).replace('DD', d);
  return write(year, month, day) === text ? checked(year, month, day, write) : undefined;
}

function checked(year: string, month: string, day: string, write: Parts['write']): Parts | undefined {
  if (!/^\d{4}\d{2}\d{2}$/.test(year + month + day)) return undefined;
  const time = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  // 30 February is a number to Date.parse, but not that day.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined;
  return { days: time / DAY, write };
}

/** Whether a text can say how a day is written: each of YYYY, MM and DD once. */
export const isDateFormat = (text: string): boolean =>
  ['YYYY', 'MM', 'DD'].every((part) => text.split(part).length === 2) && !/[$]/.test(text);

/**
 * A date or moment moved by whole days, 1 to `reach` back or forth, its time of day untouched.
 * @param entity decides together with the key by how much: the same for all dates of one entity keeps their intervals
 * @returns undefined when the text is no date, or the result would leave the years 0001 to 9999
 */
export function shiftDate(
  key: MaskKey,
  text: string,
  entity: string,
  { reach, format }: { readonly reach: number; readonly format: string | undefined },
): string | undefined {
  const parts = parse(text, format);
  if (parts === undefined) return undefined;
  const drawn = Number(toBigInt(key.macOf('shift', `${reach}\0${entity}`), 12) % BigInt(2 * reach));
  const moved = parts.days + (drawn < reach ? drawn - reach : drawn - reach + 1);
  const date = new Date(moved * DAY);
  if (Number.isNaN(date.getTime())) return undefined;
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})T/.exec(date.toISOString()) ?? [];
  return year === '' || year === '0000' ? undefined : parts.write(year, month, day);
}
