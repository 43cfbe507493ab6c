import { createHash } from 'node:crypto';
import type { BlobStore } from '../../../store/blobs/blob-store.ts';
import type { Spool } from '../../../store/blobs/spool.ts';
import { beginLogBlobs, findLog, keepDroppedBytes, keepLogChunk, type LogWriterName } from '../../../store/run-logs.ts';
import type { Tenant } from '../../../store/tenant.ts';
import { LeaseLost } from '../../runs/lease-lost.ts';

/** How much of a log is kept; null: all. */
export interface LogCaps {
  readonly lines: number | null;
  readonly bytes: number;
}

/** Where the bytes of logs go. */
export interface LogPlaces {
  readonly tenant: Tenant;
  readonly blobs: BlobStore;
  readonly spool: Spool;
}

/** What comes within this time goes together: a follower sees it at most so much later. */
const GATHER_MS = 20;
/** A piece that needs no company any more. */
const FULL = 1024 * 1024;
/** So many small pieces are made one. */
const MOST_SMALL = 48;
/** What waits to be written; a process that writes faster waits. */
const MOST_WAITING = 4 * 1024 * 1024;
/** A file store or a database that is away for longer than this has the run fail, and not wait for ever. */
const PATIENCE_MS = 60_000;
const LEAST_TRIES = 5;

interface Piece {
  readonly firstByte: number;
  readonly firstLine: number;
  readonly bytes: Buffer;
  readonly lines: number;
}

/**
 * Writes the log of a run: each piece becomes an object in the file store and a line of the index, small ones are made one as they
 * add up. A piece is there for all to see within some ten milliseconds; nothing is kept back for a full buffer.
 */
export class LogWriter {
  readonly #places: LogPlaces;
  readonly #name: LogWriterName;
  readonly #caps: LogCaps;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #bytes = 0;
  #lines = 0;
  #dropped = 0;
  #isFull = false;
  #isAtLineStart = true;
  /** The next blob, noted before there is anything in it. */
  #blobId = '';
  /** Pieces since the last one that is full. */
  #small: Piece[] = [];
  #writing: Promise<void> | undefined;
  #failure: unknown;
  #roomFor: (() => void)[] = [];

  private constructor(places: LogPlaces, name: LogWriterName, caps: LogCaps) {
    this.#places = places;
    this.#name = name;
    this.#caps = caps;
  }

  /** Goes on with the log of a run that the writer holds. */
  static async open(places: LogPlaces, name: LogWriterName, caps: LogCaps): Promise<LogWriter> {
    const writer = new LogWriter(places, name, caps);
    await places.tenant(async (tx) => {
      const log = await findLog(tx, name.runId);
      writer.#bytes = log?.bytes ?? 0;
      writer.#lines = log?.lines ?? 0;
      writer.#dropped = log?.droppedBytes ?? 0;
      writer.#blobId = (await beginLogBlobs(tx, name.workspaceId, 1))[0] ?? '';
    });
    return writer;
  }

  /** Adds text, as much as the plan keeps. Whoever adds a lot waits for `room`. */
  write(text: string): void {
    if (text === '') return;
    if (this.#isFull) {
      this.#dropped += Buffer.byteLength(text);
      return;
    }
    const fitting = this.#fitting(text);
    this.#add(fitting);
    if (fitting.length === text.length) return;
    this.#isFull = true;
    this.#dropped += Buffer.byteLength(text) - Buffer.byteLength(fitting);
    this.#add(`${this.#isAtLineStart ? '' : '\n'}[the log is full: what follows is not kept]\n`);
  }

  /** Adds a line of the platform's own, which is kept also where the log is full. */
  note(line: string): void {
    this.#add(`${this.#isAtLineStart ? '' : '\n'}${line}\n`);
  }

  /** How many line ends it has, with those that are still to be written. */
  get lines(): number {
    return this.#lines;
  }

  /** Waits until more may come. @throws LeaseLost, and whatever keeps it from being written */
  async room(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#waitingBytes < MOST_WAITING) return;
    await new Promise<void>((resolve) => this.#roomFor.push(resolve));
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Writes what is left, in as few pieces as possible. @throws LeaseLost, and whatever keeps it from being written */
  async end(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
    await this.#merge();
    await this.#places.tenant(async (tx) => {
      // A log that is full gets no more pieces to say it with.
      await keepDroppedBytes(tx, this.#name, this.#dropped);
      await tx.updateTable('file_blob').set({ state: 'doomed' }).where('id', '=', this.#blobId).execute();
    });
  }

  #fitting(text: string): string {
    const { lines, bytes } = this.#caps;
    let end = text.length;
    if (this.#bytes + Buffer.byteLength(text) > bytes) {
      const room = Math.max(0, bytes - this.#bytes);
      end = new TextDecoder().decode(Buffer.from(text).subarray(0, room)).replace(/\ufffd$/, '').length;
    }
    if (lines === null) return text.slice(0, end);
    let at = 0;
    for (let left = lines - this.#lines; ; left--) {
      if (left <= 0) return text.slice(0, Math.min(at, end));
      const next = text.indexOf('\n', at);
      if (next === -1 || next >= end) return text.slice(0, end);
      at = next + 1;
    }
  }

  #add(text: string): void {
    if (text === '') return;
    const bytes = Buffer.from(text);
    this.#isAtLineStart = text.endsWith('\n');
    this.#bytes += bytes.length;
    this.#lines += countLines(bytes);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = undefined;
      for (const go of this.#roomFor.splice(0)) go();
    });
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
        const bytes = Buffer.concat(this.#waiting);
        this.#waiting = [];
        this.#waitingBytes = 0;
        const lines = countLines(bytes);
        // What waits was counted already.
        const piece = { bytes, lines, firstByte: this.#bytes - bytes.length, firstLine: this.#lines - lines };
        for (const go of this.#roomFor.splice(0)) go();
        await this.#keep(piece);
        if (bytes.length >= FULL && this.#small.length === 0) continue;
        this.#small.push(piece);
        const total = this.#small.reduce((sum, one) => sum + one.bytes.length, 0);
        if (total >= FULL || this.#small.length >= MOST_SMALL) await this.#merge();
      }
    } catch (error) {
      this.#failure = error;
      this.#waiting = [];
      this.#waitingBytes = 0;
    }
  }

  /** Makes small pieces one. */
  async #merge(): Promise<void> {
    const [first] = this.#small;
    if (first === undefined || this.#small.length === 1) return;
    const whole = {
      firstByte: first.firstByte,
      firstLine: first.firstLine,
      bytes: Buffer.concat(this.#small.map(({ bytes }) => bytes)),
      lines: this.#small.reduce((sum, { lines }) => sum + lines, 0),
    };
    await this.#keep(whole);
    this.#small = whole.bytes.length >= FULL ? [] : [whole];
  }

  async #keep({ firstByte, firstLine, bytes, lines }: Piece): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (let tries = 1; ; tries++) {
      try {
        return await this.#tryToKeep({ firstByte, firstLine, bytes, lines });
      } catch (error) {
        // A server that stood still itself has lost time, and not yet patience.
        if (error instanceof LeaseLost || (tries >= LEAST_TRIES && performance.now() > until)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.min(50 * 2 ** tries, 2000)));
      }
    }
  }

  async #tryToKeep({ firstByte, firstLine, bytes, lines }: Piece): Promise<void> {
    const { tenant, blobs, spool } = this.#places;
    const { workspaceId } = this.#name;
    const blobId = this.#blobId;
    const sha256 = createHash('sha256').update(bytes).digest();
    const file = await spool.fill((take) => take(bytes));
    try {
      await blobs.put(`${workspaceId}/${blobId}`, file.path, file.bytes, file.sha256);
    } finally {
      await spool.discard(file);
    }
    const chunk = { firstByte, bytes: bytes.length, firstLine, lines, blobId, sha256 };
    const next = await keepLogChunk(tenant, this.#name, chunk, this.#dropped);
    if (next === undefined) throw new LeaseLost('somebody else writes the log');
    this.#blobId = next;
  }
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
