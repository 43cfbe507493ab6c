import { badArgument } from '../errors/command-error.ts';

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };
/** A week. */
const MOST_SECONDS = 7 * 24 * 3600;

/** Seconds that a flag spells: `500ms`, `10s`, `2m`, `1h`; a bare number is seconds. @throws CommandError */
export function readDuration(flag: string, text: string): number {
  const [, digits, unit = 's'] = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h)?$/.exec(text) ?? [];
  const seconds = Number(digits) * (SECONDS[unit] ?? Number.NaN);
  if (seconds > 0 && seconds <= MOST_SECONDS) return seconds;
  throw badArgument(
    `--${flag}`,
    'invalid_duration',
    `--${flag} is no time above zero and up to a week`,
    'write 500ms, 10s, 2m or 1h',
  );
}
