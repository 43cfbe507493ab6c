import {
  type Condition,
  ConnectionError,
  type DatabaseSchema,
  type Rows,
  type Session,
  type Table,
  type TableName,
} from '@datamaker/connectors';
import { keepCatalogue, readCatalogue, type StoredConnection } from '../../store/connections.ts';
import type { Tenant } from '../../store/tenant.ts';
import { findTable, missingTable, packCatalogue, type TableRef, unpackCatalogue } from './catalogue.ts';
import type { ConnectionDoor, Use, UseOptions } from './connection-door.ts';
import { toApiError } from './connection-failed.ts';
import { plainRow } from './plain-json.ts';

/** Which rows somebody wants to see. */
export interface ReadRequest extends TableRef {
  readonly columns?: readonly string[] | undefined;
  readonly where?: readonly Condition[] | undefined;
  readonly filter?: string | undefined;
  readonly orderBy?: readonly string[] | undefined;
  readonly top: number;
}

export interface ReadAnswer {
  readonly table: TableName;
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Whether there are more than were asked for, or than are shown at once. */
  readonly more: boolean;
}

export interface Catalogue {
  readonly schema: DatabaseSchema;
  readonly at: Date;
}

const METADATA_MS = 60_000;
const READ_MS = 30_000;
/** A catalogue is asked for anew when it is older. */
const FRESH_MS = 3_600_000;
/** Most bytes of rows that are shown at once, as JSON. */
const MAX_BYTES = 5 * 1024 * 1024;

/** What systems say of their tables, and what is in those. */
export class ConnectionData {
  readonly #door: ConnectionDoor;
  readonly #tenant: Tenant;

  /** @param tenant transactions of its own */
  constructor(door: ConnectionDoor, tenant: Tenant) {
    this.#door = door;
    this.#tenant = tenant;
  }

  /**
   * What the system says of its tables: as it was kept within the hour, or anew.
   * @throws ApiError connection_failed, rate_limited
   */
  async metadata(connection: StoredConnection, refresh: boolean, signal: AbortSignal): Promise<Catalogue> {
    const kept = refresh ? undefined : await this.#kept(connection);
    if (kept !== undefined) return kept;
    return this.use(connection, { timeoutMs: METADATA_MS, signal }, async (session) => {
      const schema = await this.ask(session, connection);
      return { schema, at: new Date() };
    });
  }

  /** What the system says of its tables now; it is kept. */
  async ask(session: Session, connection: StoredConnection): Promise<DatabaseSchema> {
    const schema = await session.introspect();
    const packed = await packCatalogue(schema);
    await this.#tenant((tx) => keepCatalogue(tx, connection, packed));
    return schema;
  }

  /** Rows of a table, as many as may be shown at once. @throws ApiError validation_error, connection_failed, rate_limited */
  async read(connection: StoredConnection, request: ReadRequest, signal: AbortSignal): Promise<ReadAnswer> {
    return this.use(connection, { timeoutMs: READ_MS, signal }, async (session, _connector, stop) => {
      const { columns, where, filter, orderBy, top } = request;
      const table = await this.tableIn(session, connection, request);
      const query = { table: nameOf(table), columns, where, filter, orderBy, limit: top + 1, signal: stop };
      const found = await take(session.read(query), top);
      const names = columns ?? (found.rows[0] === undefined ? columnsOf(table) : Object.keys(found.rows[0]));
      return { table: nameOf(table), columns: names, ...found };
    });
  }

  /** Uses a session; what goes wrong is told in the API's terms. */
  async use<T>(connection: StoredConnection, options: UseOptions, run: Use<T>): Promise<T> {
    return this.#door.use(connection, options, run).catch((error: unknown) => {
      throw toApiError(error);
    });
  }

  /**
   * The table that a request names, as the system describes it; where the system describes none at all (REST without a
   * description), just the name.
   * @throws ApiError validation_error
   */
  async tableIn(session: Session, connection: StoredConnection, ref: TableRef): Promise<Table | TableName> {
    const kept = await this.#kept(connection);
    const known = kept && findTable(kept.schema, ref);
    if (known !== undefined) return known;
    // It may have come since.
    const schema = await this.ask(session, connection);
    const found = findTable(schema, ref);
    if (found !== undefined) return found;
    // A REST system without a description may have any path.
    const isKnown = connection.type !== 'rest' || connection.config.options['openapi'] !== undefined;
    if (schema.tables.length > 0 && isKnown) missingTable(ref);
    return { schema: ref.schema ?? '', name: ref.table };
  }

  async #kept({ id }: StoredConnection): Promise<Catalogue | undefined> {
    const kept = await this.#tenant((tx) => readCatalogue(tx, id));
    if (kept === undefined || Date.now() - kept.at.getTime() > FRESH_MS) return undefined;
    return { schema: await unpackCatalogue(kept.bytes), at: kept.at };
  }
}

/** Whether the system has described it. */
export const isDescribed = (table: Table | TableName): table is Table => 'columns' in table;

export const nameOf = ({ schema, name }: TableName): TableName => ({ schema, name });

const columnsOf = (table: Table | TableName): string[] =>
  isDescribed(table) ? table.columns.map(({ name }) => name) : [];

async function take(batches: AsyncIterable<Rows>, top: number): Promise<Pick<ReadAnswer, 'rows' | 'more'>> {
  const rows: Record<string, unknown>[] = [];
  let bytes = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      if (rows.length === top) return { rows, more: true };
      const plain = plainRow(row);
      bytes += Buffer.byteLength(JSON.stringify(plain));
      if (bytes > MAX_BYTES) {
        if (rows.length > 0) return { rows, more: true };
        throw new ConnectionError('too_large', `a row has more than ${MAX_BYTES} bytes`, {
          hint: 'ask for fewer columns',
        });
      }
      rows.push(plain);
    }
  }
  return { rows, more: false };
}
