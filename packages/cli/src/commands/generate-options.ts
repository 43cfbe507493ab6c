import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { FormatOptions, NegativeOptions, Result } from '@datamaker/engine';
import { isFile } from '@datamaker/engine/formats';
import { type Arguments, flagValue } from '../arguments/command.ts';
import { flagOfNegative, onTheFlag } from '../arguments/on-the-flag.ts';
import { toNumber } from '../arguments/to-number.ts';
import { toProblems } from '../arguments/to-problems.ts';
import { badInput, type Problem } from '../errors/command-error.ts';
import { flagOfOption, formatOfExtension, formatOptionsGiven } from './format-flags.ts';

/** The flags of `generate`, checked. Rows are [from, to). */
export interface GenerateOptions {
  readonly seed: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly format: FormatOptions;
  readonly threads: number;
  /** Wrong rows; undefined for right ones. */
  readonly negative: NegativeOptions | undefined;
  /** The file that says what is wrong. */
  readonly labels: string | undefined;
}

const DEFAULT_COUNT = '10';
const MAX_THREADS = 64;
/** Below this starting workers takes longer than they save; files of compressed parts take longer to make. */
const ROWS_WORTH_THREADS = 2_000_000;
const FILE_ROWS_WORTH_THREADS = 100_000;
const MAX_DEFAULT_THREADS = 8;

type Engine = Pick<
  typeof import('@datamaker/engine'),
  'limits' | 'parseCount' | 'parseSeed' | 'parseFormat' | 'parseNegative' | 'formatInfo'
>;

/** Checks all flags together. @throws CommandError (exit code 2) with every problem there is. */
export function parseGenerateOptions(args: Arguments, engine: Engine): GenerateOptions {
  const problems: Problem[] = [];
  const take = <T>(flag: string, result: Result<T>, otherwise: T): T => {
    if (result.ok) return result.value;
    problems.push(...toProblems(flag, result.diagnostics, (option) => flagOfOption(option) ?? flagOfNegative(option)));
    return otherwise;
  };
  const seed = flagValue(args, 'seed');
  const count = take('count', engine.parseCount(toNumber(flagValue(args, 'count') ?? DEFAULT_COUNT)), 1);
  const from = take('from', parseInteger('from', flagValue(args, 'from') ?? '0', 0, engine.limits.MAX_ROWS - count), 0);
  const format = take<FormatOptions>('format', engine.parseFormat(wantedFormat(args)), { format: 'json' });
  const threads = flagValue(args, 'threads') ?? String(defaultThreads(count, format));
  const options: GenerateOptions = {
    seed: seed === undefined ? undefined : take('seed', engine.parseSeed(seed), ''),
    from,
    to: from + count,
    format,
    threads: take('threads', parseInteger('threads', threads, 1, MAX_THREADS), 1),
    negative: take('mode', wantedNegative(args, engine, engine.formatInfo(format.format).typed ?? false), undefined),
    labels: flagValue(args, 'labels'),
  };
  if (options.labels !== undefined && flagValue(args, 'mode') === undefined) {
    const message = 'right rows have no labels';
    problems.push({ code: 'invalid_negative', place: '--labels', message, hint: 'add --mode negative or boundary' });
  }
  if (problems.length > 0) throw badInput('the command line', problems);
  return options;
}

/** The format as the API knows it, from the flags and, where none is given, from the ending of the file. */
function wantedFormat(args: Arguments): Record<string, unknown> {
  const out = flagValue(args, 'out');
  const ofFile = out === undefined ? undefined : formatOfExtension(extname(out).toLowerCase());
  return { format: flagValue(args, 'format') ?? ofFile ?? 'json', ...formatOptionsGiven(args) };
}

/** The wrong rows asked for, as the API knows them. Problems are told of the flags. */
function wantedNegative(args: Arguments, engine: Engine, typed: boolean): Result<NegativeOptions | undefined> {
  const list = (flag: string): readonly string[] | undefined =>
    flagValue(args, flag)
      ?.split(',')
      .map((name) => name.trim());
  const share = flagValue(args, 'share');
  const label = flagValue(args, 'label') ?? (args.flags.has('labels') ? 'none' : undefined);
  const given = Object.entries({
    share: share === undefined ? undefined : toNumber(share),
    rules: list('rules'),
    fields: list('fields'),
    label: label === undefined || label === 'none' || label === 'column' ? label : { column: label },
  }).filter(([, value]) => value !== undefined);
  // Without a mode, --labels alone must not be told of as a `label`.
  const parsed = engine.parseNegative(
    flagValue(args, 'mode'),
    Object.fromEntries(
      flagValue(args, 'mode') === undefined
        ? given.filter(([key]) => key !== 'label' || args.flags.has('label'))
        : given,
    ),
  );
  if (!parsed.ok) return { ok: false, diagnostics: parsed.diagnostics.map(onTheFlag) };
  return { ok: true, value: parsed.value === undefined ? undefined : { ...parsed.value, typed } };
}

function parseInteger(flag: string, text: string, min: number, max: number): Result<number> {
  const value = toNumber(text);
  if (Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max)
    return { ok: true, value: Number(value) };
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
  const message = `it must be a whole number from ${min} to ${max}, not ${shown}`;
  return { ok: false, diagnostics: [{ code: `invalid_${flag}`, pointer: '', message }] };
}

function defaultThreads(count: number, { format }: FormatOptions): number {
  return count < (isFile(format) ? FILE_ROWS_WORTH_THREADS : ROWS_WORTH_THREADS)
    ? 1
    : Math.min(availableParallelism(), MAX_DEFAULT_THREADS);
}
