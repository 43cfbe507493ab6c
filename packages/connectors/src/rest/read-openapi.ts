import { type ImportedColumn, ImportRefused, type OpenApiOperation, openApiOperations } from '@datamaker/engine/import';
import { ConnectionError } from '../connection-error.ts';
import type { Column, ColumnKind, DatabaseSchema, Table, TableOperation } from '../schema/schema.ts';

/** What there is in JSON, by what the importer calls it; the others are called the same. */
const KINDS: Partial<Record<ImportedColumn['kind'], ColumnKind>> = {
  datetime: 'datetime_zoned',
  object: 'json',
  array: 'json',
  any: 'other',
};

/** What a document says of one operation that takes rows: how it is called as a table, and what its rows are. */
export interface DescribedOperation {
  readonly table: Table;
  /** With what is inside of objects, and the parts of the path before what is in the body. */
  readonly columns: readonly ImportedColumn[];
}

/**
 * The operations of an OpenAPI document as tables: their columns are the parts of the path that change, and the properties of what is
 * sent there, or else of what comes from there. The first that takes rows at a path is called as the path is, the others with
 * their method before it: `PUT orders/{id}`. What is read at paths that change is told of, since rows come from one place.
 * @throws ConnectionError protocol
 */
export function readOpenApi(text: string): DatabaseSchema & { readonly operations: readonly DescribedOperation[] } {
  try {
    const { operations, notices } = openApiOperations(text);
    const told = notices.map(({ subject, message }) => ({ subject: subject ?? 'OpenAPI', message }));
    const found = new Map<string, DescribedOperation>();
    for (const operation of operations) {
      const { path, method } = operation;
      const name = path.replace(/^\//, '');
      if (method !== 'get') {
        const called = found.has(name) ? `${method.toUpperCase()} ${name}` : name;
        found.set(called, described(called, operation));
      } else if (path.includes('{')) {
        told.push({ subject: path, message: 'what is read there has parameters: write the path with their values' });
      } else if (!found.has(name)) {
        // What is sent comes before what is read: its columns are those that rows need.
        found.set(name, described(name, operation));
      }
    }
    const all = [...found.values()];
    return { tables: all.map(({ table }) => table), notices: told, operations: all };
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    throw new ConnectionError('protocol', `the OpenAPI document: ${error.message}`, { cause: error });
  }
}

function described(name: string, operation: OpenApiOperation): DescribedOperation {
  const { path, method, summary, entity, rows, parameters } = operation;
  const names = new Set(entity.columns.map((column) => column.name));
  const columns = [...parameters.filter((one) => !names.has(one.name)), ...entity.columns];
  const table = toTable(name, summary, columns);
  if (method === 'get') return { table, columns };
  const needed = new Set(parameters.map((one) => one.name));
  return {
    columns,
    table: {
      ...table,
      columns: table.columns.map((column) => (needed.has(column.name) ? { ...column, nullable: false } : column)),
      operation: {
        method: method.toUpperCase() as TableOperation['method'],
        path,
        rows,
        parameters: [...needed],
        inBody: [...needed].filter((one) => names.has(one)),
      },
    },
  };
}

function toTable(name: string, summary: string | undefined, columns: readonly ImportedColumn[]): Table {
  const keys = columns.filter(({ primaryKey }) => primaryKey === true).map((column) => column.name);
  return {
    schema: '',
    name,
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
