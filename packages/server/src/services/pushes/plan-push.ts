import { type Connector, keyOfRemoval, type Table, type TableName } from '@datamaker/connectors';
import { type ErrorDetail, validationError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { Principal } from '../../store/keys.ts';
import type { PushIdentity, PushPlan } from '../../store/push-receipt-table.ts';
import type { StoredTemplate, TemplateStore } from '../../store/templates.ts';
import type { ColumnMapping } from '../connections/column-mapping.ts';
import { type ConnectionData, nameOf } from '../connections/connection-data.ts';
import { columnsOfPush } from '../connections/push-rows.ts';
import { prepareRows } from '../generation-service.ts';
import { keptTemplate, RecordedTemplates } from '../runs/recorded-templates.ts';
import { identityOf } from './push-identity.ts';
import { shapeOfPlan } from './row-shape.ts';
import { rowsWithin } from './rows-within.ts';

/** What somebody wants to be pushed. */
export interface PushRequest {
  readonly table: string;
  readonly schema?: string | undefined;
  readonly count?: unknown;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly seed?: unknown;
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
  /** Undefined: what was saved, if anything; null: not that either. */
  readonly mapping?: ColumnMapping | null | undefined;
  readonly onConflict: 'fail' | 'skip' | 'update';
  readonly key?: readonly string[] | undefined;
  readonly batchSize?: number | undefined;
  readonly batchKey?: string | undefined;
  readonly rateLimit?: number | undefined;
  readonly retries?: number | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly verify: boolean;
}

export interface PlannedPush {
  readonly plan: PushPlan;
  readonly sensitive: readonly string[];
}

const ASK_MS = 30_000;
const RETRIES = 4;
const TIMEOUT_SECONDS = 120;
/** Rows whose outcome is kept together: many where a doubt can be settled, few where it cannot. */
export const CHUNK = { whole: 5000, known: 1000, request: 500, unknown: 100 } as const;

/**
 * Finds out where rows go, and whether they fit. Nothing is written yet.
 * @param saved what was said of template and connection before
 * @throws ApiError validation_error, connection_failed, rate_limited
 */
export async function planPush(
  data: ConnectionData,
  principal: Principal,
  connection: StoredConnection,
  template: StoredTemplate,
  templates: TemplateStore,
  request: PushRequest,
  saved: (table: string, schema: string | undefined) => Promise<ColumnMapping | undefined>,
  signal: AbortSignal,
): Promise<PlannedPush> {
  const now = Date.now();
  const recorded = new RecordedTemplates(templates);
  const { count, from, to, seed: asked, overrides } = request;
  const wanted = { count, from, to, seed: asked, ...(overrides === undefined ? {} : { overrides }) };
  const { plan: rows, range } = await prepareRows(template, wanted, recorded, now, 'refuse');
  const options = optionsFor(connection, request);
  const ref = { table: request.table, schema: request.schema };
  const mapping = request.mapping === undefined ? await saved(ref.table, ref.schema) : (request.mapping ?? undefined);
  const {
    onConflict,
    key,
    batchSize,
    verify,
    rateLimit,
    retries = RETRIES,
    timeoutSeconds = TIMEOUT_SECONDS,
  } = request;
  const found = await data.use(connection, { timeoutMs: ASK_MS, signal }, async (session, connector) => {
    const table = await data.tableIn(session, connection, ref);
    const fields = rows.fields.map(({ name }) => name);
    const columns = columnsOfPush(connector, table, fields, { onConflict, key, mapping });
    const identity = removedBy(options) ?? identityOf(table, columns, key);
    const within = await rowsWithin(session, { table, columns, shape: shapeOfPlan(rows.fields), onConflict }, identity);
    return { table, columns, connector, identity, within };
  });
  const { identity = null, within } = found;
  const plan: PushPlan = {
    template: keptTemplate(template),
    nested: recorded.seen,
    overrides: overrides ?? null,
    seed: rows.seed,
    now,
    ...range,
    target: { type: connection.type, url: connection.config.url },
    table: nameOf(found.table),
    columns: found.columns,
    onConflict,
    key: key ?? null,
    identity,
    ...(within.length === 0 ? {} : { within }),
    batchSize: batchSize ?? null,
    chunkRows: chunkRows(found, identity?.by, options, batchSize, rateLimit),
    options,
    rowsPerSecond: rateLimit ?? null,
    retries,
    timeoutMs: timeoutSeconds * 1000,
    verify,
    by: {
      exportId: newId('exp'),
      personId: principal.personId,
      keyId: principal.keyId,
      requestId: principal.requestId,
    },
  };
  return { plan, sensitive: rows.sensitive };
}

/** Options of the connection that are different for this push, and those that matter for it. @throws ApiError */
function optionsFor({ type, config }: StoredConnection, request: PushRequest): Record<string, unknown> {
  const { batchKey, rateLimit, retries, timeoutSeconds, batchSize } = request;
  const wrong: ErrorDetail[] = [];
  const isRest = type === 'rest';
  if (batchKey !== undefined && !isRest) {
    const message = 'only bodies of REST have a key that the rows stand under';
    wrong.push({ code: 'not_supported', pointer: '/batch_key', message, hint: 'leave it out' });
  }
  if (wrong.length > 0) throw validationError(wrong);
  if (!isRest && type !== 'sap_odata') return {};
  const known = config.options['requestsPerSecond'];
  const mode = batchKey === undefined ? (config.options['mode'] ?? 'row') : 'batch';
  const perRow = isRest && mode === 'row';
  const rate = rateLimit === undefined ? undefined : perRow ? rateLimit : rateLimit / (batchSize ?? CHUNK.unknown);
  const requestsPerSecond = [rate, known].filter((one) => typeof one === 'number');
  return {
    ...(isRest ? { mode, idempotencyHeader: config.options['idempotencyHeader'] } : {}),
    // How its rows are removed later is decided now: the keys are those that this way takes.
    ...(isRest && config.options['delete'] !== undefined ? { delete: config.options['delete'] } : {}),
    ...(batchKey === undefined ? {} : { wrapperKey: batchKey }),
    ...(requestsPerSecond.length === 0 ? {} : { requestsPerSecond: Math.min(...requestsPerSecond) }),
    ...(retries === undefined ? {} : { retries }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}

/** A REST system says by what it removes a row when it has made it, whatever rows bring with them. */
function removedBy({ delete: removal }: Readonly<Record<string, unknown>>): PushIdentity | undefined {
  return removal === undefined || removal === null ? undefined : { columns: [keyOfRemoval(removal)], by: 'system' };
}

function chunkRows(
  { connector, table }: { readonly connector: Connector; readonly table: Table | TableName },
  madeBy: 'template' | 'system' | undefined,
  options: Readonly<Record<string, unknown>>,
  batchSize: number | undefined,
  rateLimit: number | undefined,
): number {
  const { capabilities, type } = connector;
  const isRest = type === 'rest';
  const isBatch = isRest && options['mode'] === 'batch';
  const knows = isRest && options['idempotencyHeader'] !== undefined;
  const most = capabilities.transactions
    ? keysAreNumbers(table) || madeBy !== 'system'
      ? Math.max(CHUNK.whole, batchSize ?? 0)
      : CHUNK.known
    : isBatch
      ? (batchSize ?? CHUNK.unknown)
      : knows
        ? CHUNK.request
        : isRest || type === 'sap_odata'
          ? CHUNK.unknown
          : (batchSize ?? CHUNK.known);
  // So that it goes evenly, and is told often.
  return rateLimit === undefined ? most : Math.max(1, Math.min(most, Math.floor(rateLimit)));
}

/** Keys of whole numbers are kept as ranges, others one by one. */
const keysAreNumbers = (table: Table | TableName): boolean => {
  if (!('columns' in table)) return false;
  const [first, ...more] = table.primaryKey?.columns ?? [];
  return more.length === 0 && table.columns.some(({ name, kind }) => name === first && kind === 'integer');
};
