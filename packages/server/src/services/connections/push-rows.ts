import {
  ConnectionError,
  type Connector,
  type InsertReport,
  type OnConflict,
  type Row,
  type Rows,
  type Session,
  type Table,
  type TableName,
  type Value,
} from '@datamaker/connectors';
import { type ErrorDetail, validationError } from '../../errors.ts';
import type { RowShape } from '../pushes/row-shape.ts';
import { rowsWithin } from '../pushes/rows-within.ts';
import { claim, claiming } from '../runs/claiming.ts';
import {
  type ColumnMapping,
  leftOutOf,
  problemsOfMapping,
  problemsOfMissing,
  suggestColumns,
} from './column-mapping.ts';
import { isDescribed, nameOf } from './connection-data.ts';
import { doubt, settleRows, without } from './settle-rows.ts';

/** Rows on their way into a table. */
export interface PushSource {
  /** All names that rows have. */
  readonly fields: readonly string[];
  readonly count: number;
  /** Those in rows that are within rows as well. */
  readonly shape: RowShape;
  /** Some at a time, from the first one on. */
  batches(): Iterable<Rows>;
}

export interface PushOptions {
  readonly onConflict: OnConflict;
  /** Columns that tell rows apart; undefined: the primary key. */
  readonly key?: readonly string[] | undefined;
  /** Which fields go where; undefined: those of the same name. */
  readonly mapping?: ColumnMapping | undefined;
  readonly batchSize?: number | undefined;
  /** Of rows that are to go in once, however often the request comes; undefined: nobody tells one from another. */
  readonly once?: Once | undefined;
}

/** What keeps rows from going in twice when their first request ended without an answer. */
export interface Once {
  /** Whether there was such a request. */
  readonly isAgain: boolean;
  /** Whether the rows are those of that request. */
  readonly isSame: boolean;
  /** Whether the system knows requests that it has seen. */
  readonly knowsRequests: boolean;
  /** Notes, for good, that rows are about to be sent. @returns what the work is called in the system */
  begin(): Promise<string>;
  /** Nothing was kept. */
  forget(): Promise<void>;
}

export interface PushReport extends InsertReport {
  readonly table: TableName;
  readonly columns: ColumnMapping;
  /** Whether all rows were kept together. */
  readonly together: boolean;
}

/**
 * Puts rows into a table: all of them or none, where the system can do so.
 * @param table as the system describes it, or its name alone
 * @throws ApiError validation_error, before anything is sent; ConnectionError
 */
export async function pushRows(
  session: Session,
  connector: Pick<Connector, 'capabilities' | 'type'>,
  table: Table | TableName,
  source: PushSource,
  options: PushOptions,
  signal: AbortSignal,
): Promise<PushReport> {
  const { onConflict, key, batchSize } = options;
  const { capabilities } = connector;
  const columns = columnsOfPush(connector, table, source.fields, options);
  await rowsWithin(session, { table, columns, shape: source.shape, onConflict }, undefined);
  const together = capabilities.transactions;
  const about = { table: nameOf(table), columns, together };
  if (source.count === 0) return { ...NOTHING, ...about };
  const id = await options.once?.begin();
  const batches = (): Iterable<Rows> => renamed(source.batches(), columns);
  const send = (there: ReadonlySet<number>): Promise<InsertReport> => {
    const own = id === undefined ? session : claiming(session, id, signal);
    const requestKey = id === undefined ? undefined : (row: number): string => `${id}-${row}`;
    const insert = (): Promise<InsertReport> =>
      own.insert(nameOf(table), without(batches(), there), { onConflict, key, batchSize, requestKey, signal });
    return together ? own.transaction(insert) : insert();
  };
  const { once } = options;
  if (id === undefined || once === undefined) return { ...(await send(NONE)), ...about };
  if (once.isAgain && !once.isSame) throw doubt();
  const { knowsRequests } = once;
  if (once.isAgain) await claim(session, id, signal);
  const doubtful = { table, columns, key, onConflict, knowsRequests, batches };
  const found = once.isAgain ? await settleRows(session, connector, doubtful, signal) : undefined;
  const there = found ?? NONE;
  if (there.size === source.count) return { ...NOTHING, sent: there.size, written: there.size, ...about };
  const report = await send(there).catch(async (error: unknown) => {
    if (there.size === 0 && isNothingKept(error)) await once.forget();
    throw error;
  });
  return { ...withThose(report, there), ...about };
}

const NONE: ReadonlySet<number> = new Set();
/** After these nobody can say whether the system has done what it was told. */
const DOUBTFUL = new Set(['unknown_outcome', 'broken', 'timeout', 'protocol']);

const isNothingKept = (error: unknown): boolean =>
  error instanceof ConnectionError && !DOUBTFUL.has(error.problem) && (error.written ?? 0) === 0;

/** The report with rows in it that an earlier request has put in; failures are numbered by all of them. */
function withThose({ sent, written, failures, ...report }: InsertReport, there: ReadonlySet<number>): InsertReport {
  if (there.size === 0) return { sent, written, failures, ...report };
  const left: number[] = [];
  for (let place = 0; left.length < sent; place++) if (!there.has(place)) left.push(place);
  return {
    ...report,
    sent: sent + there.size,
    written: written + there.size,
    failures: failures.map((one) => ({ ...one, row: left[one.row] ?? one.row })),
  };
}

/**
 * Which field goes into which column.
 * @throws ApiError validation_error, with all that is in the way of a push
 */
export function columnsOfPush(
  { capabilities }: Pick<Connector, 'capabilities'>,
  table: Table | TableName,
  fields: readonly string[],
  options: PushOptions,
): ColumnMapping {
  const { onConflict, key } = options;
  const wrong: ErrorDetail[] = [];
  if (onConflict !== 'fail' && !capabilities.upsert) {
    const message = 'the system cannot look for rows that are there already';
    wrong.push({ code: 'not_supported', pointer: '/on_conflict', message, hint: 'leave `on_conflict` out' });
  }
  const columns = isDescribed(table) ? columnsFor(table, fields, options, wrong) : plainColumns(fields, options);
  if (isDescribed(table)) wrong.push(...problemsOfKey(key ?? [], table));
  if (wrong.length > 0) throw validationError(wrong);
  return columns;
}

const NOTHING: InsertReport = { sent: 0, written: 0, skipped: 0, failed: 0, failures: [] };

function columnsFor(
  table: Table,
  fields: readonly string[],
  { mapping }: PushOptions,
  wrong: ErrorDetail[],
): ColumnMapping {
  if (mapping !== undefined) {
    wrong.push(...problemsOfMapping(mapping, table, fields, '/mapping'));
    wrong.push(...problemsOfMissing(leftOutOf(mapping, table)));
    wrong.push(...unsaid(fields.filter((field) => !Object.hasOwn(mapping, field))));
    return mapping;
  }
  const { columns, leftOut } = suggestColumns(fields, table);
  // Rows without a value that somebody meant to be there would be worse than none.
  wrong.push(...unsaid(fields.filter((field) => columns[field] === null)), ...problemsOfMissing(leftOut));
  return columns;
}

const unsaid = (fields: readonly string[]): ErrorDetail[] =>
  fields.map((field) => ({
    code: 'field_without_column',
    pointer: '/mapping',
    message: `there is no column for ${JSON.stringify(field.slice(0, 80))}`,
    hint: 'name its column in `mapping`, or null to leave it out',
  }));

const plainColumns = (fields: readonly string[], { mapping = {} }: PushOptions): ColumnMapping =>
  Object.fromEntries(fields.map((field) => [field, Object.hasOwn(mapping, field) ? (mapping[field] ?? null) : field]));

const problemsOfKey = (key: readonly string[], table: Table): ErrorDetail[] =>
  key.flatMap((name, index) => {
    if (table.columns.some((column) => column.name === name)) return [];
    const message = `${JSON.stringify(table.name.slice(0, 80))} has no column ${JSON.stringify(name.slice(0, 80))}`;
    return [{ code: 'column_unknown', pointer: `/key/${index}`, message, hint: 'name columns as the system does' }];
  });

/** Rows by names of columns. */
export function* renamed(batches: Iterable<Rows>, columns: ColumnMapping): Iterable<Rows> {
  const all = Object.entries(columns);
  // Mostly fields are called as their columns are: then a row is what it was.
  if (all.every(([field, column]) => field === column)) {
    yield* batches;
    return;
  }
  const used = all.filter((pair): pair is [string, string] => pair[1] !== null);
  for (const rows of batches) yield rows.map((row) => rename(row, used));
}

function rename(row: Row, used: readonly (readonly [field: string, column: string])[]): Row {
  const made: Record<string, Value> = {};
  for (const [field, column] of used) {
    if (!Object.hasOwn(row, field)) continue;
    const value = row[field] as Value;
    // A column may have the name of what every object has.
    if (column === '__proto__') Object.defineProperty(made, column, { value, enumerable: true });
    else made[column] = value;
  }
  return made;
}
