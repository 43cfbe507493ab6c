import { ConnectionError } from '../connection-error.ts';
import type { Forwarder } from '../dial/forwarder.ts';
import type { DatabaseSchema, Table, TableName } from '../schema/schema.ts';
import type { ServerInfo } from '../session.ts';
import { AnswerWatch } from '../sql/answer-watch.ts';
import { assertReadsOnly } from '../sql/assert-reads-only.ts';
import { jsonText } from '../sql/json-text.ts';
import { keysOf } from '../sql/merge-statement.ts';
import { ReadSize } from '../sql/read-size.ts';
import { selectByKey } from '../sql/select-by-key.ts';
import type { InsertRequest, RawRows, SqlConnection, SqlResult } from '../sql/sql-connection.ts';
import type { Statement } from '../sql/statement.ts';
import { takingBack } from '../sql/taking-back.ts';
import { withoutTwins } from '../sql/without-twins.ts';
import type { Rows, Value } from '../value.ts';
import type { Db2Config } from './config.ts';
import { dialect } from './dialect.ts';
import type { Db2Client, Db2Parameter, Db2Result, Db2Statement } from './driver.ts';
import { plainInsert, upsert } from './insert-statement.ts';
import { introspect } from './introspect.ts';
import { mayBeCut } from './may-be-cut.ts';
import { serverInfo } from './server-info.ts';
import { translateError } from './translate-error.ts';

const FETCHED_ROWS = 1000;
/** How long a server has to say goodbye. */
const CLOSE_MS = 5000;

export interface Db2ConnectionOptions {
  readonly config: Db2Config;
  readonly readOnly: boolean;
}

/** One connection to a Db2, over `ibm_db`. It has no way to stop a statement but to break the connection. */
export class Db2Connection implements SqlConnection {
  readonly #client: Db2Client;
  readonly #forwarder: Pick<Forwarder, 'socket' | 'close'>;
  readonly #options: Db2ConnectionOptions;
  #isInTransaction = false;
  readonly #watch: AnswerWatch;

  constructor(client: Db2Client, forwarder: Pick<Forwarder, 'socket' | 'close'>, options: Db2ConnectionOptions) {
    this.#client = client;
    this.#forwarder = forwarder;
    this.#options = options;
    this.#watch = new AnswerWatch({
      socket: forwarder.socket,
      idleTimeoutMs: options.config.idleTimeoutMs,
      cut: () => forwarder.close(),
    });
  }

  readonly translate = (error: unknown): ConnectionError => {
    const known = translateError(error);
    const isLost = this.#forwarder.socket.destroyed;
    if (this.#watch.why !== undefined && isLost) return this.#watch.why;
    if (!isLost || !['protocol', 'refused', 'timeout'].includes(known.problem)) return known;
    return new ConnectionError('broken', 'the connection is broken', { cause: known.cause });
  };

  info(): Promise<ServerInfo> {
    return serverInfo(this.#query, this.#options.config);
  }

  introspect(): Promise<DatabaseSchema> {
    return this.#watch.asking(() => introspect(this.#query, this.#options.config.schemas));
  }

  async describe({ schema, name }: TableName): Promise<Table | undefined> {
    const place = schema === '' ? (this.#options.config.schemas[0] ?? '') : schema;
    return (await introspect(this.#query, [place], name)).tables[0];
  }

  async run(statement: Statement, signal?: AbortSignal): Promise<SqlResult> {
    if (!/^SELECT\b/i.test(statement.text)) return { rows: [], affected: await this.#write(statement, signal) };
    const rows: (readonly unknown[])[] = [];
    for await (const some of this.stream(statement, FETCHED_ROWS, signal)) rows.push(...some);
    return { rows, affected: 0 };
  }

  async *stream({ text, parameters }: Statement, size: number, signal?: AbortSignal): AsyncGenerator<RawRows> {
    const statement = await this.#ending(signal, () => this.#client.prepare(text));
    let result: Db2Result | undefined;
    try {
      result = await this.#ending(signal, async () => resultOf(await statement.execute(parameters as Db2Parameter[])));
      const from = result;
      const wanted = new ReadSize(size);
      for (;;) {
        const count = wanted.rows;
        const rows = await this.#ending(signal, () => from.fetchN(count, { fetchMode: 3 }));
        wanted.see(rows);
        if (rows.length > 0) yield rows;
        if (rows.length < count) return;
      }
    } finally {
      await result?.close().catch(() => undefined);
      await closed(statement);
    }
  }

  async insert(request: InsertRequest, signal?: AbortSignal): Promise<SqlResult> {
    const rows = withoutTwins(request, (value) => (value instanceof Buffer ? value.toString('hex') : String(value)));
    const given: InsertRequest = { ...request, rows };
    const { columns, onConflict, returning } = given;
    // Nothing to look for is a plain insert.
    if (onConflict === 'fail' || keysOf(given).length === 0) {
      if (returning.length === 0) return await this.run(plainInsert(given), signal);
      const result = await this.run(plainInsert(given), signal);
      return { rows: result.rows, affected: result.rows.length };
    }
    mayBeCut(columns, rows);
    if (returning.length === 0) return await this.run(upsert(given), signal);
    // A MERGE gives nothing back: whether it wrote is known of one row at a time.
    const [key = []] = keysOf(given);
    const returned: (readonly unknown[])[] = [];
    let affected = 0;
    for (const row of rows) {
      const written = (await this.run(upsert({ ...given, rows: [row] }), signal)).affected;
      affected += written;
      if (written === 0) continue;
      const values = key.map((column) => row[columns.indexOf(column)]);
      const found = await this.run(selectByKey(dialect, given.table, returning, key, values), signal);
      returned.push(found.rows[0] ?? returning.map(() => null));
    }
    return { rows: returned, affected };
  }

  async begin(): Promise<void> {
    await this.#watch.asking(() => this.#client.beginTransaction());
    this.#isInTransaction = true;
  }

  async commit(): Promise<void> {
    this.#isInTransaction = false;
    await this.#watch.asking(() => this.#client.commitTransaction());
  }

  async rollback(): Promise<void> {
    this.#isInTransaction = false;
    await this.#watch.asking(() => this.#client.rollbackTransaction());
  }

  async execute({ text, parameters }: Statement): Promise<Rows> {
    const { readOnly } = this.#options;
    if (readOnly) assertReadsOnly(text, { nestedComments: true });
    const run = async (): Promise<Rows> => {
      const values = parameters.map((value) => ownParameter(value as Value));
      // A statement that gives no rows says so by having no columns.
      const { names, rows } = await this.#ask(text, values);
      return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, resultValue(row[i])])));
    };
    return await (readOnly && !this.#isInTransaction ? takingBack(this, run) : run());
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => this.#forwarder.close(), CLOSE_MS);
    await this.#client.close().catch(() => undefined);
    clearTimeout(timer);
    this.#forwarder.close();
  }

  readonly #query = async <Row>(text: string, values: readonly string[] = []): Promise<Row[]> => {
    const { names, rows } = await this.#ask(text, values);
    return rows.map((row) => Object.fromEntries(names.map((name, i) => [name.toLowerCase(), row[i]])) as Row);
  };

  async #ask(text: string, values: readonly Db2Parameter[]): Promise<{ names: readonly string[]; rows: RawRows }> {
    return await this.#watch.asking(async () => {
      const statement = await this.#client.prepare(text);
      try {
        const result = resultOf(await statement.execute(values));
        const names = result.getColumnNamesSync();
        const rows: (readonly unknown[])[] = [];
        while (names.length > 0) {
          const some = await result.fetchN(FETCHED_ROWS, { fetchMode: 3 });
          rows.push(...some);
          if (some.length < FETCHED_ROWS) break;
        }
        await result.close().catch(() => undefined);
        return { names, rows };
      } finally {
        await closed(statement);
      }
    });
  }

  async #write({ text, parameters }: Statement, signal?: AbortSignal): Promise<number> {
    return await this.#ending(signal, async () => {
      const statement = await this.#client.prepare(text);
      try {
        return await statement.executeNonQuery(parameters as Db2Parameter[]);
      } finally {
        await closed(statement);
      }
    });
  }

  async #ending<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const abort = (): void => this.#forwarder.close();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await this.#watch.asking(run);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }
}

/** With parameters that give something back it is a list. */
const resultOf = (given: Awaited<ReturnType<Db2Statement['execute']>>): Db2Result =>
  (Array.isArray(given) ? given[0] : given) as Db2Result;

const closed = async (statement: Db2Statement): Promise<void> => {
  await statement.close().catch(() => undefined);
};

/** A parameter of somebody's own statement: what it is for is known to the server only. */
function ownParameter(value: Value): Db2Parameter {
  if (value === null || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return typeof value === 'object' ? jsonText(value) : String(value);
}

function resultValue(raw: unknown): Value {
  if (raw === null || raw === undefined) return null;
  if (raw instanceof Uint8Array) return new Uint8Array(raw);
  return raw instanceof Date ? raw.toISOString() : (raw as Value);
}
