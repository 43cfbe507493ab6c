import type {
  Connector,
  InsertReport,
  OnConflict,
  Row,
  Rows,
  Session,
  Table,
  TableName,
  Value,
} from '@datamaker/connectors';
import { type ErrorDetail, validationError } from '../../errors.ts';
import {
  type ColumnMapping,
  leftOutOf,
  problemsOfMapping,
  problemsOfMissing,
  suggestColumns,
} from './column-mapping.ts';
import { isDescribed, nameOf } from './connection-data.ts';

/** Rows on their way into a table. */
export interface PushSource {
  /** All names that rows have. */
  readonly fields: readonly string[];
  readonly count: number;
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
  { capabilities }: Pick<Connector, 'capabilities'>,
  table: Table | TableName,
  source: PushSource,
  options: PushOptions,
  signal: AbortSignal,
): Promise<PushReport> {
  const { onConflict, key, batchSize } = options;
  const columns = columnsOfPush({ capabilities }, table, source.fields, options);
  const insert = (): Promise<InsertReport> =>
    session.insert(nameOf(table), renamed(source.batches(), columns), { onConflict, key, batchSize, signal });
  const together = capabilities.transactions;
  const report = source.count === 0 ? NOTHING : await (together ? session.transaction(insert) : insert());
  return { ...report, table: nameOf(table), columns, together };
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
  const used = Object.entries(columns).filter((pair): pair is [string, string] => pair[1] !== null);
  for (const rows of batches) {
    yield rows.map((row) => {
      const made: [string, Value][] = [];
      for (const [field, column] of used) if (Object.hasOwn(row, field)) made.push([column, row[field] as Value]);
      return Object.fromEntries(made) as Row;
    });
  }
}
