import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { FormatOptions, Result } from '@datamaker/engine';
import { isFile } from '@datamaker/engine/formats';
import { type Arguments, flagValue } from '../arguments/command.ts';
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
}

const DEFAULT_COUNT = '10';
const MAX_THREADS = 64;
/** Below this starting workers takes longer than they save; files of compressed parts take longer to make. */
const ROWS_WORTH_THREADS = 2_000_000;
const FILE_ROWS_WORTH_THREADS = 100_000;
const MAX_DEFAULT_THREADS = 8;

type Engine = Pick<typeof import('@datamaker/engine'), 'limits' | 'parseCount' | 'parseSeed' | 'parseFormat'>;

/** Checks all flags together. @throws CommandError (exit code 2) with every problem there is. */
export function parseGenerateOptions(args: Arguments, engine: Engine): GenerateOptions {
  const problems: Problem[] = [];
  const take = <T>(flag: string, result: Result<T>, otherwise: T): T => {
    if (result.ok) return result.value;
    problems.push(...toProblems(flag, result.diagnostics, flagOfOption));
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
  };
  if (problems.length > 0) throw badInput('the command line', problems);
  return options;
}

/** The format as the API knows it, from the flags and, where none is given, from the ending of the file. */
function wantedFormat(args: Arguments): Record<string, unknown> {
  const out = flagValue(args, 'out');
  const ofFile = out === undefined ? undefined : formatOfExtension(extname(out).toLowerCase());
  return { format: flagValue(args, 'format') ?? ofFile ?? 'json', ...formatOptionsGiven(args) };
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
