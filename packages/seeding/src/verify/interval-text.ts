import type { Column } from '@datamaker/connectors';

const ISO =
  /^(-?)P(?:([+-]?\d+)Y)?(?:([+-]?\d+)M)?(?:([+-]?\d+)W)?(?:([+-]?\d+)D)?(?:T(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?)(\d+)(?:\.(\d{1,9}))?S)?)?$/i;
/** `1 year 2 mons -3 days 04:05:06.7`, as PostgreSQL writes it by itself, and words that it takes. */
const PARTS = /([+-]?\d+)\s*(years?|mons?|months?|weeks?|days?|hours?|minutes?|mins?|seconds?|secs?)\b/gi;
const CLOCK = /([+-]?)(\d+):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?/;
/** Months, days and nanoseconds of a unit, by its first three letters. */
const UNITS: Readonly<Record<string, readonly [bigint, bigint, bigint]>> = {
  yea: [12n, 0n, 0n],
  mon: [1n, 0n, 0n],
  wee: [0n, 7n, 0n],
  day: [0n, 1n, 0n],
  hou: [0n, 0n, 3_600_000_000_000n],
  min: [0n, 0n, 60_000_000_000n],
  sec: [0n, 0n, 1_000_000_000n],
};

/**
 * A span of time in the three numbers that PostgreSQL keeps of it (documentation 8.5.4), months, days and time, the last in the digits of a second
 * that the column keeps: `14 3 -5000000`. Elsewhere days are hours.
 * @returns undefined: it is written in another way
 */
export function intervalText({ type }: Column, text: string): string | undefined {
  const parts = ofIso(text.trim()) ?? ofWords(text.trim());
  if (parts === undefined) return undefined;
  const isPostgres = type.startsWith('interval');
  const [months, days, clock] = parts;
  const time = isPostgres ? clock : clock + days * DAY;
  const unit = 10n ** BigInt(9 - Number(/\((\d)\)$/.exec(type)?.[1] ?? 6));
  // Halves go away from zero.
  const units = (time + (time < 0n ? -unit : unit) / 2n) / unit;
  return `${months} ${isPostgres ? days : 0n} ${units}`;
}

const DAY = 86_400_000_000_000n;

type Parts = readonly [months: bigint, days: bigint, nanoseconds: bigint];

function ofIso(text: string): Parts | undefined {
  const found = ISO.exec(text);
  if (found === null || /P$|T$/i.test(text)) return undefined;
  const [, minus, years, months, weeks, days, hours, minutes, sign, seconds, fraction] = found;
  const number = (part: string | undefined): bigint => BigInt((part ?? '0').replace('+', ''));
  const second = nanoseconds(seconds, fraction) * (sign === '-' ? -1n : 1n);
  const time = number(hours) * 3_600_000_000_000n + number(minutes) * 60_000_000_000n + second;
  const all: Parts = [number(years) * 12n + number(months), number(weeks) * 7n + number(days), time];
  return minus === '-' ? [-all[0], -all[1], -all[2]] : all;
}

function ofWords(text: string): Parts | undefined {
  let [months, days, time] = [0n, 0n, 0n];
  const rest = text
    .replaceAll(PARTS, (_, count: string, word: string) => {
      const [month, day, part] = UNITS[word.slice(0, 3).toLowerCase()] as Parts;
      const number = BigInt(count.replace('+', ''));
      months += number * month;
      days += number * day;
      time += number * part;
      return '';
    })
    .replace(CLOCK, (_, sign: string, hours: string, minutes: string, seconds?: string, fraction?: string) => {
      const clock =
        BigInt(hours) * 3_600_000_000_000n + BigInt(minutes) * 60_000_000_000n + nanoseconds(seconds, fraction);
      time += sign === '-' ? -clock : clock;
      return '';
    });
  return text === '' || rest.trim() !== '' ? undefined : [months, days, time];
}

const nanoseconds = (seconds: string | undefined, fraction: string | undefined): bigint =>
  BigInt(seconds ?? '0') * 1_000_000_000n + BigInt((fraction ?? '').padEnd(9, '0'));
