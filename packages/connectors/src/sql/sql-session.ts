import { ConnectionError } from '../connection-error.ts';
import type { Column, DatabaseSchema, ForeignKey, Table, TableName } from '../schema/schema.ts';
import type {
  BatchOutcome,
  CopyOptions,
  HoldQuery,
  InsertOptions,
  InsertReport,
  QueryOptions,
  ReadQuery,
  ServerInfo,
  Session,
  TransactionOptions,
} from '../session.ts';
import type { Row, Rows, Value } from '../value.ts';
import { Ahead } from './ahead.ts';
import { type Batch, batches } from './batches.ts';
import { tableId } from './by-table.ts';
import { conflictKey } from './conflict-key.ts';
import type { Dialect } from './dialect.ts';
import { fromRaw, toRaw } from './raw-rows.ts';
import type { InsertRequest, RawRows, SqlConnection } from './sql-connection.ts';
import { SqlWork } from './sql-work.ts';
import type { Statement } from './statement.ts';
import {
  columnsOf,
  countStatement,
  deleteStatement,
  findStatement,
  greatestStatement,
  orphansStatement,
  selectStatement,
} from './statements.ts';
import { watchedSource } from './watched-source.ts';

const BATCH_ROWS = 1000;
const READ_ROWS = 1000;
/** Most keys of one statement: the limit of Oracle for `IN`. */
const REMOVE_ROWS = 1000;
const MOST_IN_NAMES = 512;

/** A session with a relational system: what all of them share. Each batch is a transaction of its own unless one is open. */
export class SqlSession implements Session {
  readonly #connection: SqlConnection;
  readonly #work: SqlWork;
  readonly #dialect: Dialect;
  readonly #readOnly: boolean;
  readonly #tables = new Map<string, Table>();
  hold?: NonNullable<Session['hold']>;
  copy?: NonNullable<Session['copy']>;
  takesCopy?: NonNullable<Session['takesCopy']>;
  indexReferences?: NonNullable<Session['indexReferences']>;
  claim?: NonNullable<Session['claim']>;
  deferKeys?: NonNullable<Session['deferKeys']>;
  checkKeys?: NonNullable<Session['checkKeys']>;
  empty?: NonNullable<Session['empty']>;
  identity?: NonNullable<Session['identity']>;
  readonly lateKeys?: NonNullable<Session['lateKeys']>;
  readonly home?: NonNullable<Session['home']>;

  constructor(connection: SqlConnection, dialect: Dialect, { readOnly }: { readonly readOnly: boolean }) {
    this.#connection = connection;
    this.#work = new SqlWork(connection);
    this.#dialect = dialect;
    this.#readOnly = readOnly;
    if (connection.claim !== undefined) {
      this.claim = (...all) => this.#work.alone(async () => connection.claim?.(...all));
    }
    const { lateKeys, home, identity, deferKeys, checkKeys, empty } = connection;
    if (lateKeys !== undefined) this.lateKeys = lateKeys;
    if (home !== undefined) this.home = home;
    if (identity !== undefined) this.identity = () => this.#work.alone(() => identity.call(connection));
    if (deferKeys !== undefined) this.deferKeys = (...all) => this.#changing(() => deferKeys.apply(connection, all));
    if (checkKeys !== undefined) this.checkKeys = () => this.#changing(() => checkKeys.call(connection));
    if (empty !== undefined) this.empty = (tables) => this.#changing(() => empty.call(connection, tables));
    if (connection.holding !== undefined) this.hold = (query) => this.#hold(query);
    if (connection.copy !== undefined) this.copy = (...all) => this.#copy(...all);
    if (connection.takesCopy !== undefined) this.takesCopy = (name) => this.#takesCopy(name);
    if (connection.indexReferences !== undefined) this.indexReferences = (tables) => this.#indexReferences(tables);
  }

  verify(): Promise<ServerInfo> {
    return this.#work.alone(() => this.#connection.info());
  }

  introspect(): Promise<DatabaseSchema> {
    return this.#work.alone(() => this.#connection.introspect());
  }

  async describe(name: TableName): Promise<Table> {
    const id = tableId(name.schema, name.name);
    const known = this.#tables.get(id);
    if (known !== undefined) return known;
    const said = [name.schema, name.name].filter((part) => part !== '').join('.');
    // What no system takes for a name: some drivers would end the name at the NUL.
    const isName = name.name !== '' && !said.includes('\0') && said.length <= MOST_IN_NAMES;
    const table = isName ? await this.#work.alone(() => this.#connection.describe(name)) : undefined;
    if (table === undefined) {
      const shown = JSON.stringify(said.slice(0, 200));
      throw new ConnectionError('not_found', `there is no table ${shown}, or this user does not see it`);
    }
    this.#tables.set(id, table);
    return table;
  }

  async count(name: TableName): Promise<number> {
    const table = await this.describe(name);
    const { rows } = await this.#work.alone(() => this.#connection.run(countStatement(this.#dialect, table)));
    return Number(rows[0]?.[0]);
  }

  async greatest(name: TableName, columnName: string): Promise<Value> {
    const table = await this.describe(name);
    const [column] = columnsOf(table, [columnName]) as [Column];
    const statement = greatestStatement(this.#dialect, table, column);
    const { rows } = await this.#work.alone(() => this.#connection.run(statement));
    return fromRaw(this.#dialect, [column], rows)[0]?.[column.name] ?? null;
  }

  async orphans(table: TableName, key: ForeignKey): Promise<number> {
    const { rows } = await this.#work.alone(() => this.#connection.run(orphansStatement(this.#dialect, table, key)));
    return Number(rows[0]?.[0]);
  }

  async advance(name: TableName, columnName: string, last: bigint): Promise<void> {
    this.#mayWrite();
    const table = await this.describe(name);
    const [column] = columnsOf(table, [columnName]) as [Column];
    await this.#work.alone(async () => this.#connection.advance?.(table, column, last));
  }

  async find(name: TableName, keys: Rows, signal?: AbortSignal): Promise<Rows> {
    const table = await this.describe(name);
    const limits = { maxRows: REMOVE_ROWS, maxValues: this.#dialect.maxParameters };
    const found: Row[] = [];
    for await (const batch of batches([keys], limits)) {
      signal?.throwIfAborted();
      const columns = columnsOf(table, batch.columns);
      if (columns.length === 0) throw new ConnectionError('value', 'a key has at least one column');
      for (const some of byNulls(toRaw(this.#dialect, columns, batch.rows, batch.start))) {
        const statement = findStatement(this.#dialect, table, columns, some);
        const { rows } = await this.#work.alone(() => this.#connection.run(statement, signal));
        found.push(...fromRaw(this.#dialect, columns, rows));
      }
    }
    return found;
  }

  async *read(query: ReadQuery): AsyncGenerator<Rows> {
    if (query.filter !== undefined) {
      throw new ConnectionError('value', 'a filter in a language of URLs is not for this system: use "where"');
    }
    const table = await this.describe(query.table);
    const columns = query.columns === undefined ? table.columns : columnsOf(table, query.columns);
    const statement = selectStatement(this.#dialect, table, query);
    yield* this.#stream(statement, columns, query.signal);
  }

  async insert(
    name: TableName,
    rows: AsyncIterable<Rows> | Iterable<Rows>,
    options: InsertOptions = {},
  ): Promise<InsertReport> {
    this.#mayWrite();
    const { onConflict = 'fail', returning = [], onBatch, signal } = options;
    const table = await this.describe(name);
    const key = conflictKey(table, onConflict, options.key);
    const wanted = columnsOf(table, returning);
    const limits = {
      maxRows: Math.max(1, options.batchSize ?? BATCH_ROWS),
      maxValues: this.#dialect.maxInsertValues ?? this.#dialect.maxParameters,
      distinct: key.map((column) => column.name),
    };
    const total = { sent: 0, written: 0, skipped: 0 };
    const requestOf = (batch: Batch): InsertRequest => {
      const columns = columnsOf(table, batch.columns);
      const raw = toRaw(this.#dialect, columns, batch.rows, batch.start);
      return { table, columns, rows: raw, onConflict, key, returning: wanted };
    };
    // Rows whose keys come back may be what the next are made of: those are not asked for before.
    const isAhead = this.#connection.prepare !== undefined && wanted.length === 0;
    const source = new Ahead(batches(rows, limits), (batch) => {
      const request = requestOf(batch);
      if (isAhead) this.#connection.prepare?.(request);
      return request;
    });
    for await (const { item: batch, ready } of source) {
      const outcome = await this.#work.kept(total.written, signal, async () => {
        const writing = this.#connection.insert(ready(), signal);
        if (isAhead) source.lookAhead();
        const result = await writing;
        return this.#outcome(batch, result.affected, fromRaw(this.#dialect, wanted, result.rows));
      });
      total.sent += outcome.sent;
      total.written += outcome.written;
      total.skipped += outcome.skipped;
      onBatch?.(outcome);
    }
    return { ...total, failed: 0, failures: [] };
  }

  async remove(name: TableName, keys: AsyncIterable<Rows> | Iterable<Rows>): Promise<number> {
    this.#mayWrite();
    const table = await this.describe(name);
    let removed = 0;
    for await (const batch of batches(keys, { maxRows: REMOVE_ROWS, maxValues: this.#dialect.maxParameters })) {
      const columns = columnsOf(table, batch.columns);
      if (columns.length === 0) throw new ConnectionError('value', 'a key has at least one column');
      removed += await this.#work.kept(removed, undefined, () => this.#removeBatch(table, columns, batch));
    }
    return removed;
  }

  transaction<T>(run: () => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.#work.transaction(run, options);
  }

  async execute(text: string, parameters: readonly Value[] = []): Promise<Rows> {
    // It may change what tables are like.
    this.#tables.clear();
    return await this.#work.alone(() => this.#connection.execute({ text, parameters }));
  }

  async query(text: string, { limit, orderBy = [], signal }: QueryOptions): Promise<Rows> {
    // Systems that cannot be told so look at the statement where they execute it: only sessions that do not write have them do it.
    if (!this.#readOnly) throw new ConnectionError('read_only', 'a query goes over a session that is for reading only');
    const names = orderBy.map((name) => this.#dialect.quote(name));
    const order = names.length === 0 ? '' : ` ORDER BY ${names.join(', ')}`;
    // Lines of their own: a comment at its end does not hide what follows.
    const statement = this.#dialect.limited(`SELECT * FROM (\n${text}\n) q${order}`, limit);
    return await this.#work.alone(() => this.#connection.execute({ text: statement, parameters: [] }, signal));
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  async *#hold({ table: name, columns, keys, signal }: HoldQuery): AsyncGenerator<Rows> {
    this.#mayWrite();
    const table = await this.describe(name);
    const wanted = columnsOf(table, columns);
    const limits = { maxRows: REMOVE_ROWS, maxValues: this.#dialect.maxParameters };
    for await (const batch of batches([keys], limits)) {
      const key = columnsOf(table, batch.columns);
      if (key.length === 0) throw new ConnectionError('value', 'a key has at least one column');
      for (const some of byNulls(toRaw(this.#dialect, key, batch.rows, batch.start))) {
        const statement = await this.#work.alone(async () => this.#connection.holding?.(table, wanted, key, some));
        if (statement !== undefined) yield* this.#stream(statement, wanted, signal);
      }
    }
  }

  async *#stream(
    statement: Statement,
    columns: readonly Column[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Rows> {
    signal?.throwIfAborted();
    const release = this.#work.take();
    try {
      for await (const rows of this.#connection.stream(statement, READ_ROWS, signal)) {
        yield fromRaw(this.#dialect, columns, rows);
        signal?.throwIfAborted();
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw this.#connection.translate(error);
    } finally {
      release();
    }
  }

  #changing(run: () => Promise<void>): Promise<void> {
    this.#mayWrite();
    return this.#work.alone(run);
  }

  async #indexReferences(tables: readonly TableName[]): Promise<() => Promise<void>> {
    this.#mayWrite();
    const remove = await this.#work.alone(async () => this.#connection.indexReferences?.(tables));
    return () => this.#work.alone(async () => remove?.());
  }

  async #takesCopy(name: TableName): Promise<boolean> {
    const table = await this.describe(name);
    return this.#work.alone(async () => (await this.#connection.takesCopy?.(table)) ?? false);
  }

  async #copy(
    name: TableName,
    columnNames: readonly string[],
    csv: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    options: CopyOptions = {},
  ): Promise<number> {
    this.#mayWrite();
    const table = await this.describe(name);
    const columns = columnsOf(table, columnNames);
    const source = watchedSource(csv);
    try {
      return await this.#work.kept(0, options.signal, async () => {
        return (await this.#connection.copy?.(table, columns, source.chunks, options)) ?? 0;
      });
    } catch (error) {
      // What the source says of itself is not about the connection.
      throw source.failure === undefined ? error : source.failure.error;
    }
  }

  async #removeBatch(table: Table, columns: readonly Column[], batch: Batch): Promise<number> {
    const raw = toRaw(this.#dialect, columns, batch.rows, batch.start);
    let removed = 0;
    for (const keys of byNulls(raw)) {
      const some = await (this.#connection.remove?.(table, columns, keys) ??
        this.#connection.run(deleteStatement(this.#dialect, table, columns, keys)));
      removed += some.affected;
    }
    return removed;
  }

  #outcome({ rows }: Batch, affected: number, returned: Rows): BatchOutcome {
    return { sent: rows.length, written: affected, skipped: rows.length - affected, failures: [], returned };
  }

  #mayWrite(): void {
    if (!this.#readOnly) return;
    throw new ConnectionError('read_only', 'this connection is for reading only', {
      hint: 'use another connection, or allow this one to write',
    });
  }
}

/** Keys in groups that have null in the same columns. */
const byNulls = (keys: RawRows): Iterable<RawRows> =>
  Map.groupBy(keys, (key) => key.map((value) => Number(value === null)).join('')).values();
