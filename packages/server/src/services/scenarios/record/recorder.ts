import { createWriteStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { BrokerHandler, BrokerRequest, BrokerResponse } from '../../../runner/broker/broker-handler.ts';
import { heard } from '../broker/script-callers.ts';
import { keptHeaders, lineOf, type RecordHead } from './record-format.ts';
import { RequestDigest } from './request-digest.ts';

/** What is kept of the answers of a run, before it is compressed. */
export const RECORD_BYTES = 64 * 1024 * 1024;
const MOST_CALLS = 100_000;
const LINE_END = Buffer.from('\n');

export interface Recorded {
  readonly calls: number;
  /** Why it is not whole; null: it is. */
  readonly incomplete: string | null;
}

/** Writes down what a script asks and what it is answered, in a file; the script never waits for it longer than for a disk. */
export class Recorder {
  readonly #gzip = createGzip({ level: 1 });
  readonly #written: Promise<void>;
  readonly #most: number;
  #left: number;
  #calls = 0;
  #incomplete: string | null = null;
  /** Answers that are under way. */
  readonly #open = new Set<Promise<void>>();

  /** @param path of a file that is not there yet */
  constructor(path: string, head: RecordHead, bytes = RECORD_BYTES) {
    this.#most = bytes;
    this.#left = bytes;
    this.#written = pipeline(this.#gzip, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    this.#written.catch((error: unknown) => this.#giveUp(`it could not be written: ${(error as Error).message}`));
    this.#gzip.write(lineOf(head));
  }

  /** Puts it before whoever answers. */
  around =
    (next: BrokerHandler): BrokerHandler =>
    async (request) => {
      const call = ++this.#calls;
      if (call > MOST_CALLS) this.#giveUp(`it has more than ${MOST_CALLS} calls`);
      if (this.#incomplete !== null) return next(request);
      const digest = new RequestDigest(request.headers['content-type']);
      const told: string[] = [];
      const body = through(request.body, (chunk) => void digest.update(chunk));
      const answer = await heard.run(told, () => next({ ...request, body }));
      return { ...answer, body: this.#take(call, request, answer, () => digest.digest(), told) };
    };

  /** Writes what is left. Answers that are still under way are cut off by then. */
  async finish(): Promise<Recorded> {
    await Promise.all(this.#open);
    this.#gzip.end();
    await this.#written.catch(() => undefined);
    return { calls: Math.min(this.#calls, MOST_CALLS), incomplete: this.#incomplete };
  }

  /** The body of an answer, which is kept as the script reads it. */
  #take(
    call: number,
    { method, path }: BrokerRequest,
    { status, headers, body }: BrokerResponse,
    digest: () => string,
    told: readonly string[],
  ): Readable {
    let bytes = 0;
    const taken = through(body, (chunk) => {
      if (chunk.length === 0) return undefined;
      bytes += chunk.length;
      this.#left -= chunk.length;
      if (this.#left < 0) this.#giveUp(`it has more than ${this.#most / 1024 / 1024} MiB of answers`);
      return this.#put(lineOf({ of: call, bytes: chunk.length }), chunk, LINE_END);
    });
    const whole = finished(taken).then(
      () => false,
      () => true,
    );
    const kept = whole.then((isCut) => {
      const head = { call, method, path, body: digest(), status, headers: keptHeaders(headers), told, bytes, isCut };
      return this.#put(lineOf(head));
    });
    this.#open.add(kept);
    kept.finally(() => this.#open.delete(kept));
    return taken;
  }

  /** @returns a promise where the disk is behind */
  #put(...parts: readonly Buffer[]): Promise<void> | undefined {
    if (this.#incomplete !== null || this.#gzip.destroyed) return undefined;
    this.#gzip.cork();
    const isReady = parts.map((part) => this.#gzip.write(part)).at(-1);
    this.#gzip.uncork();
    if (isReady) return undefined;
    const drained = new Promise<void>((resolve) => this.#gzip.once('drain', resolve));
    return Promise.race([drained, this.#written.catch(() => undefined)]);
  }

  #giveUp(why: string): void {
    this.#incomplete ??= why;
  }
}

/** The same bytes, each of which is shown on its way. */
function through(source: Readable, look: (chunk: Buffer) => Promise<void> | undefined): Readable {
  const shown = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const waits = look(chunk);
      if (waits === undefined) done(null, chunk);
      else waits.then(() => done(null, chunk), done);
    },
  });
  pipeline(source, shown).catch(() => undefined);
  return shown;
}
