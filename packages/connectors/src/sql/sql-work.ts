import { ConnectionError } from '../connection-error.ts';
import type { TransactionOptions } from '../session.ts';
import type { SqlConnection } from './sql-connection.ts';

/**
 * What goes on over a connection: one thing at a time, and what is written as a whole or not at all. A connection that breaks
 * leaves whole batches, and only one that breaks at COMMIT leaves a doubt. Errors come out translated.
 */
export class SqlWork {
  readonly #connection: SqlConnection;
  #isBusy = false;
  #inTransaction = false;

  constructor(connection: SqlConnection) {
    this.#connection = connection;
  }

  /** Runs what nothing else of the session may run beside. */
  async alone<T>(run: () => Promise<T>): Promise<T> {
    const release = this.take();
    try {
      return await run();
    } catch (error) {
      throw this.#connection.translate(error);
    } finally {
      release();
    }
  }

  /**
   * Takes the connection for something that goes on for a while.
   * @returns gives it back
   * @throws ConnectionError protocol, while something else has it
   */
  take(): () => void {
    if (this.#isBusy) {
      throw new ConnectionError(
        'protocol',
        'the session is busy: leave the loop that reads rows, or open another session',
      );
    }
    this.#isBusy = true;
    return () => {
      this.#isBusy = false;
    };
  }

  /** See `Session.transaction`. */
  async transaction<T>(run: () => Promise<T>, { waitMs }: TransactionOptions = {}): Promise<T> {
    if (this.#inTransaction) throw new ConnectionError('protocol', 'a transaction is open already');
    await this.alone(() => this.#connection.begin());
    this.#inTransaction = true;
    let result: T;
    try {
      if (waitMs !== undefined) await this.alone(async () => this.#connection.waitAtMost?.(waitMs));
      result = await run();
    } catch (error) {
      await this.#rollback();
      throw error;
    } finally {
      this.#inTransaction = false;
    }
    await this.#commit();
    return result;
  }

  /**
   * Writes something as a whole, in a transaction of its own unless one is open.
   * @param before rows that were kept before
   */
  async kept<T>(before: number, signal: AbortSignal | undefined, write: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    // What a transaction holds is not kept until its end.
    const written = this.#inTransaction ? 0 : before;
    try {
      if (this.#inTransaction) return await this.alone(write);
      await this.alone(() => this.#connection.begin());
      let result: T;
      try {
        result = await this.alone(write);
      } catch (error) {
        await this.#rollback();
        throw error;
      }
      await this.#commit();
      return result;
    } catch (error) {
      const { problem, message, hint, cause, isTransient } = this.#connection.translate(error);
      if (problem !== 'unknown_outcome') signal?.throwIfAborted();
      throw new ConnectionError(problem, message, {
        cause,
        isTransient,
        written,
        ...(hint === undefined ? {} : { hint }),
      });
    }
  }

  async #commit(): Promise<void> {
    try {
      await this.alone(() => this.#connection.commit());
    } catch (error) {
      const known = this.#connection.translate(error);
      if (!['broken', 'timeout', 'protocol', 'too_large'].includes(known.problem)) {
        await this.#rollback();
        throw known;
      }
      throw new ConnectionError('unknown_outcome', 'the connection broke while the rows were being kept', {
        cause: error,
        isTransient: false,
        hint: 'look whether the rows are there before sending them again',
      });
    }
  }

  /** The error that led here is the one to be told. */
  async #rollback(): Promise<void> {
    await this.#connection.rollback().catch(() => undefined);
  }
}
