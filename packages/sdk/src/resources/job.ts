import { call, send } from '../call.ts';
import { DataMakerError } from '../datamaker-error.ts';
import { type JobCheck, type Manifest, OPERATIONS, type Operations, type Job as StoredJob } from '../generated/api.ts';
import { pause } from '../http/pause.ts';
import { pauseBeforeRetry } from '../http/pause-before-retry.ts';
import type { Transport } from '../http/transport.ts';

interface Cancelling {
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds; the server answers when the job has ended, or after five minutes. */
const WAIT_MS = 330_000;
/** How often an answer may break off without a byte between. */
const MOST_BREAKS = 5;
/** What the server reads back in one request, about: none takes as long as a proxy waits. */
const CHECKED_BYTES = 1024 ** 3;

/** A part of a job that is done. */
export type JobPart = Manifest['parts'][number] & {
  /** Its bytes, as `part(number)` of the job has them. */
  readonly content: (cancelling?: Cancelling) => AsyncGenerator<Uint8Array, void, undefined>;
};

/** A generation in parts, by its id. Its parts, one after the other, are the bytes that one process makes, unless each is a file of its own. */
export class Job {
  readonly #transport: Transport;
  readonly id: string;

  constructor(transport: Transport, id: string) {
    this.#transport = transport;
    this.id = id;
  }

  /** How far it is: `state`, `progress`, `parts`, `rows_per_second`, `seconds_left`. */
  async read({ signal }: Cancelling = {}): Promise<StoredJob> {
    return (await this.#call('readJob', { signal })) as StoredJob;
  }

  /** Waits for its end. @throws DataMakerError `run_failed`, with the job in `details.run`, when it ends otherwise than `done` */
  async wait({ signal }: Cancelling = {}): Promise<StoredJob> {
    for (;;) {
      const job = (await this.#call('readJob', { query: { wait: 'true' }, signal, timeout: WAIT_MS })) as StoredJob;
      if (job.state === 'done') return job;
      if (job.state !== 'queued' && job.state !== 'running') {
        throw new DataMakerError({
          code: 'run_failed',
          message: `the job ended as ${job.state}`,
          details: { run: job },
        });
      }
      await pause(0.25, signal);
    }
  }

  /** Ends it now; nothing of it is kept. */
  async cancel(): Promise<void> {
    await this.#call('cancelRun', {});
  }

  /** Has the rest made of a job that has failed. */
  async resume(): Promise<void> {
    await this.#call('resumeRun', { body: {} });
  }

  /** What it made: template, seed, and for each part its rows, bytes and SHA-256. @throws DataMakerError `conflict` before it is done */
  async manifest(): Promise<Manifest> {
    return (await this.#call('readManifest', {})) as Manifest;
  }

  /**
   * All bytes as they come, in constant memory. Where the connection breaks, it goes on behind the last byte.
   * @throws DataMakerError `job_of_files` where each part is a file of its own: `parts()` has them
   */
  download({ signal }: Cancelling = {}): AsyncGenerator<Uint8Array, void, undefined> {
    return this.#bytes('downloadJob', {}, signal);
  }

  /** The same of one part, counted from 1, also while others are made. */
  part(number: number, { signal }: Cancelling = {}): AsyncGenerator<Uint8Array, void, undefined> {
    return this.#bytes('downloadPart', { number: String(number) }, signal);
  }

  /** All parts in order, each with its `name`, rows, `sha256` and `content`: what to write where each is a file of its own. */
  async *parts({ signal }: Cancelling = {}): AsyncGenerator<JobPart, void, undefined> {
    for (const part of (await this.manifest()).parts) {
      yield { ...part, content: (own: Cancelling = {}) => this.part(part.number, { signal, ...own }) };
    }
  }

  /** Has the server read all parts, and says which of them somebody has overwritten or removed. */
  async verify({ signal }: Cancelling = {}): Promise<JobCheck> {
    let all: JobCheck = { ok: true, parts: 0, bytes: 0, damaged: [] };
    for (const [first, last] of stretchesOf(await this.manifest())) {
      const some = (await this.#call('verifyJob', { body: { first, last }, signal })) as JobCheck;
      all = {
        ok: all.ok && some.ok,
        parts: all.parts + some.parts,
        bytes: all.bytes + some.bytes,
        damaged: [...all.damaged, ...some.damaged],
      };
    }
    return all;
  }

  async *#bytes(
    operation: 'downloadJob' | 'downloadPart',
    more: object,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const path = { id: this.id, ...more };
    let [taken, breaks] = [0, 0];
    let total: number | undefined;
    let tag: string | null = null;
    while (total === undefined || taken < total) {
      // Another file under this name would not fit what is there: the whole of it would be answered.
      // Bytes are counted as they are stored: a proxy must not pack them.
      const plain = { 'accept-encoding': 'identity' };
      const rest = taken === 0 ? {} : { range: `bytes=${taken}-`, ...(tag === null ? {} : { 'if-range': tag }) };
      const headers = { ...plain, ...rest };
      const response = await send(this.#transport, OPERATIONS[operation], { path, headers, signal });
      if (taken > 0 && response.status !== 206) {
        await response.body?.cancel();
        throw new DataMakerError({ code: 'invalid_answer', message: 'what is downloaded has changed meanwhile' });
      }
      const length = lengthOf(response);
      if (length === undefined) {
        await response.body?.cancel();
        const message = 'how many bytes there are is not said: without that, a download that broke off looks whole';
        throw new DataMakerError({ code: 'invalid_answer', message });
      }
      total ??= length;
      tag ??= response.headers.get('etag');
      let cause: unknown;
      try {
        for await (const chunk of chunksOf(response.body)) {
          yield chunk;
          taken += chunk.length;
          breaks = 0;
        }
      } catch (error) {
        signal?.throwIfAborted();
        cause = error;
      }
      if (taken === total) return;
      if (taken > total) {
        throw new DataMakerError({ code: 'invalid_answer', message: 'more bytes came than were announced' });
      }
      const message = 'the answer broke off: verify() says whether a part is damaged';
      const error = new DataMakerError({ code: 'network_error', message, cause });
      const seconds = ++breaks > MOST_BREAKS ? undefined : pauseBeforeRetry(error, breaks);
      if (seconds === undefined) throw error;
      await pause(seconds, signal);
    }
  }

  #call(name: keyof Operations, input: object): Promise<unknown> {
    return call(this.#transport, OPERATIONS[name], { path: { id: this.id }, ...input });
  }
}

/** The bytes that an answer has as it is stored; undefined where it does not say so, or is packed. */
function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get('content-length');
  const isPlain = (headers.get('content-encoding') ?? 'identity') === 'identity';
  return isPlain && length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
}

/** Not every runtime iterates streams. Leaving early ends the answer. */
async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Numbers of parts that are read together, the first and the last. */
function stretchesOf({ parts }: Manifest): [number, number][] {
  const stretches: [number, number][] = [];
  let left = 0;
  for (const { number, bytes } of parts) {
    const latest = stretches.at(-1);
    if (latest === undefined || left < bytes) {
      stretches.push([number, number]);
      left = CHECKED_BYTES;
    } else latest[1] = number;
    left -= bytes;
  }
  return stretches;
}
