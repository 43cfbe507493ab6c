import type { ConnectionError } from '../connection-error.ts';
import type { Column, DatabaseSchema, Table, TableName } from '../schema/schema.ts';
import type { CopyOptions, OnConflict, ServerInfo, Session } from '../session.ts';
import type { Value } from '../value.ts';
import type { Statement } from './statement.ts';

/** Rows as the driver gives them: values in the order of the columns that were asked for. */
export type RawRows = readonly (readonly unknown[])[];

export interface SqlResult {
  readonly rows: RawRows;
  /** Rows that were inserted, changed or removed. */
  readonly affected: number;
}

/** Rows that all give the same columns, on their way into a table. */
export interface InsertRequest {
  readonly table: Table;
  /** None: a row of defaults. */
  readonly columns: readonly Column[];
  /** In the order of `columns`, as `Dialect.toDriver` made them. */
  readonly rows: RawRows;
  readonly onConflict: OnConflict;
  /** What tells rows apart, for `skip` and `update`; none: whatever the table has. No two of the rows are the same in it. */
  readonly key: readonly Column[];
  readonly returning: readonly Column[];
}

/**
 * One connection to a relational system: what its driver can do, with nothing decided yet. `SqlSession` calls one thing at a
 * time. Errors may be the driver's own: the session has them translated.
 */
export interface SqlConnection {
  info(): Promise<ServerInfo>;
  introspect(): Promise<DatabaseSchema>;
  /** @returns undefined: there is none */
  describe(name: TableName): Promise<Table | undefined>;
  run(statement: Statement, signal?: AbortSignal): Promise<SqlResult>;
  /** Rows as they come, at most `size` at a time; leaving the loop ends the query. */
  stream(statement: Statement, size: number, signal?: AbortSignal): AsyncIterable<RawRows>;
  /** What `insert` would do with rows before it asks the system, done while the system is at the rows before; `insert` looks it up. */
  prepare?(request: InsertRequest): void;
  /** Writes rows, in a transaction that the session began. @returns `affected` without rows that were left out; `rows`: what is returning */
  insert(request: InsertRequest, signal?: AbortSignal): Promise<SqlResult>;
  /** Removes rows by keys that have null in the same columns, where the system has a better way than `deleteStatement`. */
  remove?(table: Table, columns: readonly Column[], keys: RawRows): Promise<SqlResult>;
  /** The query that holds rows by keys which have null in the same columns; see `Session.hold`. */
  holding?(table: Table, wanted: readonly Column[], key: readonly Column[], keys: RawRows): Promise<Statement>;
  /** Has what waits for others wait no longer than this, until the transaction ends that the session began. Only with `holding`. */
  waitAtMost?(ms: number): Promise<void>;
  /** See `Session.indexReferences`. */
  indexReferences?(tables: readonly TableName[]): Promise<() => Promise<void>>;
  /** See `Session.advance`. */
  advance?(table: Table, column: Column, last: bigint): Promise<void>;
  /** See `Session`; all in a transaction that the session began. */
  readonly lateKeys?: NonNullable<Session['lateKeys']>;
  readonly deferKeys?: NonNullable<Session['deferKeys']>;
  readonly checkKeys?: NonNullable<Session['checkKeys']>;
  readonly empty?: NonNullable<Session['empty']>;
  /** See `Session`. */
  readonly identity?: NonNullable<Session['identity']>;
  readonly home?: NonNullable<Session['home']>;
  /** See `Session.claim`. */
  claim?(name: string, signal?: AbortSignal): Promise<void>;
  begin(): Promise<void>;
  /** @throws when what was written is not kept: also where the system only says so in passing */
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** See `Session.takesCopy`. */
  takesCopy?(table: Table): Promise<boolean>;
  /** See `Session.copy`; in a transaction that the session began. */
  copy?(
    table: Table,
    columns: readonly Column[],
    csv: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    options: CopyOptions,
  ): Promise<number>;
  /** See `Session.execute`. */
  execute(statement: Statement, signal?: AbortSignal): Promise<readonly Readonly<Record<string, Value>>[]>;
  /** The driver's error in the words of connections. */
  translate(error: unknown): ConnectionError;
  close(): Promise<void>;
}
