import { createHash } from 'node:crypto';
import type { Condition, Rows, Session } from '@datamaker/connectors';
import { limits, type ResponseRequest, type Responses, recordsAt } from '@datamaker/engine';
import { type ErrorDetail, validationError } from '../../errors.ts';
import type { StoredConnection } from '../../store/connections.ts';
import { type ConnectionData, isDescribed, nameOf } from '../connections/connection-data.ts';
import { plainJson, plainRow } from '../connections/plain-json.ts';
import type { PlanPrograms } from '../programs/field-programs.ts';
import { atField } from './at-field.ts';

/** What was fetched for fields of a template. */
export interface FetchedRows {
  readonly connection_id: string;
  /** The first field that picks from them. */
  readonly field: string;
  readonly rows: number;
  /** Of the rows as lines of JSON; hexadecimal. */
  readonly sha256: string;
}

/** What rows of systems are fetched with, and what functions of fields run with. */
export interface Fetching {
  readonly data: ConnectionData;
  /** Of whoever waits for them. */
  readonly signal: AbortSignal;
  /** Runs functions of fields. */
  readonly programs: PlanPrograms;
  /** Told of what was fetched. */
  readonly note?: ((fetched: readonly FetchedRows[]) => Promise<void> | void) | undefined;
}

/** A request, and whom it goes to. */
export interface AddressedRequest {
  readonly request: ResponseRequest;
  readonly connection: StoredConnection;
}

const FETCH_MS = 60_000;
/** Most answers of a service that are looked through for records. */
const MAX_PAGES = 1000;

/**
 * Fetches all that the fields of a template pick from, each once.
 * @throws ApiError connection_failed, validation_error, rate_limited: each names the field
 */
export async function fetchResponses(
  wanted: readonly AddressedRequest[],
  { data, signal, note }: Fetching,
): Promise<Responses> {
  const responses = new Map<string, readonly unknown[]>();
  const fetched: FetchedRows[] = [];
  let left = limits.MAX_RESOURCE_BYTES;
  for (const { request, connection } of wanted) {
    const { key, field } = request;
    const digest = createHash('sha256');
    const rows: unknown[] = [];
    const top = request.options['top'] as number;
    const take = (more: readonly unknown[]): boolean => {
      for (const row of more) {
        if (rows.length === top) return false;
        const line = `${JSON.stringify(row)}\n`;
        left -= Buffer.byteLength(line);
        if (left < 0) throw tooLarge(request);
        digest.update(line);
        rows.push(row);
      }
      return rows.length < top;
    };
    await data
      .use(connection, { timeoutMs: FETCH_MS, signal }, (session, _connector, stop) =>
        read(session, data, { request, connection }, take, stop),
      )
      .catch((error: unknown) => {
        throw atField(error, request);
      });
    responses.set(key, rows);
    fetched.push({ connection_id: connection.id, field, rows: rows.length, sha256: digest.digest('hex') });
  }
  await note?.(fetched);
  return responses;
}

/** @param take says whether more are wanted */
async function read(
  session: Session,
  data: ConnectionData,
  { request, connection }: AddressedRequest,
  take: (rows: readonly unknown[]) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const { options, records, columns } = request;
  const [limit, orderBy] = [options['top'] as number, options['order_by'] as readonly string[] | undefined];
  if (options['sql'] !== undefined) {
    if (session.query === undefined) throw noQueries(request, connection);
    take((await session.query(options['sql'] as string, { limit, orderBy, signal })).map(plainRow));
    return;
  }
  const filter = options['filter'] as string | undefined;
  if (request.type === 'api_response') {
    // Without `connection` the endpoint is the connection, which has a path of its own.
    const name = options['connection'] === undefined ? '' : (options['endpoint'] as string);
    const table = { schema: '', name };
    if (records !== undefined && session.documents !== undefined) {
      let pages = 0;
      for await (const answer of session.documents({ table, filter, signal })) {
        if (!take(recordsAt(plainJson(answer), records)) || ++pages === MAX_PAGES) return;
      }
      return;
    }
    const given = session.read({ table, filter, columns: records === undefined ? columns : undefined, limit, signal });
    if (records === undefined) await takeAll(given, take);
    else await takeAll(given, (rows) => take(recordsAt(rows, records)));
    return;
  }
  const where = options['where'] as readonly Condition[] | undefined;
  const [table, schema] = [options['table'] as string, options['schema'] as string | undefined];
  const found = await data.tableIn(session, connection, { table, schema });
  // The same rows come in the same order, also when nobody says in which.
  const order = orderBy ?? (isDescribed(found) ? found.primaryKey?.columns : undefined);
  await takeAll(session.read({ table: nameOf(found), columns, where, orderBy: order, limit, signal }), take);
}

async function takeAll(batches: AsyncIterable<Rows>, take: (rows: readonly unknown[]) => boolean): Promise<void> {
  for await (const rows of batches) if (!take(rows.map(plainRow))) return;
}

const refuse = ({ pointer }: ResponseRequest, detail: Omit<ErrorDetail, 'pointer'>): Error =>
  validationError([{ pointer, ...detail }]);

const tooLarge = (request: ResponseRequest): Error =>
  refuse(request, {
    code: 'response_too_large',
    message: `the rows have more than ${limits.MAX_RESOURCE_BYTES / 1024 / 1024} MiB, with those of the fields before`,
    hint: 'ask for fewer with `top` or `where`, or for one column with `query`',
  });

const noQueries = (request: ResponseRequest, { type }: StoredConnection): Error =>
  refuse(request, {
    code: 'not_supported',
    message: `a connection of type ${type} takes no \`sql\``,
    hint: 'name a table, with `where` and `order_by`',
  });
