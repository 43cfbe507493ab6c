import type { TemplateDocument } from '@datamaker/engine/import';
import type { DatabaseSchema, ForeignKey, SchemaNotice, Table, TableName } from './schema/schema.ts';
import type { Row, Rows, Value } from './value.ts';

/** What answered. */
export interface ServerInfo {
  /** `PostgreSQL`, `MariaDB`, `SAP OData V4`. */
  readonly product: string;
  readonly version: string;
  /** What else is worth knowing, in words for people. */
  readonly notes: readonly string[];
}

/** What holds for a column of the rows that are asked for. */
export interface Condition {
  readonly column: string;
  readonly is: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like' | 'null' | 'not null';
  /** Not for `null` and `not null`. */
  readonly value?: Value;
}

export interface ReadQuery {
  readonly table: TableName;
  /** Undefined: all. */
  readonly columns?: readonly string[] | undefined;
  /** All of which hold. */
  readonly where?: readonly Condition[] | undefined;
  /** In the system's own language, where it has one for URLs: `$filter` of OData, the query string of REST. */
  readonly filter?: string | undefined;
  /** Columns by which the rows are in order, ascending. */
  readonly orderBy?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A foreign key by its name. */
export interface KeyName {
  readonly table: TableName;
  readonly name: string;
}

/** Rows that nobody else is to change. */
export interface HoldQuery {
  readonly table: TableName;
  /** What is read of them. */
  readonly columns: readonly string[];
  /** All with the same columns. */
  readonly keys: Rows;
  readonly signal?: AbortSignal | undefined;
}

export interface TransactionOptions {
  /** How long rows are waited for that others hold; undefined: as the system is set. Of systems with `hold`. */
  readonly waitMs?: number | undefined;
}

export interface QueryOptions {
  readonly limit: number;
  /** Columns of the result by which the rows are in order, ascending. */
  readonly orderBy?: readonly string[] | undefined;
  /** Has the system end the query, where it can be told to; elsewhere it ends with the session. */
  readonly signal?: AbortSignal | undefined;
}

/** What to do with a row whose key is there already: refuse it, leave it out, or change the row that is there. */
export type OnConflict = 'fail' | 'skip' | 'update';

export interface InsertOptions {
  readonly onConflict?: OnConflict | undefined;
  /** Columns that tell rows apart, for `skip` and `update`; undefined: the primary key. */
  readonly key?: readonly string[] | undefined;
  /**
   * Columns whose values the system makes and that are wanted back; see `onBatch`. With the name of rows that are within the row (deep insert),
   * the keys of those.
   */
  readonly returning?: readonly string[] | undefined;
  /** Most rows that are sent together. */
  readonly batchSize?: number | undefined;
  /**
   * What a system that does the same request only once is told of the request that begins with a row, 0 being the first of the
   * insert; undefined: something new each time. Of systems that have such a thing.
   */
  readonly requestKey?: ((row: number) => string) | undefined;
  /** Told after each batch, in the order of the rows. */
  readonly onBatch?: ((outcome: BatchOutcome) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What became of rows that were sent together. */
export interface BatchOutcome {
  readonly sent: number;
  readonly written: number;
  readonly skipped: number;
  /** Of systems where each row has its own outcome. */
  readonly failures: readonly RowFailure[];
  /** With `returning`, one for each row that was written. */
  readonly returned: Rows;
  /** Rows of the batch that never left, from the first row of the whole insert; undefined: none. */
  readonly unsent?: readonly number[];
}

export interface RowFailure {
  /** From the first row of the whole insert, which is 0. */
  readonly row: number;
  /** Of HTTP, where there is one. */
  readonly status: number | null;
  /** Shows no value of the row. */
  readonly message: string;
  /** Whether it is not known if the row was kept all the same; undefined: it was not. */
  readonly isOpen?: boolean;
}

export interface InsertReport {
  readonly sent: number;
  readonly written: number;
  readonly skipped: number;
  readonly failed: number;
  /** The first hundred. */
  readonly failures: readonly RowFailure[];
}

/** A template, and what of the description is not in it. */
export interface TableTemplate {
  readonly document: TemplateDocument;
  readonly notices: readonly SchemaNotice[];
}

/** One connection that is open and signed in. Calls are made one after the other. */
export interface Session {
  /** Asks the system for something harmless. @throws ConnectionError */
  verify(): Promise<ServerInfo>;
  /** All tables that can be seen. */
  introspect(): Promise<DatabaseSchema>;
  /** One table. @throws ConnectionError not_found */
  describe(table: TableName): Promise<Table>;
  /** A template that makes rows of a table, of systems that say more of them than columns can; undefined: they do not of this one. */
  template?(table: TableName): Promise<TableTemplate | undefined>;
  /** Counts rows, exactly. */
  count(table: TableName): Promise<number>;
  /** The greatest value of a column; null where there is none. Of relational systems. */
  greatest?(table: TableName, column: string): Promise<Value>;
  /**
   * Has the counter that gives values to a column go on behind a number, and never back. Does nothing where a column has no
   * counter, or where the counter follows the rows by itself. Not undone with a transaction.
   */
  advance?(table: TableName, column: string, last: bigint): Promise<void>;
  /**
   * Which of these keys there are in a table, in no order, each as often as it is there. All have the same columns. Of systems that
   * can be asked for many at a time.
   */
  find?(table: TableName, keys: Rows, signal?: AbortSignal): Promise<Rows>;
  /** Rows as they come, in batches; leaving the loop ends the query. */
  read(query: ReadQuery): AsyncIterable<Rows>;
  /**
   * The rows with these keys, as those left them who wrote last, in batches. Until the transaction ends that is open nobody else changes
   * or removes them, or has a row refer to them. Of systems that can hold rows so.
   * @throws ConnectionError busy, when others do not let go of them in time
   */
  hold?(query: HoldQuery): AsyncIterable<Rows>;
  /** What a path answers, whole, page by page; leaving the loop ends it. Of systems whose answers are JSON of any shape. */
  documents?(query: Pick<ReadQuery, 'table' | 'filter' | 'signal'>): AsyncIterable<Value>;
  /**
   * Rows of a query in the system's own language that does nothing but read, at most `limit`. Of systems with such a language.
   * @throws ConnectionError read_only, when it may do more than that
   */
  query?(text: string, options: QueryOptions): Promise<Rows>;
  /**
   * Puts rows into a table. A batch is written as a whole or not at all, but where rows have outcomes of their own.
   * @throws ConnectionError whose `written` says how many rows were kept before; read_only
   */
  insert(table: TableName, rows: AsyncIterable<Rows> | Iterable<Rows>, options?: InsertOptions): Promise<InsertReport>;
  /** Removes the rows with these keys. @returns how many were there */
  remove(table: TableName, keys: AsyncIterable<Rows> | Iterable<Rows>): Promise<number>;
  /**
   * Makes the indexes that are missing where rows refer to those of some tables, so that removing many does not look through all rows that
   * may refer to each. What the system refuses is left out. Of systems that look row by row and need no such index.
   * @returns removes them again
   */
  indexReferences?(tables: readonly TableName[]): Promise<() => Promise<void>>;
  /** Keeps all that is written in `run`, or nothing of it. Only with the capability `transactions`. */
  transaction<T>(run: () => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Which keys between tables `deferKeys` puts off: those that are declared so (`isDeferrable`), or all of them; undefined: the system
   * always checks at once.
   */
  readonly lateKeys?: 'declared' | 'all';
  /**
   * Has keys from and to some tables checked at the end of the transaction that is open, and not with each statement. Rows that refer
   * to rows that go are then neither removed nor changed with them.
   * @param also keys that are not declared so, and are made so until the end: in systems that put off only what is declared
   */
  deferKeys?(tables: readonly TableName[], also?: readonly KeyName[]): Promise<void>;
  /** Checks what was put off now, and from here on at once again. @throws ConnectionError constraint */
  checkKeys?(): Promise<void>;
  /**
   * Removes all rows of tables, also where they refer to each other, in the transaction that is open. Where rows of others refer to
   * them it is refused, at the end of the transaction at the latest.
   */
  empty?(tables: readonly TableName[]): Promise<void>;
  /** How many rows have a foreign key without nulls that leads to no row. */
  orphans?(table: TableName, key: ForeignKey): Promise<number>;
  /** What tells the database from all others, however it is reached. */
  identity?(): Promise<string>;
  /** The schema that is the database itself, of systems whose schemas are databases: a copy of it has another name there. */
  readonly home?: string;
  /**
   * Makes sure that no other transaction which claimed this name is open any more, and that none goes on behind this one: one that
   * does not end by itself is ended. Holds at least until the transaction ends that is open now. Of systems that have such locks and
   * leave each user to end its own sessions.
   * @throws ConnectionError timeout, when the other does not end
   */
  claim?(name: string, signal?: AbortSignal): Promise<void>;
  /** Whether `copy` may write into a table: there are views, and tables whose rows are guarded, that take rows and no copy. Only with `copy`. */
  takesCopy?(table: TableName): Promise<boolean>;
  /** Puts CSV without a header (RFC 4180, an empty field is null, an empty text is quoted) into columns. Only with `copy`. */
  copy?(
    table: TableName,
    columns: readonly string[],
    csv: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    options?: CopyOptions,
  ): Promise<number>;
  /** Sends a statement in the system's own language. Only with `execute`. */
  execute?(statement: string, parameters?: readonly Value[]): Promise<Rows>;
  /** Puts one row with those that belong to it (navigation properties). Only with `deepInsert`. @returns what was made */
  insertDeep?(table: TableName, row: Row): Promise<Row>;
  close(): Promise<void>;
}

export interface CopyOptions {
  readonly onProgress?: ((bytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}
