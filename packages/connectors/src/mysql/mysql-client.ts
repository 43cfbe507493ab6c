import type { Socket } from 'node:net';
import type { Connection, FieldPacket, QueryOptions, ResultSetHeader } from 'mysql2';
import { ConnectionError } from '../connection-error.ts';
import { withinBytes } from '../sql/byte-limit.ts';
import { READ_BYTES } from '../sql/read-size.ts';
import { sizeOfRow } from '../sql/size-of-row.ts';
import type { RawRows } from '../sql/sql-connection.ts';
import type { OpenMysql } from './connect.ts';

export interface Answer {
  /** Values in bytes, unless `decoded` was asked for. */
  readonly rows: RawRows;
  readonly fields: readonly FieldPacket[];
  readonly affected: number;
  /** The first number that AUTO_INCREMENT made; 0n: none. */
  readonly firstId: bigint;
  /** Undefined: the server did not say. */
  readonly isInTransaction: boolean | undefined;
}

/** SERVER_STATUS_IN_TRANS of the protocol. */
const IN_TRANSACTION = 1;

const CLOSE_MS = 5000;

/** One connection of the driver: a question at a time, each of which has an answer or an error, whatever becomes of the connection. */
export class MysqlClient {
  readonly #connection: Connection;
  readonly #socket: Socket;
  /** Why there is no connection any more. */
  #lost: Error | undefined;
  /** Told when the connection is lost. */
  #waiting: ((error: Error) => void) | undefined;
  constructor({ connection, socket }: OpenMysql, idleTimeoutMs: number) {
    this.#connection = connection;
    this.#socket = socket;
    connection.on('error', (error) => this.#lose(error));
    socket.once('close', () => this.#lose(new ConnectionError('broken', 'the connection broke')));
    this.#socket.on('timeout', () => {
      if (this.#waiting === undefined) return;
      this.cut(
        new ConnectionError(
          'timeout',
          `nothing came from the server for ${(this.#socket.timeout ?? 0) / 1000} seconds`,
          {
            hint: 'if the server needs that long, raise options.idleTimeoutSeconds',
          },
        ),
      );
    });
    this.idleTimeoutMs = idleTimeoutMs;
  }

  /** A server may take a connection and never answer. Waiting for whoever makes or takes the rows is another thing. */
  set idleTimeoutMs(ms: number) {
    this.#socket.setTimeout(ms);
  }

  /** Sends a statement as text. */
  async query(text: string): Promise<Answer> {
    return await this.#asked((done) => this.#connection.query({ ...RAW, sql: text }, done));
  }

  /** Sends somebody's own statement; one only, and with parameters as a prepared one. Values are as the driver makes them. */
  async decoded(text: string, parameters: readonly unknown[]): Promise<Answer> {
    return await this.#asked((done) =>
      parameters.length === 0
        ? this.#connection.query({ sql: text, rowsAsArray: true }, done)
        : this.#connection.execute({ sql: text, rowsAsArray: true }, parameters as never, done),
    );
  }

  /**
   * Rows as they come. Whoever leaves the loop waits until the server has ended the query.
   * @param end asks the server to end it
   */
  async *stream(text: string, size: number, end: () => Promise<void>): AsyncGenerator<RawRows> {
    if (this.#lost !== undefined) throw this.#lost;
    const state: {
      rows: unknown[][];
      bytes: number;
      isDone: boolean;
      isLeft: boolean;
      failure: Error | undefined;
      wake: () => void;
    } = { rows: [], bytes: 0, isDone: false, isLeft: false, failure: undefined, wake: () => undefined };
    const isFull = (): boolean => state.rows.length >= size || state.bytes >= READ_BYTES;
    const command = this.#connection.query({ ...RAW, sql: text });
    command.on('result', (row: unknown) => {
      if (state.isLeft) return;
      state.rows.push(row as unknown[]);
      state.bytes += sizeOfRow(row as unknown[]);
      if (!isFull()) return;
      this.#connection.pause();
      state.wake();
    });
    command.on('error', (error: Error) => {
      state.failure = error;
    });
    command.on('end', () => {
      state.isDone = true;
      state.wake();
    });
    const more = (): Promise<void> =>
      this.#withLoss<void>((resolve) => {
        state.wake = resolve;
        if (state.isDone) resolve();
      });
    try {
      for (;;) {
        if (!isFull() && !state.isDone) await more();
        if (state.failure !== undefined) throw state.failure;
        const rows = state.rows.splice(0);
        state.bytes = 0;
        if (rows.length > 0) yield rows;
        if (state.isDone) return;
        this.#connection.resume();
      }
    } finally {
      state.isLeft = true;
      if (!state.isDone && this.#lost === undefined) {
        await end();
        this.#connection.resume();
        await more().catch(() => undefined);
      }
    }
  }

  /** Breaks the connection when the answers to several questions are more than is taken in. */
  limited<T>(run: () => Promise<T>): Promise<T> {
    return withinBytes(this.#socket, (why) => this.cut(why), run);
  }

  /** Breaks the connection. */
  cut(error: Error): void {
    this.#lose(error);
    this.#socket.destroy();
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => this.#socket.destroy(), CLOSE_MS);
    if (this.#lost === undefined) {
      const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
      const ended = new Promise<void>((resolve) => this.#connection.end(() => resolve()));
      await Promise.race([ended, closed]);
    }
    clearTimeout(timer);
    this.#socket.destroy();
  }

  async #asked(ask: (done: Callback) => void): Promise<Answer> {
    return await this.#withLoss<Answer>((resolve, reject) =>
      ask((error, result, fields) => {
        if (error !== null && error !== undefined) reject(error);
        else resolve(answerOf(result, fields));
      }),
    );
  }

  /** Waits for something that may never come if the connection is lost. */
  async #withLoss<T>(start: (resolve: (value: T) => void, reject: (error: Error) => void) => void): Promise<T> {
    if (this.#lost !== undefined) throw this.#lost;
    try {
      return await this.limited(
        () =>
          new Promise<T>((resolve, reject) => {
            this.#waiting = reject;
            start(resolve, reject);
          }),
      );
    } catch (error) {
      // What the connection broke of says more than what the driver says of a connection that is closed.
      throw this.#lost ?? error;
    } finally {
      this.#waiting = undefined;
    }
  }

  #lose(error: Error): void {
    this.#lost ??= error;
    this.#waiting?.(this.#lost);
  }
}

type Callback = (error: Error | null, result: unknown, fields: FieldPacket[]) => void;

/** Values in the bytes in which they came. */
const RAW: Omit<QueryOptions, 'sql'> = { rowsAsArray: true, typeCast: false };

function answerOf(result: unknown, fields: readonly FieldPacket[] | undefined): Answer {
  // A procedure gives several results, of which the first with rows counts.
  if (Array.isArray(fields) && fields.some((one) => one === undefined || Array.isArray(one))) {
    const at = fields.findIndex((one) => Array.isArray(one));
    const all = result as readonly unknown[];
    return at < 0 ? answerOf(all.at(-1), undefined) : answerOf(all[at], fields[at] as unknown as FieldPacket[]);
  }
  if (Array.isArray(result)) {
    return { rows: result as RawRows, fields: fields ?? [], affected: 0, firstId: 0n, isInTransaction: undefined };
  }
  const header = result as ResultSetHeader;
  return {
    rows: [],
    fields: [],
    affected: Number(header.affectedRows),
    firstId: BigInt(header.insertId),
    isInTransaction: (header.serverStatus & IN_TRANSACTION) !== 0,
  };
}
