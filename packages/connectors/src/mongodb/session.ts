import type { ClientSession, Db, Document, Sort } from 'mongodb';
import { ConnectionError } from '../connection-error.ts';
import type { OpenOptions } from '../connector.ts';
import type { DatabaseSchema, Table, TableName } from '../schema/schema.ts';
import type { InsertOptions, InsertReport, ReadQuery, ServerInfo, Session } from '../session.ts';
import type { Row, Rows } from '../value.ts';
import { keyFilters, removeCommand, type WriteReply, type WriteRequest, writeCommand } from './commands.ts';
import type { MongoConfig } from './config.ts';
import { keyOf, leftOut, outcome, writtenOf } from './conflict.ts';
import type { OpenMongo } from './connect.ts';
import { type DocumentBatch, documentBatches } from './document-batches.ts';
import { fieldPath, filterOf, sameKey } from './filter.ts';
import { type Collection, findCollections, newCollection, noCollection, readCollection } from './introspect.ts';
import { keyBatches } from './key-batches.ts';
import { identity, projectionOf, rowOf } from './row-of.ts';
import { seesDatabase, serverInfo } from './server-info.ts';
import { mayHaveArrived, translateError } from './translate-error.ts';

const BATCH_ROWS = 1000;
const READ_ROWS = 1000;
const REMOVE_ROWS = 1000;
const FIND_ROWS = 1000;
const MOST_BYTES = 16 * 1024 * 1024;
const CLOSE_MS = 1000;

/**
 * A session with one server of MongoDB. What it sends is sent once; after a break in the middle of something it is over. Here is what a
 * session does, in one class since all of it hangs on the one connection and transaction; how it is said to the server is in the files beside.
 */
export class MongoSession implements Session {
  readonly #mongo: OpenMongo;
  readonly #db: Db;
  readonly #config: MongoConfig;
  readonly #readOnly: boolean;
  readonly #collections = new Map<string, Collection>();
  #transaction: ClientSession | undefined;
  #isBroken = false;

  constructor(mongo: OpenMongo, config: MongoConfig, { readOnly }: Pick<OpenOptions, 'readOnly'>) {
    this.#mongo = mongo;
    this.#db = mongo.client.db(config.database);
    this.#config = config;
    this.#readOnly = readOnly;
  }

  async verify(): Promise<ServerInfo> {
    return await this.#asked(async () => {
      await this.#db.command({ ping: 1 });
      if (!this.#config.createCollections && !(await seesDatabase(this.#db))) {
        throw new ConnectionError(
          'database',
          `there is no database ${JSON.stringify(this.#config.database)}, or nothing in it that this user sees`,
          {
            hint: 'check the name, which counts capitals; a database comes to be with its first collection: to have it made, set the option createCollections',
          },
        );
      }
      return await serverInfo(this.#db, this.#mongo.hello, { readOnly: this.#readOnly });
    });
  }

  async introspect(): Promise<DatabaseSchema> {
    return await this.#asked(async () => {
      const collections: Collection[] = [];
      for (const found of await findCollections(this.#db)) collections.push(await readCollection(this.#db, found));
      return {
        tables: collections.map(({ table }) => table),
        notices: collections.flatMap(({ notices }) => notices),
      };
    });
  }

  async describe(name: TableName): Promise<Table> {
    return (await this.#collection(name)).table;
  }

  async count(name: TableName): Promise<number> {
    await this.#collection(name);
    return await this.#asked(() => this.#db.collection(name.name).countDocuments({}, this.#within()));
  }

  async find(name: TableName, keys: Rows, signal?: AbortSignal): Promise<Rows> {
    const { shape } = await this.#collection(name);
    const found: Row[] = [];
    for (let at = 0; at < keys.length; at += FIND_ROWS) {
      const some = keys.slice(at, at + FIND_ROWS);
      const names = Object.keys(some[0] ?? {});
      if (names.length === 0) throw new ConnectionError('value', 'a key has at least one column');
      const documents = await this.#asked(
        () =>
          this.#db
            .collection(name.name)
            .find({ $or: keyFilters(shape, some) }, { projection: projectionOf(names), ...this.#within() })
            .toArray(),
        signal,
      );
      for (const document of documents) found.push(rowOf(document, names, false));
    }
    return found;
  }

  async *read(query: ReadQuery): AsyncGenerator<Rows> {
    const { columns, where = [], orderBy = [], limit, signal } = query;
    if (query.filter !== undefined) {
      throw new ConnectionError('value', 'a filter in a language of URLs is not for this system: use "where"');
    }
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
      throw new ConnectionError('value', 'a limit is a whole number of rows, 0 or more');
    }
    const { table, shape } = await this.#collection(query.table);
    signal?.throwIfAborted();
    const filter = filterOf(shape, where);
    const sort: Sort = new Map(orderBy.map((path) => [fieldPath(path), 1]));
    // To the server 0 would be all of them.
    if (limit === 0) return;
    const names = columns ?? table.columns.map((column) => column.name);
    const cursor = await this.#asked(async () =>
      this.#db.collection(query.table.name).find(filter, {
        ...(columns === undefined ? {} : { projection: projectionOf(columns) }),
        ...(orderBy.length === 0 ? {} : { sort }),
        ...(limit === undefined ? {} : { limit }),
        ...(signal === undefined ? {} : { signal }),
        batchSize: READ_ROWS,
        ...this.#within(),
      }),
    );
    try {
      while (await this.#asked(() => cursor.hasNext(), signal)) {
        const rows = cursor.readBufferedDocuments().map((document) => rowOf(document, names, columns === undefined));
        yield rows;
        signal?.throwIfAborted();
      }
    } finally {
      await cursor.close().catch(() => undefined);
    }
  }

  async insert(
    name: TableName,
    rows: AsyncIterable<Rows> | Iterable<Rows>,
    options: InsertOptions = {},
  ): Promise<InsertReport> {
    this.#mayWrite();
    const { onConflict = 'fail', returning = [], onBatch, signal } = options;
    const { table, shape } = await this.#collection(name);
    const key = keyOf(table, onConflict, options.key);
    const request = { collection: name.name, onConflict, key };
    const limits = {
      maxRows: Math.max(1, options.batchSize ?? BATCH_ROWS),
      maxBytes: this.#mongo.hello.maxBsonObjectSize ?? MOST_BYTES,
      beside: onConflict === 'fail' ? [] : key,
    };
    const total = { sent: 0, written: 0, skipped: 0 };
    try {
      for await (const batch of documentBatches(rows, shape, limits)) {
        signal?.throwIfAborted();
        const reply = await this.#sent(writeCommand(request, batch));
        const left = leftOut(reply, batch, request);
        // Those before the first that was refused are kept.
        total.written += writtenOf(reply, request);
        const refusal = reply.writeErrors?.find(({ index }) => !left.has(index));
        if (refusal !== undefined) throw translateError(refusal);
        if (reply.writeConcernError !== undefined) throw unsure(translateError(reply.writeConcernError));
        total.sent += batch.rows.length;
        total.skipped += left.size;
        const returned = returning.length === 0 ? [] : await this.#returned(request, batch, left, returning);
        onBatch?.({ ...outcome(batch, left), returned });
      }
    } catch (error) {
      throw error instanceof ConnectionError ? this.#after(error, total.written) : error;
    }
    return { ...total, failed: 0, failures: [] };
  }

  async remove(name: TableName, keys: AsyncIterable<Rows> | Iterable<Rows>): Promise<number> {
    this.#mayWrite();
    const { shape } = await this.#collection(name);
    let removed = 0;
    const send = async (some: Rows): Promise<void> => {
      const reply = await this.#sent(removeCommand(name.name, shape, some));
      removed += reply.n;
      const [refusal] = reply.writeErrors ?? [];
      if (refusal !== undefined) throw translateError(refusal);
      if (reply.writeConcernError !== undefined) throw unsure(translateError(reply.writeConcernError));
    };
    try {
      for await (const some of keyBatches(keys, REMOVE_ROWS)) await send(some);
    } catch (error) {
      throw error instanceof ConnectionError ? this.#after(error, removed) : error;
    }
    return removed;
  }

  /** Of replica sets and sharded clusters only. */
  async transaction<T>(run: () => Promise<T>): Promise<T> {
    if (this.#transaction !== undefined) throw new ConnectionError('protocol', 'a transaction is open already');
    const { setName, msg } = this.#mongo.hello;
    if (setName === undefined && msg !== 'isdbgrid') {
      throw new ConnectionError('protocol', 'a MongoDB that is no replica set has no transactions', {
        hint: 'what is written is kept at once, in order, up to the first row that is refused',
      });
    }
    const session = this.#mongo.client.startSession();
    try {
      session.startTransaction({ writeConcern: { w: 'majority' } });
      this.#transaction = session;
      let result: T;
      try {
        result = await run();
      } catch (error) {
        await session.abortTransaction().catch(() => undefined);
        throw error;
      }
      await this.#asked(() => session.commitTransaction(), undefined, 'commit');
      return result;
    } finally {
      this.#transaction = undefined;
      await session.endSession().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    // A server that says nothing any more is not waited for.
    const timer = setTimeout(resolve, CLOSE_MS);
    await Promise.race([this.#mongo.close(), late]);
    clearTimeout(timer);
  }

  async #collection({ schema, name }: TableName): Promise<Collection> {
    const known = this.#collections.get(name);
    const isHere = schema === '' || schema === this.#config.database;
    if (known !== undefined && isHere) return known;
    if (!isHere || !isCollectionName(name)) throw noCollection(name);
    const [found] = await this.#asked(() => findCollections(this.#db, name));
    if (found === undefined && !this.#config.createCollections) throw noCollection(name);
    const made = found === undefined ? newCollection(name) : await this.#asked(() => readCollection(this.#db, found));
    this.#collections.set(name, made);
    return made;
  }

  /** Rows as they are after they were written, but for those that were left out. */
  async #returned(
    { collection, onConflict, key }: WriteRequest,
    { documents }: DocumentBatch,
    left: ReadonlySet<number>,
    returning: readonly string[],
  ): Promise<Rows> {
    if (onConflict !== 'update') {
      return documents.flatMap((document, i) => (left.has(i) ? [] : [rowOf(document, returning, false)]));
    }
    const filters = documents.map((document) => sameKey(key, document));
    const found = await this.#asked(() =>
      this.#db
        .collection(collection)
        .find({ $or: filters }, { projection: projectionOf([...returning, ...key]), ...this.#within() })
        .toArray(),
    );
    const byKey = new Map(found.map((document) => [identity(document, key), document]));
    return documents.map((document) => rowOf(byKey.get(identity(document, key)) ?? document, returning, false));
  }

  /** Sends what changes something, once. @throws ConnectionError unknown_outcome, when it broke and may have been done */
  async #sent(command: Document): Promise<WriteReply> {
    const inSet = this.#mongo.hello.setName !== undefined || this.#mongo.hello.msg === 'isdbgrid';
    const concern = inSet && this.#transaction === undefined ? { writeConcern: { w: 'majority' } } : {};
    const reply = await this.#asked(
      () => this.#db.command({ ...command, ...concern }, this.#within()),
      undefined,
      'write',
    );
    return reply as WriteReply;
  }

  /** Asks the server for something. @throws ConnectionError; the signal's reason */
  async #asked<T>(ask: () => Promise<T>, signal?: AbortSignal, kind: 'read' | 'write' | 'commit' = 'read'): Promise<T> {
    if (this.#isBroken) throw new ConnectionError('broken', 'the connection is broken: open another one');
    try {
      return await ask();
    } catch (error) {
      signal?.throwIfAborted();
      const known = translateError(error);
      if (known.problem !== 'broken' && known.problem !== 'timeout') throw known;
      this.#isBroken = true;
      void this.#mongo.close();
      // Within a transaction nothing is kept before its end, so only that can be in doubt.
      const isDoubtful = kind === 'commit' || (kind === 'write' && this.#transaction === undefined);
      throw isDoubtful && mayHaveArrived(error) ? unsure(known) : known;
    }
  }

  #within(): { session?: ClientSession } {
    return this.#transaction === undefined ? {} : { session: this.#transaction };
  }

  #after({ problem, message, hint, cause, isTransient }: ConnectionError, written: number): ConnectionError {
    return new ConnectionError(problem, message, {
      cause,
      isTransient,
      // What a transaction holds is not kept until its end.
      written: this.#transaction === undefined ? written : 0,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  #mayWrite(): void {
    if (!this.#readOnly) return;
    throw new ConnectionError('read_only', 'this connection is for reading only', {
      hint: 'use another connection, or allow this one to write',
    });
  }
}

/** As far as every server takes it (MongoDB documentation, "Naming Restrictions"). */
const isCollectionName = (name: string): boolean =>
  name !== '' && !/[$\0]/.test(name) && !name.startsWith('system.') && Buffer.byteLength(name) <= 235;

const unsure = (cause: ConnectionError): ConnectionError =>
  new ConnectionError('unknown_outcome', 'the connection broke after the rows were sent', {
    cause,
    isTransient: false,
    hint: 'look whether the rows are there before sending them again',
  });
