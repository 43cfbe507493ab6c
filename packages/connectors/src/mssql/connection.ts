import type { Socket } from 'node:net';
import type { Connection } from 'tedious';
import { ConnectionError } from '../connection-error.ts';
import type { Column, DatabaseSchema, Table, TableName } from '../schema/schema.ts';
import type { ServerInfo } from '../session.ts';
import { AnswerWatch } from '../sql/answer-watch.ts';
import { assertReadsOnly } from '../sql/assert-reads-only.ts';
import { brokenIfLost } from '../sql/broken-if-lost.ts';
import { endedBy } from '../sql/ended-by.ts';
import type { InsertRequest, RawRows, SqlConnection, SqlResult } from '../sql/sql-connection.ts';
import type { Statement } from '../sql/statement.ts';
import { deleteStatement } from '../sql/statements.ts';
import { takingBack } from '../sql/taking-back.ts';
import { withoutTwins } from '../sql/without-twins.ts';
import type { Rows, Value } from '../value.ts';
import { ask, type ResultSet, streamRows } from './ask.ts';
import type { MssqlConfig } from './config.ts';
import { dialect } from './dialect.ts';
import { insertWithOutcome } from './insert-statement.ts';
import { introspect, type TableFacts } from './introspect.ts';
import { ownParameter } from './own-parameter.ts';
import type { MssqlParameter } from './parameter.ts';
import { resultValue } from './result-value.ts';
import { serverInfo } from './server-info.ts';
import { translateError } from './translate-error.ts';

export interface MssqlConnectionOptions {
  readonly config: MssqlConfig;
  readonly readOnly: boolean;
}

/** One connection to a SQL Server, over `tedious`. */
export class MssqlConnection implements SqlConnection {
  readonly #client: Connection;
  readonly #socket: Socket;
  readonly #options: MssqlConnectionOptions;
  readonly #facts = new WeakMap<Table, TableFacts>();
  #isInTransaction = false;
  readonly #watch: AnswerWatch;

  constructor(client: Connection, socket: Socket, options: MssqlConnectionOptions) {
    this.#client = client;
    this.#socket = socket;
    this.#options = options;
    this.#watch = new AnswerWatch({ socket, idleTimeoutMs: options.config.idleTimeoutMs, cut: () => socket.destroy() });
  }

  readonly translate = (error: unknown): ConnectionError =>
    brokenIfLost(error, translateError(error), { why: this.#watch.why, isLost: this.#isLost() });

  info(): Promise<ServerInfo> {
    return serverInfo(this.#query, this.#options.config);
  }

  async introspect(): Promise<DatabaseSchema> {
    const { tables, notices } = await this.#watch.asking(() => introspect(this.#query, this.#options.config.schemas));
    return { tables, notices };
  }

  async describe({ schema, name }: TableName): Promise<Table | undefined> {
    const place = schema === '' ? (this.#options.config.schemas[0] ?? '') : schema;
    const { tables, facts } = await introspect(this.#query, [place], name);
    const [table] = tables;
    const known = table === undefined ? undefined : facts.get(table);
    if (table !== undefined && known !== undefined) this.#facts.set(table, known);
    return table;
  }

  async run(statement: Statement, signal?: AbortSignal): Promise<SqlResult> {
    const results = await this.#ask(statement, signal);
    return { rows: results.at(-1)?.rows ?? [], affected: 0 };
  }

  async *stream(statement: Statement, size: number, signal?: AbortSignal): AsyncGenerator<RawRows> {
    signal?.throwIfAborted();
    const stop = this.#stopping(signal);
    const rows = streamRows(this.#client, statement, size);
    try {
      for (;;) {
        const next = await this.#watch.asking(() => rows.next());
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await this.#watch.asking(() => rows.return(undefined)).finally(stop);
    }
  }

  async insert(request: InsertRequest, signal?: AbortSignal): Promise<SqlResult> {
    this.#mayBeKept();
    const facts = this.#facts.get(request.table);
    const made = request.columns.find(({ name }) => facts?.made.has(name));
    if (made !== undefined) {
      const name = `${request.table.name}.${made.name}`;
      throw new ConnectionError('value', `the column ${name} is made by the server: no value can be given`, {
        hint: 'leave the column out',
      });
    }
    const rows = withoutTwins(request, (value) => String((value as MssqlParameter).value));
    const results = await this.#ask(insertWithOutcome({ ...request, rows }, facts?.identity), signal);
    const affected = Number(results.at(-1)?.rows[0]?.[0]);
    return { rows: request.returning.length === 0 ? [] : (results.at(-2)?.rows ?? []), affected };
  }

  async remove(table: Table, columns: readonly Column[], keys: RawRows): Promise<SqlResult> {
    this.#mayBeKept();
    const { text, parameters } = deleteStatement(dialect, table, columns, keys);
    // Triggers tell how many rows they change as well, but not in here.
    const counted = `SET NOCOUNT ON;\n${text};\nSELECT CAST(@@ROWCOUNT AS bigint) AS [removed];`;
    const results = await this.#ask({ text: counted, parameters });
    return { rows: [], affected: Number(results.at(-1)?.rows[0]?.[0]) };
  }

  async begin(): Promise<void> {
    await this.#called((done) => this.#client.beginTransaction(done));
    this.#isInTransaction = true;
  }

  async commit(): Promise<void> {
    this.#mayBeKept();
    this.#isInTransaction = false;
    await this.#called((done) => this.#client.commitTransaction(done));
  }

  async rollback(): Promise<void> {
    this.#isInTransaction = false;
    if (this.#serverIsInTransaction()) await this.#called((done) => this.#client.rollbackTransaction(done));
  }

  async execute({ text, parameters }: Statement): Promise<Rows> {
    const { readOnly } = this.#options;
    if (readOnly) assertReadsOnly(text, { nestedComments: true, brackets: true });
    const run = async (): Promise<Rows> => {
      const values = parameters.map((value) => ownParameter(value as Value));
      const [result] = await this.#ask({ text, parameters: values });
      return result === undefined ? [] : rowsOf(result);
    };
    return await (readOnly && !this.#isInTransaction ? takingBack(this, run) : run());
  }

  async close(): Promise<void> {
    this.#client.close();
    this.#socket.destroy();
  }

  readonly #query = async <Row>(text: string, values: readonly (string | null)[] = []): Promise<Row[]> => {
    const parameters = values.map((value) => (value === null ? null : { type: 'text', value }));
    const [result] = await this.#ask({ text, parameters });
    if (result === undefined) return [];
    return result.rows.map(
      (cells) => Object.fromEntries(result.columns.map(({ colName }, i) => [colName, cells[i]])) as Row,
    );
  };

  async #ask(statement: Statement, signal?: AbortSignal): Promise<readonly ResultSet[]> {
    signal?.throwIfAborted();
    const stop = this.#stopping(signal);
    try {
      return await this.#watch.asking(() => ask(this.#client, statement));
    } finally {
      stop();
    }
  }

  /** Has the server end what it does when the signal says so. @returns to be called when it is done */
  #stopping(signal: AbortSignal | undefined): () => void {
    return endedBy(
      signal,
      () => {
        this.#client.cancel();
      },
      () => this.#socket.destroy(),
    );
  }

  #called(call: (done: (error?: Error | null) => void) => void): Promise<void> {
    return this.#watch.asking(
      () => new Promise<void>((resolve, reject) => call((error) => (error ? reject(error) : resolve()))),
    );
  }

  /** The server ends some transactions by itself, of a deadlock or a trigger; what came then would be kept at once. */
  #mayBeKept(): void {
    if (!this.#isInTransaction || this.#serverIsInTransaction() || this.#isLost()) return;
    throw new ConnectionError('constraint', 'nothing of the transaction was kept, since something in it had failed');
  }

  #serverIsInTransaction(): boolean {
    return (this.#client as unknown as { readonly inTransaction: boolean }).inTransaction;
  }

  #isLost(): boolean {
    return this.#socket.destroyed || (this.#client as unknown as { readonly closed: boolean }).closed;
  }
}

const rowsOf = ({ columns, rows }: ResultSet): Rows =>
  rows.map((cells) => Object.fromEntries(columns.map((column, i) => [column.colName, resultValue(cells[i], column)])));
