import { BlobGone } from '../../../store/blobs/blob-store.ts';
import { chunkBeforeLine, chunksFrom, findLog, type LogChunk, logOf, type StoredLog } from '../../../store/run-logs.ts';
import type { Tenant } from '../../../store/tenant.ts';
import type { RunSignals } from '../../runs/run-signals.ts';

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
  async *read(from: number): AsyncGenerator<LogPart> {
    let at = from;
    for (let tries = 0; ; ) {
      const chunks = await this.#tenant((tx) => chunksFrom(tx, this.#runId, at, BATCH));
      if (chunks.length === 0) return;
      try {
        for (const chunk of chunks) {
          // As they come from the file store: a piece has up to a megabyte, and each of many followers would hold one.
          for await (const bytes of await this.#open(chunk, at - chunk.firstByte)) {
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
   * @param hasEnded when the run ended; undefined: it has not
   */
  async *follow(
    from: number,
    signals: RunSignals,
    hasEnded: () => Promise<Date | undefined>,
    signal: AbortSignal,
  ): AsyncGenerator<LogPart> {
    let at = from;
    for (;;) {
      // What is told of from here on is seen in the next round.
      const news = this.#news(signals, signal);
      const [end, log] = [await hasEnded(), await this.look()];
      for await (const part of this.read(at)) {
        yield part;
        at = part.firstByte + part.bytes.length;
      }
      const isOver = end !== undefined && (log?.isOpen !== true || Date.now() - end.getTime() > LATE_MS);
      if (isOver && at >= (log?.bytes ?? 0)) return;
      if (signal.aborted || signals.closed) return;
      await news;
    }
  }

  #news(signals: RunSignals, signal: AbortSignal): Promise<void> {
    const either = new AbortController();
    const stop = AbortSignal.any([signal, either.signal]);
    return Promise.race([
      signals.wait(logOf(this.#runId), LOOK_MS, stop),
      signals.wait(this.#runId, LOOK_MS, stop),
    ]).finally(() => either.abort());
  }

  /** Where a line begins, counted from 0; undefined: the log has not so many. */
  async byteOfLine(line: number): Promise<number | undefined> {
    if (line === 0) return 0;
    for (let tries = 1; ; tries++) {
      const chunk = await this.#tenant((tx) => chunkBeforeLine(tx, this.#runId, line));
      if (chunk === undefined || chunk.firstLine + chunk.lines < line) return undefined;
      try {
        const bytes = await this.#bytesOf(chunk);
        let at = 0;
        for (let left = line - chunk.firstLine; left > 0; left--) at = bytes.indexOf(10, at) + 1;
        return chunk.firstByte + at;
      } catch (error) {
        if (!(error instanceof BlobGone) || tries === MOST_TRIES) throw error;
      }
    }
  }

  async #bytesOf(chunk: LogChunk): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of await this.#open(chunk, 0)) parts.push(part);
    return Buffer.concat(parts);
  }

  async #open({ blobId, bytes }: LogChunk, skip: number): Promise<AsyncIterable<Buffer>> {
    const { blobs } = this.#tenant;
    if (blobs === undefined) throw new Error('there is no file store here');
    const range = skip > 0 ? { start: skip, end: bytes - 1 } : undefined;
    return blobs.open(`${this.#workspaceId}/${blobId}`, range);
  }
}
