import type { Check, Column, DatabaseSchema, ForeignKey, SchemaNotice, Table, UniqueKey } from '../schema/schema.ts';
import { HAS_TRIGGERS } from '../sql/has-triggers.ts';
import { CHECKS, COLUMNS, FOREIGN_KEYS, KEYS, TABLES } from './catalogue.ts';
import { kindOf, type TypeRow, typeText } from './column-kind.ts';
import type { Query } from './query.ts';

interface TableRow {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  readonly comment: string | null;
  readonly row_estimate: string | null;
  readonly has_triggers: boolean;
}

interface ColumnRow extends TypeRow {
  readonly id: number;
  readonly name: string;
  /** Of a type that somebody made in .NET, with its schema; null: the base says it. */
  readonly own_type: string | null;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly is_identity: boolean;
  readonly is_computed: boolean;
  readonly is_made: boolean;
  readonly comment: string | null;
}

interface KeyRow {
  readonly id: number;
  readonly name: string;
  readonly is_primary: boolean;
  readonly condition: string | null;
  readonly column: string;
}

interface ForeignKeyRow {
  readonly id: number;
  readonly name: string;
  readonly to_schema: string;
  readonly to_name: string;
  readonly column: string;
  readonly to_column: string;
  readonly is_disabled: boolean;
}

interface CheckRow {
  readonly id: number;
  readonly name: string;
  readonly expression: string;
  readonly is_disabled: boolean;
}

/** What statements need to know of a table besides what is told of it. */
export interface TableFacts {
  /** The column whose numbers the server counts. */
  readonly identity: string | undefined;
  /** Columns that take no value from anybody. */
  readonly made: ReadonlySet<string>;
}

export interface Introspected extends DatabaseSchema {
  readonly facts: ReadonlyMap<Table, TableFacts>;
}

/**
 * Reads tables with their columns and rules from the catalogue of SQL Server (Microsoft, "Object Catalog Views"), in five queries
 * whatever the number of tables.
 * @param only the one table to read, which may be a view as well
 */
export async function introspect(query: Query, schemas: readonly string[], only?: string): Promise<Introspected> {
  const wanted = [only ?? null, ...schemas];
  const text = (statement: string): string =>
    statement.replace('$schemas', schemas.map((_, i) => `@p${i + 2}`).join(', '));
  const ask = <Row>(statement: string): Promise<Row[]> => query<Row>(text(statement), wanted);
  const byTable = async <Row extends { readonly id: number }>(statement: string): Promise<Map<number, Row[]>> =>
    Map.groupBy(await ask<Row>(statement), ({ id }) => id);
  // The server takes names for the same that differ in capitals or in spaces at their end.
  const isWanted = ({ schema, name }: TableRow): boolean =>
    schemas.includes(schema) && (only === undefined || name === only);
  const tables = (await ask<TableRow>(TABLES)).filter(isWanted);
  const columns = await byTable<ColumnRow>(COLUMNS);
  const keys = await byTable<KeyRow>(KEYS);
  const foreignKeys = await byTable<ForeignKeyRow>(FOREIGN_KEYS);
  const checks = await byTable<CheckRow>(CHECKS);
  const notices: SchemaNotice[] = [];
  const facts = new Map<Table, TableFacts>();
  const all = tables.map((row) => {
    const own = columns.get(row.id) ?? [];
    const table: Table = {
      schema: row.schema,
      name: row.name,
      comment: row.comment,
      columns: own.map(toColumn),
      ...toKeys(keys.get(row.id) ?? []),
      foreignKeys: toForeignKeys(row, foreignKeys.get(row.id) ?? [], notices),
      checks: toChecks(row, checks.get(row.id) ?? [], notices),
      rowEstimate: row.row_estimate === null ? null : Number(row.row_estimate),
    };
    if (row.has_triggers) {
      notices.push({ subject: row.name, message: HAS_TRIGGERS });
    }
    facts.set(table, {
      identity: own.find(({ is_identity: is }) => is)?.name,
      made: new Set(own.filter((column) => column.is_computed || column.is_made).map(({ name }) => name)),
    });
    return table;
  });
  return { tables: all, notices, facts };
}

function toColumn(row: ColumnRow): Column {
  return {
    name: row.name,
    type: row.own_type ?? typeText(row),
    ...(row.own_type === null ? kindOf(row) : kindOf({ ...row, base: '' })),
    dimensions: 0,
    nullable: row.nullable,
    values: null,
    default: row.default,
    generated: row.is_computed || row.is_made ? 'always' : row.is_identity ? 'by_default' : null,
    comment: row.comment,
  };
}

function toKeys(rows: readonly KeyRow[]): Pick<Table, 'primaryKey' | 'uniqueKeys'> {
  const uniqueKeys: UniqueKey[] = [];
  let primaryKey: Table['primaryKey'] = null;
  for (const [name, parts] of Map.groupBy(rows, (row) => row.name)) {
    const columns = parts.map(({ column }) => column);
    const [{ is_primary: isPrimary, condition }] = parts as [KeyRow];
    if (isPrimary) primaryKey = { name, columns };
    // Two rows with null are the same to a unique index of SQL Server.
    else uniqueKeys.push({ name, columns, nullsAreEqual: true, condition });
  }
  return { primaryKey, uniqueKeys };
}

function toForeignKeys(
  table: TableRow,
  rows: readonly ForeignKeyRow[],
  notices: SchemaNotice[],
): readonly ForeignKey[] {
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, parts]) => {
    const [first] = parts as [ForeignKeyRow];
    if (first.is_disabled) {
      notices.push({ subject: `${table.name}.${name}`, message: 'a foreign key that is switched off' });
      return [];
    }
    return {
      name,
      columns: parts.map(({ column }) => column),
      to: { schema: first.to_schema, name: first.to_name },
      toColumns: parts.map(({ to_column: column }) => column),
      isDeferrable: false,
    };
  });
}

function toChecks(table: TableRow, rows: readonly CheckRow[], notices: SchemaNotice[]): readonly Check[] {
  return rows.flatMap(({ name, expression, is_disabled: isDisabled }) => {
    if (!isDisabled) return { name, expression };
    notices.push({ subject: `${table.name}.${name}`, message: 'a check that is switched off' });
    return [];
  });
}
