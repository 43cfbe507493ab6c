import type { FanOut, SeedOptions, TableOptions } from '@datamaker/seeding';
import { type Arguments, flagValue } from '../arguments/command.ts';
import { badArgument } from '../errors/command-error.ts';

/**
 * What the command line says of rows: flags, and words such as `order=500` or `order_line=0..5`.
 * @throws CommandError
 */
export function readSeedOptions(args: Arguments, words: readonly string[]): SeedOptions {
  const tables: Record<string, TableOptions> = {};
  for (const word of words) {
    const [, name, value] = /^(.+)=([^=]+)$/su.exec(word) ?? [];
    if (name === undefined || value === undefined) {
      const shown = word.includes('://') ? 'a second URL' : word;
      throw badArgument(
        '<table=rows>',
        'unexpected_argument',
        `${shown} says no rows`,
        'write order=500, or line=0..5',
      );
    }
    const range = toRange(value);
    tables[name] = range === undefined ? { rows: toRows(word, value) } : { perParent: range };
  }
  const rows = flagValue(args, 'rows');
  const everyTable = flagValue(args, 'every-table');
  const fanOut = flagValue(args, 'fan-out');
  const range = fanOut === undefined ? undefined : toRange(fanOut);
  if (fanOut !== undefined && range === undefined) {
    throw badArgument('--fan-out', 'invalid_value', '--fan-out is no range', 'write 1..3');
  }
  return {
    seed: flagValue(args, 'seed'),
    locale: flagValue(args, 'locale'),
    rows: rows === undefined ? undefined : toRows('--rows', rows),
    everyTable: everyTable === undefined ? undefined : toRows('--every-table', everyTable),
    fanOut: range,
    tables,
  };
}

function toRange(text: string): FanOut | undefined {
  const [, min, max] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(text) ?? [];
  return min === undefined || max === undefined ? undefined : { min: Number(min), max: Number(max) };
}

function toRows(place: string, text: string): number {
  const number = /^\d+(?:e\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw badArgument(place, 'invalid_value', `${place} is no whole number of rows`, 'write 500, or 1e6');
}
