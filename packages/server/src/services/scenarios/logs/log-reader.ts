import { BlobGone, type BlobStore } from '../../../store/blobs/blob-store.ts';
import { chunkBeforeLine, chunksFrom, findLog, type LogChunk, logOf, type StoredLog } from '../../../store/run-logs.ts';
import type { Tenant } from '../../../store/tenant.ts';
import type { RunSignals } from '../../runs/run-signals.ts';
import { AskedOnce } from './asked-once.ts';
import { NewsOf } from './news-of.ts';
import { SharedPieces } from './shared-pieces.ts';

/** A part of a log, and where it begins. */
export interface LogPart {
  readonly firstByte: number;
  readonly bytes: Buffer;
}

/** Pieces that are looked up at a time. */
const BATCH = 64;
/** What a piece that was made one with others meanwhile is looked for anew. */
const MOST_TRIES = 5;
/** News of other servers come at once; whoever gets none looks. */
const LOOK_MS = 1000;
/** Somebody who was cancelled writes what is left; beyond this nothing comes. */
const LATE_MS = 5000;
/** What a follower holds of a log at a time. */
const FOLLOWED_BYTES = 16 * 1024;

/** Many follow the same log, most of them at the same place: what one has asked for or read is the others' as well. */
const looks = new AskedOnce();
const pieces = new SharedPieces();

/** Finds pieces of the index from a byte on, and reads one. */
interface Source {
  chunks(from: number): Promise<readonly LogChunk[]>;
  /** @param skip bytes of it that are not wanted */
  open(chunk: LogChunk, skip: number): AsyncIterable<Buffer> | Promise<AsyncIterable<Buffer>>;
}

/** Reads the log of a run, from the store only: followers see what everybody sees. */
export class LogReader {
  readonly #tenant: Tenant;
  readonly #workspaceId: string;
  readonly #runId: string;

  constructor(tenant: Tenant, workspaceId: string, runId: string) {
    this.#tenant = tenant;
    this.#workspaceId = workspaceId;
    this.#runId = runId;
  }

  /** undefined: nobody has begun it. */
  look(): Promise<StoredLog | undefined> {
    return this.#tenant((tx) => findLog(tx, this.#runId));
  }

  /** What there is of it now, from a byte on. */
  read(from: number): AsyncGenerator<LogPart> {
    return this.#readFrom(from, {
      chunks: (at) => this.#tenant((tx) => chunksFrom(tx, this.#runId, at, BATCH)),
      open: (chunk, skip) => this.#open(chunk, skip),
    });
  }

  async *#readFrom(from: number, source: Source): AsyncGenerator<LogPart> {
    let at = from;
    for (let tries = 0; ; ) {
      const chunks = await source.chunks(at);
      if (chunks.length === 0) return;
      try {
        for (const chunk of chunks) {
          // As they come from the file store: a piece has up to a megabyte, and each of many followers would hold one.
          for await (const bytes of await source.open(chunk, at - chunk.firstByte)) {
            yield { firstByte: at, bytes };
            at += bytes.length;
          }
          tries = 0;
        }
      } catch (error) {
        if (!(error instanceof BlobGone) || ++tries === MOST_TRIES) throw error;
      }
    }
  }

  /**
   * The same, and what comes, until nothing comes any more.
   * @param hasEnded when the run ended; undefined: it has not. The answer is that for all who follow the log
   */
  async *follow(
    from: number,
    signals: RunSignals,
    hasEnded: () => Promise<Date | undefined>,
    signal: AbortSignal,
  ): AsyncGenerator<LogPart> {
    const shared: Source = {
      chunks: (at) =>
        looks.get(`${this.#runId} ${at}`, () => this.#tenant((tx) => chunksFrom(tx, this.#runId, at, BATCH))),
      open: (chunk, skip) => this.#shared(chunk, skip),
    };
    const look = async () => [await hasEnded(), await this.look()] as const;
    const news = new NewsOf(signals, [logOf(this.#runId), this.#runId], signal);
    try {
      for (let at = from; ; ) {
        news.begin();
        const [end, log] = await looks.get(this.#runId, look);
        const isMore = at < (log?.bytes ?? 0);
        for await (const part of isMore ? this.#readFrom(at, shared) : []) {
          yield part;
          at = part.firstByte + part.bytes.length;
        }
        const isOver = end !== undefined && (log?.isOpen !== true || Date.now() - end.getTime() > LATE_MS);
        if (isOver && at >= (log?.bytes ?? 0)) return;
        if (signal.aborted || signals.closed) return;
        await news.wait(LOOK_MS);
      }
    } finally {
      news.end();
    }
  }

  /** Where a line begins, counted from 0; undefined: the log has not so many. */
  async byteOfLine(line: number): Promise<number | undefined> {
    if (line === 0) return 0;
    for (let tries = 1; ; tries++) {
      const chunk = await this.#tenant((tx) => chunkBeforeLine(tx, this.#runId, line));
      if (chunk === undefined || chunk.firstLine + chunk.lines < line) return undefined;
      try {
        const behind = () => this.#behind(chunk, line - chunk.firstLine);
        return chunk.firstByte + (await looks.get(`${chunk.blobId} ${line}`, behind));
      } catch (error) {
        if (!(error instanceof BlobGone) || tries === MOST_TRIES) throw error;
      }
    }
  }

  /** Where a piece goes on behind so many lines. */
  async #behind(chunk: LogChunk, lines: number): Promise<number> {
    let [left, passed] = [lines, 0];
    if (left === 0) return 0;
    for await (const bytes of this.#shared(chunk, 0)) {
      for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
        if (--left === 0) return passed + at + 1;
      }
      passed += bytes.length;
    }
    throw new Error(`a piece of the log of ${this.#runId} has fewer lines than it should`);
  }

  async *#shared({ blobId, bytes: size }: LogChunk, skip: number): AsyncGenerator<Buffer> {
    const key = `${this.#workspaceId}/${blobId}`;
    for (let at = skip; at < size; ) {
      const bytes = await pieces.bytes(this.#blobs, key, size, at, FOLLOWED_BYTES);
      if (bytes.length === 0) throw new Error(`a piece of the log of ${this.#runId} is shorter than it should be`);
      yield bytes;
      at += bytes.length;
    }
  }

  get #blobs(): BlobStore {
    const { blobs } = this.#tenant;
    if (blobs === undefined) throw new Error('there is no file store here');
    return blobs;
  }

  async #open({ blobId, bytes }: LogChunk, skip: number): Promise<AsyncIterable<Buffer>> {
    const range = skip > 0 ? { start: skip, end: bytes - 1 } : undefined;
    return this.#blobs.open(`${this.#workspaceId}/${blobId}`, range);
  }
}
