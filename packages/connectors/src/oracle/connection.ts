import type { Socket } from 'node:net';
import type oracledb from 'oracledb';
import { ConnectionError } from '../connection-error.ts';
import type { Column, DatabaseSchema, Table, TableName } from '../schema/schema.ts';
import type { ServerInfo } from '../session.ts';
import { AnswerWatch } from '../sql/answer-watch.ts';
import { assertReadsOnly } from '../sql/assert-reads-only.ts';
import { brokenIfLost } from '../sql/broken-if-lost.ts';
import { endedBy } from '../sql/ended-by.ts';
import { jsonText } from '../sql/json-text.ts';
import { keysOf } from '../sql/merge-statement.ts';
import { ReadSize } from '../sql/read-size.ts';
import { selectByKey } from '../sql/select-by-key.ts';
import type { InsertRequest, RawRows, SqlConnection, SqlResult } from '../sql/sql-connection.ts';
import type { Statement } from '../sql/statement.ts';
import { deleteStatement } from '../sql/statements.ts';
import { takingBack } from '../sql/taking-back.ts';
import { withoutTwins } from '../sql/without-twins.ts';
import type { Rows, Value } from '../value.ts';
import { bindDefinitions, fetchTypeHandler, outDefinitions } from './binds.ts';
import type { OracleConfig } from './config.ts';
import { dialect } from './dialect.ts';
import { rowStatement } from './insert-statement.ts';
import { introspect } from './introspect.ts';
import { serverInfo } from './server-info.ts';
import { translateError } from './translate-error.ts';

/** How long a server has to say goodbye. */
const CLOSE_MS = 5000;

export interface OracleConnectionOptions {
  readonly config: OracleConfig;
  readonly readOnly: boolean;
}

/** What of the driver's connection is used. */
export type OracleClient = Pick<
  oracledb.Connection,
  'execute' | 'executeMany' | 'commit' | 'rollback' | 'break' | 'close'
>;

/** One connection to an Oracle Database, over `oracledb` without Oracle's client. */
export class OracleConnection implements SqlConnection {
  readonly #client: OracleClient;
  readonly #socket: Socket;
  readonly #options: OracleConnectionOptions;
  #isInTransaction = false;
  readonly #watch: AnswerWatch;

  constructor(client: OracleClient, socket: Socket, options: OracleConnectionOptions) {
    this.#client = client;
    this.#socket = socket;
    this.#options = options;
    this.#watch = new AnswerWatch({ socket, idleTimeoutMs: options.config.idleTimeoutMs, cut: () => socket.destroy() });
  }

  readonly translate = (error: unknown): ConnectionError =>
    brokenIfLost(error, translateError(error), { why: this.#watch.why, isLost: this.#socket.destroyed });

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

  async run({ text, parameters }: Statement, signal?: AbortSignal): Promise<SqlResult> {
    const result = await this.#ending(signal, () =>
      this.#client.execute<unknown[]>(text, [...parameters] as oracledb.BindParameters, { fetchTypeHandler }),
    );
    return { rows: result.rows ?? [], affected: result.rowsAffected ?? 0 };
  }

  async *stream({ text, parameters }: Statement, size: number, signal?: AbortSignal): AsyncGenerator<RawRows> {
    const wanted = new ReadSize(size);
    // Nothing is fetched before its time: how large rows are is seen of the first ones.
    const options = { fetchTypeHandler, resultSet: true, fetchArraySize: wanted.rows, prefetchRows: wanted.rows };
    const { resultSet } = await this.#ending(signal, () =>
      this.#client.execute<unknown[]>(text, [...parameters] as oracledb.BindParameters, options),
    );
    if (resultSet === undefined) return;
    try {
      for (;;) {
        const rows = await this.#ending(signal, () => resultSet.getRows(wanted.rows));
        if (rows.length === 0) return;
        wanted.see(rows);
        yield rows;
      }
    } finally {
      await resultSet.close().catch(() => undefined);
    }
  }

  async insert(request: InsertRequest, signal?: AbortSignal): Promise<SqlResult> {
    const { table, columns, returning, onConflict } = request;
    const large = returning.find(({ type }) => /LOB|LONG|XMLTYPE|JSON/.test(type));
    if (large !== undefined) {
      throw new ConnectionError(
        'value',
        `${large.name} (${large.type}) cannot be given back: name columns with short values`,
      );
    }
    const rows = withoutTwins(request, (value) => (value instanceof Buffer ? value.toString('hex') : String(value)));
    // Nothing to look for is a plain insert.
    const isPlain = onConflict === 'fail' || keysOf(request).length === 0;
    const given: InsertRequest = isPlain ? { ...request, rows, onConflict: 'fail' } : { ...request, rows };
    const { text, out } = rowStatement(given);
    const result = await this.#ending(signal, () => this.#executeMany(text, columns, rows, out === 0 ? [] : returning));
    const affected = result.rowsAffected ?? 0;
    if (returning.length === 0) return { rows: [], affected };
    if (isPlain) return { rows: (result.outBinds ?? []).map((row) => row.map(([only]) => only)), affected };
    const kept = rows.filter((_, i) => (result.dmlRowCounts?.[i] ?? 1) > 0);
    const [key = []] = keysOf(given);
    const returned: unknown[][] = [];
    for (const row of kept) {
      const found = await this.run(
        selectByKey(
          dialect,
          table,
          returning,
          key,
          key.map((column) => row[columns.indexOf(column)]),
        ),
        signal,
      );
      returned.push([...(found.rows[0] ?? returning.map(() => null))]);
    }
    return { rows: returned, affected };
  }

  async remove(table: Table, columns: readonly Column[], keys: RawRows): Promise<SqlResult> {
    const [first = []] = keys;
    const { text, parameters } = deleteStatement(dialect, table, columns, [first]);
    if (parameters.length === 0) return await this.run({ text, parameters });
    const isGiven = (i: number): boolean => first[i] !== null && first[i] !== undefined;
    const given = columns.filter((_, i) => isGiven(i));
    const rows = keys.map((key) => key.filter((_, i) => isGiven(i)));
    const result = await this.#watch.asking(() => this.#executeMany(text, given, rows, []));
    return { rows: [], affected: result.rowsAffected ?? 0 };
  }

  async begin(): Promise<void> {
    // The first statement begins a transaction; one that only reads has to be asked for.
    if (this.#options.readOnly) await this.#watch.asking(() => this.#client.execute('SET TRANSACTION READ ONLY'));
    this.#isInTransaction = true;
  }

  async commit(): Promise<void> {
    this.#isInTransaction = false;
    await this.#watch.asking(() => this.#client.commit());
  }

  async rollback(): Promise<void> {
    this.#isInTransaction = false;
    await this.#watch.asking(() => this.#client.rollback());
  }

  async execute({ text, parameters }: Statement): Promise<Rows> {
    const { readOnly } = this.#options;
    if (readOnly) assertReadsOnly(text, { quotes: 'oracle' });
    const run = async (): Promise<Rows> => {
      const binds = parameters.map((value) => ownParameter(value as Value));
      const autoCommit = !readOnly && !this.#isInTransaction;
      const result = await this.#watch.asking(() =>
        this.#client.execute<unknown[]>(text, binds, { fetchTypeHandler, autoCommit }),
      );
      const names = (result.metaData ?? []).map(({ name }) => name);
      return (result.rows ?? []).map((row) => Object.fromEntries(names.map((name, i) => [name, resultValue(row[i])])));
    };
    return await (readOnly && !this.#isInTransaction ? takingBack(this, run) : run());
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => this.#socket.destroy(), CLOSE_MS);
    await this.#client.close().catch(() => undefined);
    clearTimeout(timer);
    this.#socket.destroy();
  }

  readonly #query = async <Row>(text: string, values: Readonly<Record<string, string | null>> = {}): Promise<Row[]> => {
    const { rows = [], metaData = [] } = await this.#watch.asking(() =>
      this.#client.execute<unknown[]>(text, values as oracledb.BindParameters, { fetchTypeHandler }),
    );
    const names = metaData.map(({ name }) => name.toLowerCase());
    return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])) as Row);
  };

  /** Runs a statement of one row for each of them. */
  #executeMany(
    text: string,
    columns: readonly Column[],
    rows: RawRows,
    returning: readonly Column[],
  ): Promise<oracledb.Results<unknown[][]>> {
    const bindDefs = [...bindDefinitions(columns, rows), ...outDefinitions(returning)];
    const options = { bindDefs, dmlRowCounts: true, autoCommit: false };
    // Without a value to bind it is the number of times.
    const many = columns.length === 0 ? rows.length : rows.map((row) => [...row]);
    return this.#client.executeMany<unknown[][]>(text, many as oracledb.BindParameters[], options);
  }

  /** Waits for an answer, and has the server end what it does when the signal says so. What comes next is not hit by that any more. */
  async #ending<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    let ending: Promise<void> | undefined;
    const done = endedBy(
      signal,
      () => {
        ending = this.#client.break();
        return ending;
      },
      () => this.#socket.destroy(),
    );
    try {
      return await this.#watch.asking(run);
    } finally {
      done();
      if (ending !== undefined) await this.#afterBreak(ending);
    }
  }

  /** An order to end what has ended already would hit the next statement: here is one for it. */
  async #afterBreak(ending: Promise<void>): Promise<void> {
    await ending.catch(() => this.#socket.destroy());
    if (this.#socket.destroyed) return;
    await this.#watch.asking(() => this.#client.execute('BEGIN NULL; END;')).catch(() => undefined);
  }
}

/** A parameter of somebody's own statement: what it is for is known to the server only. */
function ownParameter(value: Value): oracledb.BindParameter | string | number | Buffer | null {
  if (value === null || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' ? jsonText(value) : String(value);
}

function resultValue(raw: unknown): Value {
  if (raw === null || raw === undefined) return null;
  if (raw instanceof Date) return raw.toISOString().replace(/\.000Z$|Z$/, '');
  if (raw instanceof Uint8Array) return new Uint8Array(raw);
  return typeof raw === 'object' ? JSON.stringify(raw) : (raw as Value);
}
