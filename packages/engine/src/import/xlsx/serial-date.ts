import type { Cell } from './cell.ts';
import type { NumberKind } from './number-format.ts';

const DAY = 86_400_000;
/** Day 0 of either date system (ECMA-376 part 1, 18.17.4.1). That of 1900 has a 29 February 1900, its day 60. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const LEAP_1900 = 60;
/** 31 December 9999. */
const LAST = 2_958_465;

/** A number by its format: what is no day or time of a spreadsheet stays a number. */
export function toDated(serial: number, kind: NumberKind, is1904: boolean): Cell {
  const plain: Cell = { kind: 'number', value: serial };
  const last = is1904 ? LAST - 1462 : LAST;
  if (kind === 'number' || serial < 0 || serial >= last + 1) return plain;
  const isBefore = !is1904 && serial < LEAP_1900;
  // Excel rounds to milliseconds; the rest is what binary fractions leave.
  const millis = Math.round((serial + (isBefore ? 1 : 0)) * DAY);
  const text = new Date((is1904 ? EPOCH_1904 : EPOCH_1900) + millis).toISOString();
  const day = text.slice(0, 10);
  const time = text.slice(11, text.endsWith('.000Z') ? 19 : 23);
  if (kind === 'time' && serial < 1) return { kind: 'time', value: time.slice(0, 8) };
  // Day 0 is a day of no calendar.
  if (!is1904 && serial < 1) return plain;
  if (kind === 'date' && time === '00:00:00') return { kind: 'date', value: day };
  return { kind: 'datetime', value: `${day}T${time}` };
}
