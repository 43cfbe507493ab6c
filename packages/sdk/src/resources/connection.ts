import { call } from '../call.ts';
import { DataMakerError } from '../datamaker-error.ts';
import { findId, type Named } from '../find-id.ts';
import { OPERATIONS, type Operations, type PushReport, type Run } from '../generated/api.ts';
import type { Transport } from '../http/transport.ts';
import { once } from '../once.ts';
import type { Page } from '../pages.ts';
import type { Row } from '../row.ts';

export interface InsertOptions {
  readonly onConflict?: 'fail' | 'skip' | 'update' | undefined;
  /** Columns that tell rows apart; default: the primary key. */
  readonly key?: readonly string[] | undefined;
  /** The column of each field; null leaves it out. */
  readonly mapping?: Readonly<Record<string, string | null>> | undefined;
  readonly schema?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Of all rows of an insert. */
export interface InsertReport {
  readonly sent: number;
  readonly written: number;
  readonly skipped: number;
  readonly failed: number;
}

/** What a request of rows takes. */
const MOST_ROWS = 10_000;
const MOST_LETTERS = 4 * 1024 * 1024;

/** A connection of the server, by its id or its name. */
export class Connection {
  readonly #transport: Transport;
  /** Its id. @throws DataMakerError `not_found`, `ambiguous_name` */
  readonly id: () => Promise<string>;

  constructor(transport: Transport, ref: string) {
    this.#transport = transport;
    this.id = once(() =>
      findId(
        ref,
        'connection',
        (name, cursor) => this.#call('listConnections', { query: { name, cursor } }) as Promise<Page<Named>>,
      ),
    );
  }

  /**
   * Puts rows into a table (or an entity set, or a path), in order, some thousand at a time: memory holds no more of them.
   * @param rows a list, or what gives them one by one
   * @throws DataMakerError; `details.written` says how many rows are there
   */
  async insert(
    table: string,
    rows: Iterable<Row> | AsyncIterable<Row>,
    { signal, onConflict, ...options }: InsertOptions = {},
  ): Promise<InsertReport> {
    const path = { id: await this.id() };
    const head = JSON.stringify({ table, ...options, on_conflict: onConflict }).slice(0, -1);
    const total = { sent: 0, written: 0, skipped: 0, failed: 0 };
    for await (const chunk of chunksOf(rows)) {
      // Rows were made into text to be measured, and are sent as that.
      const body = `${head},"rows":[${chunk.join(',')}]}`;
      try {
        const report = (await this.#call('pushRows', { path, body, signal })) as PushReport;
        total.sent += chunk.length;
        total.written += report.written;
        total.skipped += report.skipped;
        total.failed += report.failed;
      } catch (error) {
        throw error instanceof DataMakerError ? withWritten(error, total.written) : error;
      }
    }
    return total;
  }

  /** Fills all tables. @returns the run, which goes on: see `DataMaker.wait` */
  async seed(body: Operations['seedConnection']['body'] = {} as Operations['seedConnection']['body']): Promise<Run> {
    return this.#run('seedConnection', body);
  }

  /** Has the server make rows of a template and write them, each once. @returns the run, which goes on: see `DataMaker.wait` */
  async push(body: Operations['pushTemplate']['body']): Promise<Run> {
    return this.#run('pushTemplate', body);
  }

  /** A statement in the SQL of the database. */
  async execute(body: Operations['executeStatement']['body']): Promise<Operations['executeStatement']['answer']> {
    return (await this.#call('executeStatement', {
      path: { id: await this.id() },
      body,
    })) as Operations['executeStatement']['answer'];
  }

  /** Tries it. */
  async verify(): Promise<Operations['verifyConnection']['answer']> {
    return (await this.#call('verifyConnection', {
      path: { id: await this.id() },
    })) as Operations['verifyConnection']['answer'];
  }

  async #run(name: keyof Operations, body: unknown): Promise<Run> {
    const { run_id: id } = (await this.#call(name, { path: { id: await this.id() }, body })) as { run_id: string };
    return (await this.#call('readRun', { path: { id } })) as Run;
  }

  #call(name: keyof Operations, input: object): Promise<unknown> {
    return call(this.#transport, OPERATIONS[name], input);
  }
}

/** Rows as JSON, as many as a request takes. */
async function* chunksOf(rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<string[], void, undefined> {
  let [chunk, letters]: [string[], number] = [[], 0];
  for await (const row of rows) {
    const text = JSON.stringify(row);
    if (chunk.length > 0 && (chunk.length === MOST_ROWS || letters + text.length > MOST_LETTERS)) {
      yield chunk;
      [chunk, letters] = [[], 0];
    }
    chunk.push(text);
    letters += text.length;
  }
  if (chunk.length > 0) yield chunk;
}

function withWritten(error: DataMakerError, before: number): DataMakerError {
  const { written } = error.details;
  const details = { ...error.details, written: before + (typeof written === 'number' ? written : 0) };
  const { code, message, status, requestId, retryAfter } = error;
  return new DataMakerError({ code, message, status, details, requestId, retryAfter, cause: error });
}
