import { ConnectionError } from '../connection-error.ts';
import { eachAtOnce } from '../http/each-at-once.ts';
import { textOf } from '../http/http-request.ts';
import { insertRows } from '../http/insert-rows.ts';
import { toJson } from '../http/json.ts';
import { rowBatches } from '../http/row-batches.ts';
import type { DatabaseSchema, Table, TableName } from '../schema/schema.ts';
import type { InsertOptions, InsertReport, ReadQuery, ServerInfo, Session } from '../session.ts';
import type { Row, Rows } from '../value.ts';
import type { ODataOptions } from './config.ts';
import { etagOf, fromEntity, pathOfKey, toEntity } from './entity.ts';
import type { EntitySet, ODataModel } from './metadata/model.ts';
import { toSchema, toTable } from './metadata/to-schema.ts';
import { acceptOf, queryOptions, readEntities } from './read-entities.ts';
import { contentTypeOf, EntitySender, entityOf, LOST } from './send-entities.ts';
import type { Service } from './service.ts';
import { refusalError, sayRefusal } from './translate-error.ts';

/** Rows in a $batch; and rows that are counted before anybody is told, where each is a request. */
const BATCH = { batch: 100, row: 200 } as const;

/** An OData service: its tables are the entity sets. */
export class ODataSession implements Session {
  readonly #service: Service;
  readonly #options: ODataOptions;
  readonly #readOnly: boolean;

  constructor(service: Service, options: ODataOptions, readOnly: boolean) {
    this.#service = service;
    this.#options = options;
    this.#readOnly = readOnly;
  }

  async verify(): Promise<ServerInfo> {
    const { version, entitySets } = await this.#service.model();
    return {
      product: `OData ${version.toUpperCase()}`,
      version: version === 'v2' ? '2.0' : '4.0',
      notes: [`it has ${entitySets.size} entity sets`],
    };
  }

  async introspect(): Promise<DatabaseSchema> {
    return toSchema(await this.#service.model());
  }

  async describe(table: TableName): Promise<Table> {
    const { set, model } = await this.#find(table);
    return toTable(set, model);
  }

  async count(table: TableName): Promise<number> {
    const { set } = await this.#find(table);
    const answer = await this.#service.read({
      method: 'GET',
      path: `${set.name}/$count`,
      headers: { accept: 'text/plain' },
    });
    const count = textOf(answer)
      .replace(/^\ufeff/, '')
      .trim();
    if (answer.status !== 200) throw refusalError({ status: answer.status, body: textOf(answer) }, set.name);
    if (!/^\d+$/.test(count)) throw new ConnectionError('protocol', `${set.name}/$count is no number`);
    return Number(count);
  }

  async *read(query: ReadQuery): AsyncGenerator<Rows> {
    const { set, model } = await this.#find(query.table);
    queryOptions(set, model.version, query);
    yield* readEntities(this.#service, set, model.version, query, this.#options.pageSize);
  }

  async insert(
    table: TableName,
    rows: AsyncIterable<Rows> | Iterable<Rows>,
    options: InsertOptions = {},
  ): Promise<InsertReport> {
    this.#refuseIfReadOnly();
    const { set, model } = await this.#find(table);
    const { key, onConflict = 'fail' } = options;
    if (onConflict !== 'fail' && key !== undefined && key.join() !== set.type.keys.join()) {
      throw new ConnectionError(
        'invalid_config',
        `entities of ${set.name} are told apart by ${set.type.keys.join(', ')}`,
      );
    }
    const sender = new EntitySender(this.#service, set, model.version, this.#options, options);
    const batchSize = options.batchSize ?? BATCH[this.#options.mode];
    return insertRows(rows, { ...options, batchSize }, (batch) => sender.send(batch));
  }

  async insertDeep(table: TableName, row: Row): Promise<Row> {
    this.#refuseIfReadOnly();
    const { set, model } = await this.#find(table);
    const answer = await this.#service.change({
      method: 'POST',
      path: set.name,
      headers: {
        accept: acceptOf(model.version),
        'content-type': contentTypeOf(model.version),
        ...(model.version === 'v4' ? { 'odata-version': '4.0', prefer: 'return=representation' } : {}),
      },
      body: toJson(toEntity(row, set.type, model.version, true)),
    });
    const { status } = answer;
    const body = textOf(answer);
    if (status === 401 || status === 403 || status === 404) throw refusalError({ status, body }, set.name);
    if (LOST.has(status))
      throw new ConnectionError('unknown_outcome', `${status}: whether the row was kept is not known`);
    if (status >= 300) throw new ConnectionError('constraint', sayRefusal({ status, body }, row), { written: 0 });
    const entity = entityOf(body);
    return entity === undefined ? row : fromEntity(entity, set.type, model.version);
  }

  /** Each is read before, for the tag of its version. */
  async remove(table: TableName, keys: AsyncIterable<Rows> | Iterable<Rows>): Promise<number> {
    this.#refuseIfReadOnly();
    const { set, model } = await this.#find(table);
    let count = 0;
    for await (const batch of rowBatches(keys, 100)) {
      await eachAtOnce(batch, this.#options.concurrency, async (row) => {
        if (await this.#removeOne(set, model, row, count)) count++;
      });
    }
    return count;
  }

  async #removeOne(set: EntitySet, { version }: ODataModel, row: Row, written: number): Promise<boolean> {
    const path = pathOfKey(set, row, version);
    const headers = { accept: acceptOf(version), ...(version === 'v4' ? { 'odata-version': '4.0' } : {}) };
    const found = await this.#service.read({ method: 'GET', path, headers });
    if (found.status === 404) return false;
    const entity = found.status === 200 ? entityOf(textOf(found)) : undefined;
    const etag = found.headers['etag'] ?? (entity === undefined ? undefined : etagOf(entity));
    const answer = await this.#service.change({
      method: 'DELETE',
      path,
      headers: { ...headers, ...(etag === undefined ? {} : { 'if-match': etag }) },
    });
    if (answer.status < 300) return true;
    if (answer.status === 404) return false;
    const error = refusalError({ status: answer.status, body: textOf(answer) }, set.name);
    throw new ConnectionError(error.problem, error.message, { written });
  }

  transaction(): Promise<never> {
    return Promise.reject(
      new ConnectionError('invalid_config', 'OData keeps together what is in one change set, and no more', {
        hint: 'use options.changeSet: "batch", or deep insert',
      }),
    );
  }

  close(): Promise<void> {
    return this.#service.client.close();
  }

  async #find({ name }: TableName): Promise<{ set: EntitySet; model: ODataModel }> {
    const model = await this.#service.model();
    const set = model.entitySets.get(name);
    if (set !== undefined) return { set, model };
    throw new ConnectionError('not_found', `there is no entity set ${JSON.stringify(name.slice(0, 100))}`, {
      hint: `there are ${[...model.entitySets.keys()].slice(0, 20).join(', ')}`,
    });
  }

  #refuseIfReadOnly(): void {
    if (this.#readOnly) throw new ConnectionError('read_only', 'the connection is for reading only');
  }
}
