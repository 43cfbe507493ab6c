import { open } from 'node:fs/promises';
import { FIRST_WORDS } from './first-words.ts';

/** As much of the end of a log as is looked at. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_FRAMES = 20;

/** What servers say beside `request`, all of it in the code: no value of anybody is in it. */
const MESSAGE = /^[a-z][a-z ’']{3,80}$/;

export interface ToldLog {
  /** Objects, one for each line, the oldest first. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** Lines that are not of the log of requests, of which nothing is told. */
  readonly leftOut: number;
}

/**
 * The last lines of a log of a server, with what is known to hold nobody's data: times, ids, methods, the first word of paths, states, codes
 * and stacks without their messages.
 * @throws Error of the system when the file cannot be read
 */
export async function readLog(path: string, most: number): Promise<ToldLog> {
  const lines = (await endOf(path)).split('\n').filter((line) => line.trim() !== '');
  const told = lines.map(tellLine).filter((line) => line !== undefined);
  return { lines: told.slice(-most), leftOut: lines.length - told.length };
}

async function endOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - MOST_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const text = buffer.subarray(0, bytesRead).toString();
    // The first line may be a piece of one.
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

type Line = Readonly<Record<string, unknown>>;

function tellLine(text: string): Line | undefined {
  const line = parsed(text);
  if (line === undefined || typeof line['level'] !== 'number' || typeof line['time'] !== 'number') return undefined;
  const { level, time, reqId, msg, ms, cutOff } = line;
  const [request, response, fault] = [objectOf(line['req']), objectOf(line['res']), objectOf(line['err'])];
  return withoutUndefined({
    level,
    time: new Date(time as number).toISOString(),
    request_id: matching(reqId, /^[\w-]{1,64}$/),
    msg: msg === fault?.['message'] ? undefined : matching(msg, MESSAGE),
    method: matching(request?.['method'], /^[A-Z]{3,10}$/),
    path: firstOf(request?.['url']),
    status: numberOf(response?.['statusCode']),
    ms: numberOf(ms),
    cut_off: cutOff === true ? true : undefined,
    error: fault === undefined ? undefined : tellFault(fault),
  });
}

/** What kind of error it was and where, and not what it said: databases put values of rows into their messages. */
function tellFault(fault: Line): Line {
  const [message, told] = [fault['message'], fault['stack']].map((text) => (typeof text === 'string' ? text : ''));
  // A message of several lines may look like frames.
  const stack = told?.replace(message ?? '', '') ?? '';
  const frames = stack.split('\n').filter((line) => /^ {4}at [\w.<># ]*\(?(file:|node:|\/)[^\s"']*\)?$/.test(line));
  return withoutUndefined({
    type: matching(fault['type'], /^\w{1,60}$/),
    code: matching(fault['code'], /^\w{1,40}$/),
    at: frames.length === 0 ? undefined : frames.slice(0, MOST_FRAMES).map((line) => line.trim()),
  });
}

/** `/templates/…` of `/templates/customers/generate?x=1`: names of things, and paths that lead nowhere, are people's own words. */
function firstOf(url: unknown): string | undefined {
  const [, first = '', rest] = /^\/(?:api\/v1\/)?([a-z-]+)(\/|\?|$)/.exec(typeof url === 'string' ? url : '') ?? [];
  return FIRST_WORDS.has(first) ? `/${first}${rest === '/' ? '/…' : ''}` : undefined;
}

function parsed(text: string): Line | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const objectOf = (value: unknown): Line | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Line) : undefined;
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const matching = (value: unknown, pattern: RegExp): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;
const withoutUndefined = (line: Line): Line =>
  Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined));
