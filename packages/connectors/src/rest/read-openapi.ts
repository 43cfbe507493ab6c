import { type ImportedColumn, ImportRefused, openApiOperations } from '@datamaker/engine/import';
import { ConnectionError } from '../connection-error.ts';
import type { Column, ColumnKind, DatabaseSchema, Table } from '../schema/schema.ts';

/** What there is in JSON, by what the importer calls it; the others are called the same. */
const KINDS: Partial<Record<ImportedColumn['kind'], ColumnKind>> = {
  datetime: 'datetime_zoned',
  object: 'json',
  array: 'json',
  any: 'other',
};

/**
 * The paths of an OpenAPI document as tables: their columns are the properties of what is sent there, or else of what comes from
 * there. Paths with parameters in them are told of, since rows go to one place.
 * @throws ConnectionError protocol
 */
export function readOpenApi(text: string): DatabaseSchema {
  try {
    const { operations, notices } = openApiOperations(text);
    const tables = new Map<string, Table>();
    const told = notices.map(({ subject, message }) => ({ subject: subject ?? 'OpenAPI', message }));
    for (const { path, summary, entity } of operations) {
      if (path.includes('{'))
        told.push({ subject: path, message: 'it has parameters: write the path with their values' });
      // What is sent comes before what is read: its columns are those that rows need.
      else if (!tables.has(path)) tables.set(path, toTable(path, summary, entity.columns));
    }
    return { tables: [...tables.values()], notices: told };
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    throw new ConnectionError('protocol', `the OpenAPI document: ${error.message}`, { cause: error });
  }
}

function toTable(path: string, summary: string | undefined, columns: readonly ImportedColumn[]): Table {
  const keys = columns.filter(({ primaryKey }) => primaryKey === true).map(({ name }) => name);
  return {
    schema: '',
    name: path.replace(/^\//, ''),
    comment: summary ?? null,
    columns: columns.map(toColumn),
    primaryKey: keys.length === 0 ? null : { name: 'key', columns: keys },
    uniqueKeys: [],
    foreignKeys: [],
    checks: [],
    rowEstimate: null,
  };
}

function toColumn(column: ImportedColumn): Column {
  const inner = column.kind === 'array' ? column.items : undefined;
  const { kind, declared, maxLength, precision, scale, values } = inner ?? column;
  const texts = values?.filter((value): value is string => typeof value === 'string');
  return {
    name: column.name,
    kind: KINDS[kind] ?? (kind as ColumnKind),
    type: declared ?? kind,
    dimensions: inner === undefined ? 0 : 1,
    nullable: column.nullable ?? false,
    maxLength: maxLength ?? null,
    isPadded: false,
    precision: precision ?? null,
    scale: scale ?? null,
    values: texts === undefined || texts.length === 0 ? null : texts,
    default: null,
    generated: column.generated === true ? 'by_default' : null,
    comment: null,
  };
}
