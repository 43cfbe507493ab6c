import { ConnectionError } from '../connection-error.ts';
import type { Column, DatabaseSchema, Table, TableName } from '../schema/schema.ts';
import type { ServerInfo } from '../session.ts';
import type { InsertRequest, RawRows, SqlConnection, SqlResult } from '../sql/sql-connection.ts';
import type { Statement } from '../sql/statement.ts';
import { deleteStatement, holdStatement, quoteTable } from '../sql/statements.ts';
import { takingBack } from '../sql/taking-back.ts';
import type { Rows } from '../value.ts';
import { advance } from './advance.ts';
import { claim } from './claim.ts';
import type { MysqlConfig } from './config.ts';
import { databaseIdentity } from './database-identity.ts';
import { dialect } from './dialect.ts';
import { filled } from './filled.ts';
import { insertRows } from './insert-rows.ts';
import { type InsertPart, insertTexts } from './insert-text.ts';
import { introspect } from './introspect.ts';
import { checkKeys, KEYS_OFF, KEYS_ON } from './late-keys.ts';
import type { Answer, MysqlClient } from './mysql-client.ts';
import type { Query } from './query.ts';
import { refersToItself, removeInOrder } from './remove-in-order.ts';
import { decodedRows, parameterOf } from './result-values.ts';
import type { ServerFacts } from './server-facts.ts';
import { serverInfo } from './server-info.ts';
import { settingsOf } from './session-settings.ts';
import { translateError } from './translate-error.ts';

/** How long a server has to end what it was asked to end, before the connection is cut. */
const CANCEL_MS = 5000;

/** First words of statements that only read; of MariaDB's `ANALYZE` and `EXPLAIN ANALYZE` none changes a row but the first. */
const READS = /^[\s(]*(?:select|with|values|table|show|explain|describe|desc)\b/i;
/** A transaction for reading does not keep the server from writing files. */
const WRITES_FILES = /\b(?:outfile|dumpfile)\b/i;

export interface MysqlConnectionOptions {
  readonly config: MysqlConfig;
  readonly facts: ServerFacts;
  readonly readOnly: boolean;
  /** Asks the server, over another connection, to end what this one is doing. */
  readonly cancel: () => Promise<void>;
}

/** One connection to a server of MySQL or MariaDB, over `mysql2`. */
export class MysqlConnection implements SqlConnection {
  readonly #client: MysqlClient;
  readonly #options: MysqlConnectionOptions;
  readonly #ready = new WeakMap<InsertRequest, readonly InsertPart[]>();
  #isInTransaction = false;
  /** Whether something failed in the transaction; a deadlock has ended it then, and what came after would be kept alone. */
  #hasFailed = false;
  /** Whether somebody's own statement may have changed the settings of the session. */
  #isUnset = false;
  /** Tables whose foreign keys are checked at the end of the transaction; undefined: none is put off. */
  #late: readonly TableName[] | undefined;
  /** Whether the transaction waits for others as long as it was told to, and not as the server is set. */
  #isHurried = false;
  readonly translate = translateError;
  readonly lateKeys = 'all';
  readonly home: string;

  constructor(client: MysqlClient, options: MysqlConnectionOptions) {
    this.home = options.config.database;
    this.#client = client;
    this.#options = options;
  }

  readonly #query: Query = async (text) =>
    (await this.#ask(text)).rows.map((row) => row.map((value) => (value === null ? null : String(value))));

  info(): Promise<ServerInfo> {
    return serverInfo(this.#query, this.#options.facts);
  }

  introspect(): Promise<DatabaseSchema> {
    return this.#client.limited(() => introspect(this.#query, this.#options.facts, this.#options.config.schemas));
  }

  async describe({ schema, name }: TableName): Promise<Table | undefined> {
    const { facts, config } = this.#options;
    const found = await introspect(this.#query, facts, [schema === '' ? (config.schemas[0] ?? '') : schema], name);
    return found.tables[0];
  }

  async run(statement: Statement, signal?: AbortSignal): Promise<SqlResult> {
    const { rows, affected } = await this.#ask(filled(statement), signal);
    return { rows, affected };
  }

  async *stream(statement: Statement, size: number, signal?: AbortSignal): AsyncGenerator<RawRows> {
    await this.#setAgain();
    let ending: Promise<void> | undefined;
    const end = (): Promise<void> => {
      ending ??= this.#kill();
      return ending;
    };
    const abort = (): void => void end();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      yield* this.#client.stream(filled(statement), size, end);
    } catch (error) {
      this.#hasFailed = this.#isInTransaction;
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
      if (ending !== undefined) await this.#afterKill(ending);
    }
  }

  /** The statements of an insert, while the server is at the one before. */
  prepare(request: InsertRequest): void {
    this.#ready.set(request, insertTexts(request, [], this.#options.facts.maxPacket));
  }

  insert(request: InsertRequest, signal?: AbortSignal): Promise<SqlResult> {
    const ready = this.#ready.get(request);
    return insertRows((text) => this.#ask(text, signal), this.#options.facts, request, ready);
  }

  async remove(table: Table, columns: readonly Column[], keys: RawRows): Promise<SqlResult> {
    const statement = refersToItself(table)
      ? removeInOrder(table, columns, keys)
      : deleteStatement(dialect, table, columns, keys);
    return await this.run(statement);
  }

  async holding(table: Table, wanted: readonly Column[], key: readonly Column[], keys: RawRows): Promise<Statement> {
    return holdStatement(dialect, table, wanted, key, keys);
  }

  async waitAtMost(ms: number): Promise<void> {
    const seconds = Math.ceil(ms / 1000);
    await this.#query(`SET SESSION innodb_lock_wait_timeout = ${seconds}, SESSION lock_wait_timeout = ${seconds}`);
    this.#isHurried = true;
  }

  async advance(table: Table, column: Column, last: bigint): Promise<void> {
    // It would keep what the transaction holds.
    if (!this.#isInTransaction) await advance(this.#query, this.#options.facts, table, column, last);
  }

  async deferKeys(tables: readonly TableName[]): Promise<void> {
    await this.#query(KEYS_OFF);
    this.#late = [...(this.#late ?? []), ...tables];
  }

  async checkKeys(): Promise<void> {
    const late = this.#late;
    if (late === undefined) return;
    const names = new Map(late.map((table) => [JSON.stringify([table.schema, table.name]), table]));
    await checkKeys(this.#query, [...names.values()]);
    await this.#keysOn();
  }

  async empty(tables: readonly TableName[]): Promise<void> {
    // TRUNCATE would keep what the transaction holds.
    await this.deferKeys(tables);
    for (const table of tables) await this.#query(`DELETE FROM ${quoteTable(dialect, table)}`);
  }

  identity(): Promise<string> {
    return databaseIdentity(this.#query, this.#options.facts);
  }

  claim(name: string, signal?: AbortSignal): Promise<void> {
    return claim(this.#query, name, signal);
  }

  async begin(): Promise<void> {
    await this.#ask(`START TRANSACTION${this.#options.readOnly ? ' WITH CONSISTENT SNAPSHOT, READ ONLY' : ''}`);
    this.#isInTransaction = true;
    this.#hasFailed = false;
  }

  async commit(): Promise<void> {
    if (this.#hasFailed) {
      await this.rollback();
      throw new ConnectionError('constraint', 'nothing of the transaction was kept, since something in it had failed');
    }
    await this.checkKeys();
    this.#isInTransaction = false;
    await this.#client.query('COMMIT');
    // What was kept stays so: who comes next is told of a connection that broke.
    await this.#patient().catch(() => undefined);
  }

  async rollback(): Promise<void> {
    this.#isInTransaction = false;
    this.#hasFailed = false;
    await this.#client.query('ROLLBACK');
    await this.#keysOn();
    await this.#patient();
  }

  async #patient(): Promise<void> {
    if (!this.#isHurried) return;
    this.#isHurried = false;
    await this.#client.query('SET SESSION innodb_lock_wait_timeout = DEFAULT, SESSION lock_wait_timeout = DEFAULT');
  }

  async #keysOn(): Promise<void> {
    if (this.#late === undefined) return;
    await this.#client.query(KEYS_ON);
    this.#late = undefined;
  }

  async execute({ text, parameters }: Statement, signal?: AbortSignal): Promise<Rows> {
    const { readOnly } = this.#options;
    if (readOnly && (!READS.test(text) || WRITES_FILES.test(text))) {
      throw new ConnectionError(
        'read_only',
        'this connection is for reading only: it takes SELECT, WITH, VALUES, TABLE, SHOW, EXPLAIN and DESCRIBE, and writes no files',
      );
    }
    const run = async (): Promise<Rows> => {
      try {
        await this.#setAgain();
        const ask = () => this.#failing(() => this.#client.decoded(text, parameters.map(parameterOf)));
        const answer = await this.#ended(ask, signal);
        return decodedRows(answer.fields, answer.rows);
      } finally {
        this.#isUnset = true;
      }
    };
    return await (readOnly && !this.#isInTransaction ? takingBack(this, run) : run());
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** Sends a statement, and has the server end it when the signal says so. */
  async #ask(text: string, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted();
    await this.#setAgain();
    return await this.#ended(() => this.#failing(() => this.#client.query(text)), signal);
  }

  async #ended(ask: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted();
    let ending: Promise<void> | undefined;
    const abort = (): void => {
      ending = this.#kill();
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await ask();
    } finally {
      signal?.removeEventListener('abort', abort);
      if (ending !== undefined) await this.#afterKill(ending);
    }
  }

  /** As in other systems, nothing goes on in a transaction in which something failed. */
  async #failing(run: () => Promise<Answer>): Promise<Answer> {
    if (this.#hasFailed) {
      throw new ConnectionError('protocol', 'something in this transaction has failed: nothing more is done in it');
    }
    try {
      const answer = await run();
      if (!this.#isInTransaction || answer.isInTransaction !== false) return answer;
      throw new ConnectionError('protocol', 'the statement ended the transaction: what came before it is kept', {
        hint: 'statements that change tables (CREATE, ALTER, DROP, TRUNCATE) keep what came before them: send them outside',
      });
    } catch (error) {
      this.#hasFailed = this.#isInTransaction;
      throw error;
    }
  }

  /** Literals are read as the settings say: a session goes on with its own. */
  async #setAgain(): Promise<void> {
    if (!this.#isUnset) return;
    for (const statement of settingsOf(this.#options.readOnly))
      await this.#failing(() => this.#client.query(statement));
    if (this.#late !== undefined) await this.#failing(() => this.#client.query(KEYS_OFF));
    this.#isUnset = false;
  }

  async #kill(): Promise<void> {
    const cut = (): void =>
      this.#client.cut(new ConnectionError('broken', 'the server did not end a statement in time'));
    const timer = setTimeout(cut, CANCEL_MS);
    try {
      await this.#options.cancel();
    } catch {
      cut();
    } finally {
      clearTimeout(timer);
    }
  }

  /** An order to end what has ended already would hit the next statement: here is one for it. */
  async #afterKill(ending: Promise<void>): Promise<void> {
    await ending;
    if (!this.#client.isLost) await this.#client.query('DO 0').catch(() => undefined);
  }
}
