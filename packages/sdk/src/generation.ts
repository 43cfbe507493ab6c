import { send } from './call.ts';
import { DataMakerError } from './datamaker-error.ts';
import { OPERATIONS } from './generated/api.ts';
import { pause } from './http/pause.ts';
import { pauseBeforeRetry } from './http/pause-before-retry.ts';
import { readLines } from './http/read-lines.ts';
import type { Transport } from './http/transport.ts';
import type { Row } from './row.ts';

/** Which rows of a template. */
export interface GenerateOptions {
  readonly count: number;
  /** Drawn unless given. */
  readonly seed?: string | number | undefined;
  /** The number of the first row: row i of a seed is always the same. Default 0. */
  readonly from?: number | undefined;
  /** Field → what it is in place of what the template says: a value, or `{ pick_from, weights }`. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The same in a format, with its options beside (`delimiter`, `dialect`, …). */
export interface ExportOptions extends GenerateOptions {
  readonly format: string;
  readonly [option: string]: unknown;
}

/** Rows, and the seed that makes them again. */
export type Rows = readonly Row[] & { readonly seed: string };

/** Rows as they come; `seed` is known from the first one on. */
export interface RowStream extends AsyncIterable<Row> {
  readonly seed: string | undefined;
}

const MOST_BREAKS = 5;

/**
 * Rows one at a time, in constant memory. Where the connection breaks, it goes on behind the last row.
 * @param ref id of a template
 */
export function streamRows(transport: Transport, ref: () => Promise<string>, options: GenerateOptions): RowStream {
  const stream = {
    seed: options.seed === undefined ? undefined : String(options.seed),
    async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
      const { count, from = 0, signal } = options;
      assertRange(count, from);
      const path = { ref: await ref() };
      let [done, breaks] = [0, 0];
      while (done < count) {
        const body = bodyOf({ ...options, count: count - done, from: from + done, seed: stream.seed }, 'ndjson');
        const response = await send(transport, OPERATIONS.generate, { path, body, signal });
        stream.seed = seedOf(response) ?? stream.seed;
        try {
          for await (const line of linesOf(response)) {
            yield JSON.parse(line) as Row;
            done++;
            breaks = 0;
          }
          if (done < count) throw brokeOff(undefined);
        } catch (cause) {
          signal?.throwIfAborted();
          const error = brokeOff(cause);
          const seconds = ++breaks > MOST_BREAKS ? undefined : pauseBeforeRetry(error, breaks);
          if (seconds === undefined) throw error;
          await pause(seconds, signal);
        }
      }
    },
  };
  return stream;
}

/** All rows, in memory. */
export async function generateRows(
  transport: Transport,
  ref: () => Promise<string>,
  options: GenerateOptions,
): Promise<Rows> {
  const stream = streamRows(transport, ref, options);
  const rows: Row[] = [];
  for await (const row of stream) rows.push(row);
  return Object.defineProperty(rows, 'seed', { value: stream.seed ?? '' }) as unknown as Rows;
}

/** Rows in a format: the response, whose body is the file. */
export async function exportRows(
  transport: Transport,
  ref: () => Promise<string>,
  { signal, ...options }: ExportOptions,
): Promise<Response> {
  assertRange(options.count, options.from ?? 0);
  return send(transport, OPERATIONS.generate, {
    path: { ref: await ref() },
    body: bodyOf(options, options.format),
    signal,
  });
}

function bodyOf({ signal: _, ...options }: GenerateOptions, format: string): object {
  return { ...options, format, async: false };
}

function assertRange(count: number, from: number): void {
  for (const [name, value] of Object.entries({ count, from })) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    throw new DataMakerError({ code: 'invalid_argument', message: `${name} has to be a whole number from 0 on` });
  }
}

/** A line of it may be one that was cut: nobody is given that. */
async function* linesOf(response: Response): AsyncGenerator<string, void, undefined> {
  let before: string | undefined;
  for await (const line of readLines(response.body as ReadableStream<Uint8Array>)) {
    if (before !== undefined) yield before;
    before = line;
  }
  if (before !== undefined && before !== '') yield before;
}

function seedOf(response: Response): string | undefined {
  const header = response.headers.get('x-datamaker-seed');
  return header === null ? undefined : decodeURIComponent(header);
}

const brokeOff = (cause: unknown): DataMakerError =>
  cause instanceof DataMakerError
    ? cause
    : new DataMakerError({ code: 'network_error', message: 'the answer broke off', cause });
