import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import Cursor from 'pg-cursor';
import { ConnectionError } from '../connection-error.ts';
import type { Column, DatabaseSchema, Table, TableName } from '../schema/schema.ts';
import type { CopyOptions, KeyName, ServerInfo } from '../session.ts';
import { AnswerWatch } from '../sql/answer-watch.ts';
import { endedBy } from '../sql/ended-by.ts';
import type { InsertRequest, RawRows, SqlConnection, SqlResult } from '../sql/sql-connection.ts';
import type { Statement } from '../sql/statement.ts';
import { insertStatement, quoteColumns, quoteTable } from '../sql/statements.ts';
import { takingBack } from '../sql/taking-back.ts';
import type { Rows, Value } from '../value.ts';
import { advance } from './advance.ts';
import { deleteByArrays, holdByArrays, insertByArrays, returningOf } from './array-statements.ts';
import { claim } from './claim.ts';
import type { PostgresConfig } from './config.ts';
import { copyText } from './copy-text.ts';
import { csvChunks, withoutEndMarker } from './csv-chunks.ts';
import { CursorRows } from './cursor-rows.ts';
import { databaseIdentity } from './database-identity.ts';
import { dialect } from './dialect.ts';
import { indexReferences } from './index-references.ts';
import { introspect } from './introspect.ts';
import { LateKeys } from './late-keys.ts';
import { parseValue } from './parse-value.ts';
import { resultColumns } from './result-columns.ts';
import { serverInfo } from './server-info.ts';
import { readTableFacts, type TableFacts } from './table-facts.ts';
import { textOf } from './text-of.ts';
import { translateError } from './translate-error.ts';

/** What leaves values as the server wrote them. */
const RAW: pg.CustomTypesConfig = { getTypeParser: () => (text: unknown) => text } as never;

/** How long a server has to say goodbye. */
const CLOSE_MS = 5000;

export interface PostgresConnectionOptions {
  readonly config: PostgresConfig;
  readonly readOnly: boolean;
  /** Asks the server, over another connection, to end what this one is doing. */
  readonly cancel: () => Promise<void>;
}

/** One connection to a PostgreSQL server, over `pg`. */
export class PostgresConnection implements SqlConnection {
  readonly #client: pg.Client;
  readonly #socket: Socket;
  readonly #options: PostgresConnectionOptions;
  readonly #facts = new WeakMap<Table, TableFacts>();
  /** What COPY is given, of rows that are next. */
  readonly #texts = new WeakMap<InsertRequest, Uint8Array>();
  /** Settles when there is no connection any more. */
  readonly #ended: Promise<void>;
  #isInTransaction = false;
  readonly #watch: AnswerWatch;
  /** Whether the next chunk of what is copied is waited for. */
  #isFed = false;
  /** An order to the server to end what it does, as long as it may hit something. */
  #cancelling: Promise<void> | undefined;
  readonly translate = translateError;
  readonly lateKeys = 'declared';

  constructor(client: pg.Client, socket: Socket, options: PostgresConnectionOptions) {
    this.#client = client;
    this.#socket = socket;
    this.#options = options;
    this.#ended = new Promise((resolve) => client.once('end', () => resolve()));
    this.#watch = new AnswerWatch({
      socket,
      idleTimeoutMs: options.config.idleTimeoutMs,
      isFed: () => this.#isFed && socket.writableLength === 0,
    });
  }

  readonly #query = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await this.#watch.asking(() => this.#client.query(text, [...values]))).rows as Row[];

  readonly #keys = new LateKeys(this.#query);

  info(): Promise<ServerInfo> {
    return serverInfo(this.#query);
  }

  introspect(): Promise<DatabaseSchema> {
    return this.#watch.asking(() => introspect(this.#query, this.#options.config.schemas));
  }

  async describe({ schema, name }: TableName): Promise<Table | undefined> {
    const found = await introspect(
      this.#query,
      [schema === '' ? (this.#options.config.schemas[0] ?? '') : schema],
      name,
    );
    return found.tables[0];
  }

  async run({ text, parameters }: Statement, signal?: AbortSignal): Promise<SqlResult> {
    const query = { text, values: [...parameters], rowMode: 'array' as const, types: RAW };
    const { rows, rowCount } = await this.#ending(signal, () => this.#client.query<unknown[]>(query));
    return { rows, affected: rowCount ?? 0 };
  }

  async *stream({ text, parameters }: Statement, size: number, signal?: AbortSignal): AsyncGenerator<RawRows> {
    const cursor = this.#client.query(new Cursor<unknown[]>(text, [...parameters], { rowMode: 'array', types: RAW }));
    const rows = new CursorRows(cursor, this.#client, size);
    try {
      for (;;) {
        const some = await this.#cancelled(signal, () => rows.next());
        if (some === undefined) return;
        yield some;
      }
    } finally {
      await Promise.race([rows.close(), this.#ended]);
      await this.#afterCancel();
    }
  }

  prepare(request: InsertRequest): void {
    const facts = this.#facts.get(request.table);
    if (facts !== undefined && isCopied(request, facts)) this.#texts.set(request, textToCopy(request));
  }

  async insert(request: InsertRequest, signal?: AbortSignal): Promise<SqlResult> {
    const { table, columns, returning } = request;
    if (columns.length === 0) {
      return await this.run(insertStatement(dialect, request, { after: returningOf(returning) }), signal);
    }
    const facts = await this.#factsFor(table, columns);
    if (isCopied(request, facts)) {
      const text = this.#texts.get(request) ?? textToCopy(request);
      const affected = await this.#copyIn(table, columns, '', [text], signal);
      return { rows: [], affected };
    }
    return await this.run(insertByArrays(request, facts), signal);
  }

  async remove(table: Table, columns: readonly Column[], keys: RawRows): Promise<SqlResult> {
    return await this.run(deleteByArrays(table, columns, keys, await this.#factsOf(table)));
  }

  async holding(table: Table, wanted: readonly Column[], key: readonly Column[], keys: RawRows): Promise<Statement> {
    return holdByArrays(table, wanted, key, keys, await this.#factsOf(table));
  }

  async waitAtMost(ms: number): Promise<void> {
    await this.#query(`SELECT set_config('lock_timeout', $1, true)`, [`${Math.ceil(ms)}ms`]);
  }

  async takesCopy(table: Table): Promise<boolean> {
    return (await this.#factsOf(table)).takesCopy;
  }

  async copy(
    table: Table,
    columns: readonly Column[],
    csv: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    { onProgress, signal }: CopyOptions,
  ): Promise<number> {
    if (columns.length === 0) throw new ConnectionError('value', 'CSV goes into at least one column');
    await this.#factsFor(table, columns);
    const chunks = csvChunks(columns.length === 1 ? withoutEndMarker(csv) : csv, onProgress);
    return await this.#copyIn(table, columns, ' (FORMAT csv)', chunks, signal);
  }

  indexReferences(tables: readonly TableName[]): Promise<() => Promise<void>> {
    return indexReferences(this.#query, tables, this.#isInTransaction);
  }

  advance(table: Table, column: Column, last: bigint): Promise<void> {
    return advance(this.#query, table, column, last);
  }

  async deferKeys(_: readonly TableName[], also: readonly KeyName[] = []): Promise<void> {
    await this.#keys.defer(also);
  }

  checkKeys(): Promise<void> {
    return this.#keys.check();
  }

  async empty(tables: readonly TableName[]): Promise<void> {
    // At once, so that none refers to another that is gone.
    const names = tables.map((table) => quoteTable(dialect, table));
    if (names.length > 0) await this.#query(`TRUNCATE ${names.join(', ')}`);
  }

  identity(): Promise<string> {
    return databaseIdentity(this.#query);
  }

  claim(name: string, signal?: AbortSignal): Promise<void> {
    return claim(this.#query, name, signal);
  }

  async begin(): Promise<void> {
    this.#keys.forget();
    // All that is read in it is of one moment: nothing that is written beside it comes between two tables.
    await this.#query(this.#options.readOnly ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN');
    // With a snapshot taken, nothing makes the transaction one that writes.
    if (this.#options.readOnly) await this.#query('SELECT 1');
    this.#isInTransaction = true;
  }

  async commit(): Promise<void> {
    this.#isInTransaction = false;
    const { command } = await this.#watch.asking(() => this.#client.query('COMMIT'));
    // A transaction in which something failed ends so, without an error.
    if (command !== 'COMMIT') {
      throw new ConnectionError('constraint', 'nothing of the transaction was kept, since something in it had failed');
    }
  }

  async rollback(): Promise<void> {
    this.#isInTransaction = false;
    await this.#query('ROLLBACK');
  }

  async execute({ text, parameters }: Statement, signal?: AbortSignal): Promise<Rows> {
    const { readOnly } = this.#options;
    if (readOnly && !/^[\s(]*(select|with|values|table|show|explain)\b/i.test(text)) {
      throw new ConnectionError(
        'read_only',
        'this connection is for reading only: it takes SELECT, WITH, VALUES, TABLE, SHOW and EXPLAIN',
      );
    }
    const run = async (): Promise<Rows> => {
      const values = parameters.map((value) => (value === null ? null : parameterOf(value as Value)));
      const query = { text, values, rowMode: 'array' as const, types: RAW, queryMode: 'extended' as const };
      const { rows, fields } = await this.#ending(signal, () => this.#client.query<unknown[]>(query));
      const columns = await resultColumns(this.#query, fields);
      return rows.map((row) =>
        Object.fromEntries(
          columns.map((column, i) => [column.name, row[i] === null ? null : parseValue(row[i] as string, column)]),
        ),
      );
    };
    return await (readOnly && !this.#isInTransaction ? takingBack(this, run) : run());
  }

  async close(): Promise<void> {
    const ended = this.#client.end().catch(() => undefined);
    const timer = setTimeout(() => this.#socket.destroy(), CLOSE_MS);
    await Promise.race([ended, this.#ended]);
    clearTimeout(timer);
    this.#socket.destroy();
  }

  async #copyIn(
    table: Table,
    columns: readonly Column[],
    format: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const text = `COPY ${quoteTable(dialect, table)} (${quoteColumns(dialect, columns)}) FROM STDIN${format}`;
    const stream = this.#client.query(copyFrom(text));
    await this.#ending(signal, () =>
      pipeline(Readable.from(this.#fed(chunks), { objectMode: true, highWaterMark: 2 }), stream),
    );
    return stream.rowCount;
  }

  /** @throws ConnectionError value, when one of the columns takes none */
  async #factsFor(table: Table, columns: readonly Column[]): Promise<TableFacts> {
    const facts = await this.#factsOf(table);
    const computed = columns.find(({ name }) => facts.computed.has(name));
    if (computed === undefined) return facts;
    throw new ConnectionError('value', `the column ${table.name}.${computed.name} is computed: no value can be given`, {
      hint: 'leave the column out',
    });
  }

  async *#fed(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      this.#isFed = true;
      for await (const chunk of chunks) {
        this.#isFed = false;
        yield chunk;
        this.#isFed = true;
      }
    } finally {
      this.#isFed = false;
    }
  }

  async #factsOf(table: Table): Promise<TableFacts> {
    const known = this.#facts.get(table);
    if (known !== undefined) return known;
    const facts = await readTableFacts(this.#query, table);
    this.#facts.set(table, facts);
    return facts;
  }

  /** Waits for an answer, and has the server end what it does when the signal says so. What comes next is not hit by that any more. */
  async #ending<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
    try {
      return await this.#cancelled(signal, run);
    } finally {
      await this.#afterCancel();
    }
  }

  /** The same, where the statement goes on after this answer: `#afterCancel` is to follow on its end. */
  async #cancelled<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const done = endedBy(
      signal,
      () => {
        this.#cancelling = this.#options.cancel();
        return this.#cancelling;
      },
      () => this.#socket.destroy(),
    );
    try {
      return await this.#watch.asking(run);
    } finally {
      done();
    }
  }

  /** An order to end what has ended already would hit the next statement: here is one for it. */
  async #afterCancel(): Promise<void> {
    const cancelling = this.#cancelling;
    this.#cancelling = undefined;
    if (cancelling === undefined) return;
    await cancelling.catch(() => this.#socket.destroy());
    if (!this.#socket.destroyed) await this.#query('').catch(() => undefined);
  }
}

const isCopied = ({ columns, onConflict, returning }: InsertRequest, { takesCopy }: TableFacts): boolean =>
  columns.length > 0 && onConflict === 'fail' && returning.length === 0 && takesCopy;

const textToCopy = ({ rows }: InsertRequest): Uint8Array => copyText(rows as readonly (readonly (string | null)[])[]);

/** A parameter of somebody's own statement: its type is known to the server only. */
const parameterOf = (value: Value): string =>
  textOf(value, {
    ...({ name: 'parameter', type: 'parameter' } as Column),
    kind:
      value instanceof Uint8Array ? 'binary' : typeof value === 'object' && !Array.isArray(value) ? 'json' : 'other',
    dimensions: Array.isArray(value) ? 1 : 0,
  });
