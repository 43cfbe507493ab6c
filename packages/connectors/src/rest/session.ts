import { Notices, TemplateMaker } from '@datamaker/engine/import';
import { ConnectionError } from '../connection-error.ts';
import { beneath, shown } from '../http/base-url.ts';
import type { HttpClient } from '../http/http-client.ts';
import { type HttpAnswer, textOf } from '../http/http-request.ts';
import { insertRows } from '../http/insert-rows.ts';
import { problemOfStatus } from '../http/problem-of-status.ts';
import { rowBatches } from '../http/row-batches.ts';
import type { DatabaseSchema, Table, TableName } from '../schema/schema.ts';
import type { InsertOptions, InsertReport, ReadQuery, ServerInfo, Session, TableTemplate } from '../session.ts';
import type { Row, Rows, Value } from '../value.ts';
import type { RestConfig } from './config.ts';
import { keyOfRemoval } from './key-of-removal.ts';
import { type DescribedOperation, readOpenApi } from './read-openapi.ts';
import { readDocuments, readRows } from './read-rows.ts';
import { urlOfRemoval } from './removal.ts';
import { RowSender } from './send-rows.ts';
import { operationTarget, plainTarget } from './target.ts';

/** Rows that are counted before anybody is told, and that go into one body in batch mode. */
const BATCH = { row: 500, batch: 100 } as const;

/** A REST system: its tables are paths beneath its URL. */
export class RestSession implements Session {
  readonly #config: RestConfig;
  readonly #client: HttpClient;
  readonly #readOnly: boolean;
  #known: readonly DescribedOperation[] | undefined;

  constructor(config: RestConfig, client: HttpClient, readOnly: boolean) {
    this.#config = config;
    this.#client = client;
    this.#readOnly = readOnly;
  }

  /** HEAD, then OPTIONS, then GET, until one of them is known to the system. */
  async verify(): Promise<ServerInfo> {
    const url = beneath(this.#config.url, this.#config.options.verifyPath ?? '');
    let answer: HttpAnswer | undefined;
    let method = '';
    for (method of ['HEAD', 'OPTIONS', 'GET']) {
      answer = await this.#client.send({ method, url });
      if (answer.status < 400 || answer.status === 401 || answer.status === 403) break;
    }
    const status = answer?.status ?? 0;
    if (status >= 400) {
      throw new ConnectionError(problemOfStatus(status), `${shown(url)} answers ${status} to ${method}`, {
        hint:
          status === 404
            ? 'options.verifyPath can name a path that answers'
            : 'check the kind of auth and what it says',
      });
    }
    const server = answer?.headers['server']?.replace(/[^\x20-\x7e]/g, '').slice(0, 100);
    return {
      product: 'REST',
      version: '',
      notes: [`it answers ${status} to ${method}`, ...(server === undefined ? [] : [`it says that it is ${server}`])],
    };
  }

  /** What the OpenAPI document says of paths; without one nothing is known but the path of the connection. */
  async introspect(): Promise<DatabaseSchema> {
    const { path, openapi } = this.#config.options;
    if (openapi === undefined) {
      return { tables: path === undefined ? [] : [unknownTable({ schema: '', name: path })], notices: [] };
    }
    const { tables, notices } = await this.#readDocument(openapi);
    return { tables, notices };
  }

  /** A template of rows for an operation that the OpenAPI document describes, with what is inside of objects. */
  async template(table: TableName): Promise<TableTemplate | undefined> {
    const found = (await this.#operations()).find((one) => isAt(one.table, table));
    if (found === undefined) return undefined;
    const notices = new Notices();
    const entity = { name: found.table.name, place: {}, columns: found.columns };
    const document = await new TemplateMaker(notices, false).template(entity);
    return (
      document && {
        document,
        notices: notices.list().map(({ subject, message }) => ({ subject: subject ?? '', message })),
      }
    );
  }

  async #readDocument(openapi: string): Promise<ReturnType<typeof readOpenApi>> {
    const url = URL.parse(openapi) ?? beneath(this.#config.url, openapi);
    const answer = await this.#client.send({
      method: 'GET',
      url,
      headers: { accept: 'application/json, application/yaml' },
    });
    if (answer.status === 200) {
      const read = readOpenApi(textOf(answer));
      this.#known = read.operations;
      return read;
    }
    throw new ConnectionError(problemOfStatus(answer.status), `${shown(url)} answers ${answer.status}`, {
      hint: 'options.openapi names the OpenAPI document of the system',
    });
  }

  async describe(table: TableName): Promise<Table> {
    const { tables } = await this.introspect();
    return tables.find((one) => isAt(one, table)) ?? unknownTable(table);
  }

  async count(table: TableName): Promise<number> {
    let count = 0;
    for await (const rows of this.read({ table })) count += rows.length;
    return count;
  }

  documents({ table, filter, signal }: Pick<ReadQuery, 'table' | 'filter' | 'signal'>): AsyncIterable<Value> {
    return readDocuments(this.#client, this.#config.options, this.#filtered(table, filter), signal);
  }

  async *read(query: ReadQuery): AsyncGenerator<Rows> {
    const url = this.#filtered(query.table, query.filter);
    for (const { column, is, value } of query.where ?? []) {
      const isPlain = ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
      if (is !== '=' || !isPlain) throw unable('a REST system is asked for equal values only: use `filter`');
      url.searchParams.append(column, String(value));
    }
    if (query.orderBy !== undefined && query.orderBy.length > 0)
      throw unable('a REST system orders rows by `filter` only');
    yield* readRows(this.#client, this.#config.options, url, query);
  }

  async insert(
    table: TableName,
    rows: AsyncIterable<Rows> | Iterable<Rows>,
    options: InsertOptions = {},
  ): Promise<InsertReport> {
    this.#refuseIfReadOnly();
    if (options.onConflict === 'update') throw unable('a REST system does not change rows that are there already');
    const { operation } = (await this.#operations()).find((one) => isAt(one.table, table))?.table ?? {};
    const target =
      operation === undefined ? plainTarget(this.#config, table) : operationTarget(this.#config, operation);
    const sender = new RowSender(this.#client, this.#config, target, options);
    const batchSize = options.batchSize ?? BATCH[target.mode];
    // Rows that are requests by themselves are on their way together within a batch.
    const abreast = target.mode === 'batch' ? this.#config.options.concurrency : 1;
    return insertRows(rows, { ...options, batchSize, abreast }, (batch) => sender.send(batch));
  }

  /** As the connection says it, else DELETE of the path with the key behind it. */
  async remove(table: TableName, keys: AsyncIterable<Rows> | Iterable<Rows>): Promise<number> {
    this.#refuseIfReadOnly();
    let count = 0;
    for await (const batch of rowBatches(keys, 100)) {
      for (const row of batch) {
        const { method, url } = this.#removalOf(table, row);
        const { status } = await this.#client.send({ method, url });
        if (status >= 200 && status < 300) count++;
        else if (status !== 404 && status !== 410) {
          throw new ConnectionError(problemOfStatus(status), `it does not remove a row (${status})`, {
            written: count,
          });
        }
      }
    }
    return count;
  }

  #removalOf(table: TableName, row: Row): { readonly method: string; readonly url: URL } {
    const { url: base, options } = this.#config;
    if (options.delete !== undefined) {
      const { method } = options.delete;
      return { method, url: urlOfRemoval(options.delete, base, row[keyOfRemoval(options.delete)]) };
    }
    const [key, ...more] = Object.values(row);
    if (more.length > 0 || !['string', 'number', 'bigint'].includes(typeof key) || /^\.{0,2}$/.test(String(key))) {
      throw unable('rows are removed by a key of one part, which is a text or a number');
    }
    const url = this.#urlOf(table);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(String(key))}`;
    return { method: 'DELETE', url };
  }

  transaction(): Promise<never> {
    return Promise.reject(unable('a REST system has no transactions'));
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** What the OpenAPI document says, asked for once; nothing where there is none. */
  async #operations(): Promise<readonly DescribedOperation[]> {
    const { openapi } = this.#config.options;
    if (this.#known === undefined && openapi !== undefined) await this.#readDocument(openapi);
    return this.#known ?? [];
  }

  #filtered(table: TableName, filter = ''): URL {
    const url = this.#urlOf(table);
    for (const [name, value] of new URLSearchParams(filter)) url.searchParams.append(name, value);
    return url;
  }

  #urlOf({ name }: TableName): URL {
    return beneath(this.#config.url, name === '' ? (this.#config.options.path ?? '') : name);
  }

  #refuseIfReadOnly(): void {
    if (this.#readOnly) throw new ConnectionError('read_only', 'the connection is for reading only');
  }
}

/** Whether two names are of one path, with a slash before it or without. */
const isAt = (one: TableName, other: TableName): boolean =>
  one.name.replace(/^\//, '') === other.name.replace(/^\//, '');

/** A path of which nothing is known. */
const unknownTable = ({ schema, name }: TableName): Table => ({
  schema,
  name,
  comment: null,
  columns: [],
  primaryKey: null,
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  rowEstimate: null,
  isOpen: true,
});

const unable = (message: string): ConnectionError => new ConnectionError('invalid_config', message);
