import { extname } from 'node:path';
import { Pace, type Shape, schemeOf } from '@datamaker/streams';
import { type Arguments, flagValue, flagValues } from '../arguments/command.ts';
import { toNumber } from '../arguments/to-number.ts';
import { badArgument } from '../errors/command-error.ts';
import { isStdout } from '../output/open-output.ts';
import { readDuration } from './read-duration.ts';

/** The variables that name a target where a command line should not: whoever lists processes sees those. */
export const TO_VARIABLE = 'DATAMAKER_STREAM_TO';
export const AUTHORIZATION_VARIABLE = 'DATAMAKER_STREAM_AUTHORIZATION';

/** The flags of `stream`, checked. */
export interface StreamSettings {
  /** A URL or a file; undefined: the standard output. */
  readonly to: string | undefined;
  readonly pace: Pace;
  readonly from: number;
  /** How many rows at most; undefined: as many as become due. */
  readonly count: number | undefined;
  readonly seconds: number | undefined;
  readonly giveUpMs: number;
  readonly shape: Shape;
  readonly atOnce: number;
  readonly maxLength: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const MOST_RATE = 1e6;
const MOST_BATCH = 10_000;
const MOST_AT_ONCE = 256;
const DEFAULT_AT_ONCE = 16;
const DEFAULT_GIVE_UP = '60s';

/** @throws CommandError */
export function readStreamSettings(args: Arguments, mostRows: number, environment = process.env): StreamSettings {
  const given = flagValue(args, 'to') ?? (environment[TO_VARIABLE] || undefined);
  const to = given === undefined || isStdout(given) ? undefined : given;
  const isHttp = to !== undefined && /^https?$/.test(schemeOf(to) ?? '');
  const isUrl = to !== undefined && schemeOf(to) !== undefined;
  const only = (flag: string, holds: boolean, what: string): void => {
    if (args.flags.has(flag) && !holds) throw badArgument(`--${flag}`, 'unexpected_option', `--${flag} is for ${what}`);
  };
  for (const flag of ['batch', 'header', 'at-once']) only(flag, isHttp, 'targets of HTTP');
  only('max-length', /^rediss?:/i.test(to ?? ''), 'streams of Redis');
  only('topic', isUrl && !isHttp, 'NATS and Redis');
  const seconds = flagValue(args, 'for');
  return {
    to,
    pace: readPace(args),
    from: whole(args, 'from', 0, mostRows) ?? 0,
    count: whole(args, 'count', 1, mostRows),
    seconds: seconds === undefined ? undefined : readDuration('for', seconds),
    giveUpMs: readDuration('give-up', flagValue(args, 'give-up') ?? DEFAULT_GIVE_UP) * 1000,
    shape: readShape(args, to, isHttp, isUrl),
    atOnce: whole(args, 'at-once', 1, MOST_AT_ONCE) ?? DEFAULT_AT_ONCE,
    maxLength: whole(args, 'max-length', 1, Number.MAX_SAFE_INTEGER),
    headers: isHttp ? readHeaders(args, environment) : {},
  };
}

function readPace(args: Arguments): Pace {
  const rate = flagValue(args, 'rate');
  const every = flagValue(args, 'every');
  const burst = whole(args, 'burst', 1, MOST_RATE);
  const bad = (flag: string, message: string): Error =>
    badArgument(`--${flag}`, 'invalid_rate', message, 'write --rate 500, or --burst 1000 --every 10s');
  if (rate !== undefined && every !== undefined) throw bad('every', '--every and --rate both say how fast it is');
  if (every !== undefined) {
    if (burst === undefined) throw bad('burst', '--every needs --burst: how many rows each time');
    return new Pace(burst, readDuration('every', every));
  }
  if (rate === undefined) throw bad('rate', 'how fast rows go is not said');
  const number = toNumber(rate);
  if (typeof number === 'number' && number >= 0.001 && number <= MOST_RATE) {
    return new Pace(burst ?? 1, (burst ?? 1) / number);
  }
  throw bad('rate', `--rate is a number of rows a second from 0.001 to ${MOST_RATE}`);
}

function readShape(args: Arguments, to: string | undefined, isHttp: boolean, isUrl: boolean): Shape {
  const format = flagValue(args, 'format');
  const bad = (known: string): Error =>
    badArgument('--format', 'invalid_format', `rows go there as ${known}`, `write --format ${known.split(' ')[0]}`);
  if (!isUrl) {
    const chosen = format ?? (extname(to ?? '').toLowerCase() === '.csv' ? 'csv' : 'ndjson');
    if (chosen !== 'csv' && chosen !== 'ndjson') throw bad('ndjson or csv');
    return { kind: 'text', format: chosen, header: true };
  }
  if (!isHttp) {
    if (format !== undefined && format !== 'json') throw bad('json');
    return { kind: 'row' };
  }
  if (format !== undefined && format !== 'json' && format !== 'ndjson') throw bad('json or ndjson');
  const rows = whole(args, 'batch', 1, MOST_BATCH);
  if (rows === undefined && format !== 'ndjson') return { kind: 'row' };
  return { kind: format === 'ndjson' ? 'lines' : 'array', rows: rows ?? 1 };
}

/** Names are tokens of RFC 9110, values have no line break. What they say is not shown: it may be secret. */
function readHeaders(args: Arguments, environment: NodeJS.ProcessEnv): Record<string, string> {
  const authorization = environment[AUTHORIZATION_VARIABLE];
  const headers: Record<string, string> = authorization ? { authorization } : {};
  for (const text of flagValues(args, 'header')) {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw badArgument('--header', 'invalid_header', 'a header is no name and value', "write 'x-tenant: demo'");
    }
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

function whole(args: Arguments, flag: string, min: number, max: number): number | undefined {
  const text = flagValue(args, flag);
  if (text === undefined) return undefined;
  const number = toNumber(text);
  if (Number.isSafeInteger(number) && Number(number) >= min && Number(number) <= max) return Number(number);
  throw badArgument(`--${flag}`, 'invalid_value', `--${flag} is a whole number from ${min} to ${max}`);
}
