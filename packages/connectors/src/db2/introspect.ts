import type { Check, Column, DatabaseSchema, ForeignKey, SchemaNotice, Table, UniqueKey } from '../schema/schema.ts';
import { byTable, type Placed, tableId } from '../sql/by-table.ts';
import { HAS_TRIGGERS } from '../sql/has-triggers.ts';
import { CHECKS, COLUMNS, FOREIGN_KEYS, KEYS, TABLES, wanted } from './catalogue.ts';
import { kindOf, type TypeRow, typeText } from './column-kind.ts';
import type { Query } from './query.ts';

interface TableRow {
  readonly schema: string;
  readonly name: string;
  readonly remarks: string | null;
  readonly row_estimate: string;
  readonly triggers: number;
}

interface ColumnRow extends Placed, TypeRow {
  readonly name: string;
  readonly nulls: 'Y' | 'N';
  readonly default_text: string | null;
  readonly identity: 'Y' | 'N';
  /** `A`: always, `D`: by default. */
  readonly generated: string;
  readonly remarks: string | null;
}

interface KeyRow extends Placed {
  readonly name: string;
  readonly rule: 'P' | 'U';
  readonly column_name: string;
  readonly is_expression: string | null;
}

interface ForeignKeyRow extends Placed {
  readonly name: string;
  readonly to_schema: string;
  readonly to_name: string;
  readonly column_name: string;
  readonly to_column: string;
  readonly enforced: 'Y' | 'N';
}

interface CheckRow extends Placed {
  readonly name: string;
  readonly expression: string;
  readonly enforced: 'Y' | 'N';
}

/**
 * Reads tables with their columns and rules from the catalogue of Db2, in five queries whatever the number of tables.
 * @param only the one table to read, which may be a view as well
 */
export async function introspect(query: Query, schemas: readonly string[], only?: string): Promise<DatabaseSchema> {
  const values = [...schemas, ...(only === undefined ? [] : [only])];
  const which = wanted(schemas.length, only !== undefined);
  const ask = <Row>(text: string): Promise<Row[]> => query<Row>(text.replace('$wanted', which), values);
  const placed = async <Row extends Placed>(text: string): Promise<Map<string, Row[]>> => byTable(await ask<Row>(text));
  // Names that differ in blanks at their end are the same to the database.
  const tables = (await ask<TableRow>(TABLES)).filter(({ name }) => only === undefined || name === only);
  const columns = await placed<ColumnRow>(COLUMNS);
  const keys = await placed<KeyRow>(KEYS);
  const foreignKeys = await placed<ForeignKeyRow>(FOREIGN_KEYS);
  const checks = await placed<CheckRow>(CHECKS);
  const notices: SchemaNotice[] = [];
  return {
    tables: tables.map((row): Table => {
      const id = tableId(row.schema, row.name);
      if (Number(row.triggers) > 0) {
        notices.push({ subject: row.name, message: HAS_TRIGGERS });
      }
      const estimate = Number(row.row_estimate);
      return {
        schema: row.schema,
        name: row.name,
        comment: row.remarks,
        columns: (columns.get(id) ?? []).map(toColumn),
        ...toKeys(row.name, keys.get(id) ?? [], notices),
        foreignKeys: toForeignKeys(row.name, foreignKeys.get(id) ?? [], notices),
        checks: toChecks(row.name, checks.get(id) ?? [], notices),
        // -1 until the first RUNSTATS.
        rowEstimate: estimate < 0 ? null : estimate,
      };
    }),
    notices,
  };
}

function toColumn(row: ColumnRow): Column {
  const isAlways = row.generated === 'A';
  return {
    name: row.name,
    ...kindOf(row),
    type: typeText(row),
    dimensions: 0,
    nullable: row.nulls === 'Y',
    values: null,
    default: isAlways || row.default_text === null || /^NULL$/i.test(row.default_text) ? null : row.default_text,
    generated: isAlways ? 'always' : row.generated === 'D' || row.identity === 'Y' ? 'by_default' : null,
    comment: row.remarks,
  };
}

function toKeys(
  table: string,
  rows: readonly KeyRow[],
  notices: SchemaNotice[],
): Pick<Table, 'primaryKey' | 'uniqueKeys'> {
  const uniqueKeys: UniqueKey[] = [];
  let primaryKey: Table['primaryKey'] = null;
  for (const [name, parts] of Map.groupBy(rows, (row) => row.name)) {
    const columns = parts.map(({ column_name: column }) => column);
    if (parts.some(({ is_expression: is }) => is === 'Y' || is === 'S')) {
      notices.push({
        subject: `${table}.${name}`,
        message: 'a unique index of expressions, which rows are not made for',
      });
    } else if (parts[0]?.rule === 'P') {
      primaryKey = { name, columns };
    } else {
      // Two rows with null are the same to a unique index of Db2.
      uniqueKeys.push({ name, columns, nullsAreEqual: true, condition: null });
    }
  }
  return { primaryKey, uniqueKeys };
}

function toForeignKeys(table: string, rows: readonly ForeignKeyRow[], notices: SchemaNotice[]): readonly ForeignKey[] {
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, parts]) => {
    const [first] = parts as [ForeignKeyRow];
    if (first.enforced === 'N') {
      notices.push({ subject: `${table}.${name}`, message: 'a foreign key that is not enforced' });
      return [];
    }
    return {
      name,
      columns: parts.map(({ column_name: column }) => column),
      to: { schema: first.to_schema, name: first.to_name },
      toColumns: parts.map(({ to_column: column }) => column),
      isDeferrable: false,
    };
  });
}

function toChecks(table: string, rows: readonly CheckRow[], notices: SchemaNotice[]): readonly Check[] {
  return rows.flatMap(({ name, expression, enforced }) => {
    if (enforced !== 'N') return { name, expression };
    notices.push({ subject: `${table}.${name}`, message: 'a check that is not enforced' });
    return [];
  });
}
