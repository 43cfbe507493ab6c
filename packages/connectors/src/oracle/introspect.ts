import type { Column, DatabaseSchema, SchemaNotice, Table } from '../schema/schema.ts';
import { byTable, type Placed, tableId } from '../sql/by-table.ts';
import { HAS_TRIGGERS } from '../sql/has-triggers.ts';
import { COLUMNS, CONSTRAINTS, INDEXES, TABLES } from './catalogue.ts';
import { kindOf, type TypeRow, typeText } from './column-kind.ts';
import type { Query } from './query.ts';

interface TableRow {
  readonly schema: string;
  readonly name: string;
  readonly table_comment: string | null;
  readonly row_estimate: string | null;
  readonly triggers: string;
}

interface ColumnRow extends Placed {
  readonly name: string;
  readonly type: string;
  readonly data_length: string;
  readonly char_length: string;
  readonly char_used: string | null;
  readonly precision: string | null;
  readonly scale: string | null;
  readonly nullable: 'Y' | 'N';
  readonly virtual_column: 'YES' | 'NO';
  readonly identity: 'ALWAYS' | 'BY DEFAULT' | null;
  readonly column_comment: string | null;
  readonly data_default: string | null;
}

interface ConstraintRow extends Placed {
  readonly name: string;
  readonly kind: 'P' | 'U' | 'R' | 'C';
  readonly status: string;
  readonly deferrable: string;
  readonly expression: string | null;
  readonly column_name: string | null;
  readonly to_schema: string | null;
  readonly to_name: string | null;
  readonly to_column: string | null;
}

interface IndexRow extends Placed {
  readonly name: string;
  readonly kind: string;
  readonly column_name: string;
}

/**
 * Reads tables with their columns and rules from the catalogue of Oracle, in four queries whatever the number of tables.
 * @param only the one table to read, which may be a view as well
 */
export async function introspect(query: Query, schemas: readonly string[], only?: string): Promise<DatabaseSchema> {
  const values = { ...Object.fromEntries(schemas.map((schema, i) => [`s${i}`, schema])), only: only ?? null };
  const list = schemas.map((_, i) => `:s${i}`).join(', ');
  const ask = <Row>(text: string): Promise<Row[]> => query<Row>(text.replaceAll('$schemas', list), values);
  const placed = async <Row extends Placed>(text: string): Promise<Map<string, Row[]>> => byTable(await ask<Row>(text));
  const tables = await ask<TableRow>(TABLES);
  const columns = await placed<ColumnRow>(COLUMNS);
  const constraints = await placed<ConstraintRow>(CONSTRAINTS);
  const indexes = await placed<IndexRow>(INDEXES);
  const notices: SchemaNotice[] = [];
  return {
    tables: tables.map((row): Table => {
      const id = tableId(row.schema, row.name);
      if (Number(row.triggers) > 0) {
        notices.push({ subject: row.name, message: HAS_TRIGGERS });
      }
      return {
        schema: row.schema,
        name: row.name,
        comment: row.table_comment,
        columns: (columns.get(id) ?? []).map(toColumn),
        ...toRules(row.name, constraints.get(id) ?? [], indexes.get(id) ?? [], notices),
        rowEstimate: row.row_estimate === null ? null : Number(row.row_estimate),
      };
    }),
    notices,
  };
}

function toColumn(row: ColumnRow): Column {
  const type: TypeRow = {
    type: row.type,
    data_length: Number(row.data_length),
    char_length: Number(row.char_length),
    precision: row.precision === null ? null : Number(row.precision),
    scale: row.scale === null ? null : Number(row.scale),
  };
  const given = row.data_default?.trim() ?? null;
  const isCounted = row.identity === 'BY DEFAULT' || /\.nextval$/i.test(given ?? '');
  const isAlways = row.virtual_column === 'YES' || row.identity === 'ALWAYS' || /^U?ROWID/.test(row.type);
  return {
    name: row.name,
    ...kindOf(type),
    type: typeText(type, row.char_used),
    dimensions: 0,
    nullable: row.nullable === 'Y',
    values: null,
    // Of a virtual column it is what it is computed from; of an identity its sequence.
    default: isAlways || row.identity !== null || given === null || /^null$/i.test(given) ? null : given,
    generated: isAlways ? 'always' : isCounted ? 'by_default' : null,
    comment: row.column_comment,
  };
}

type Rules = Pick<Table, 'primaryKey' | 'uniqueKeys' | 'foreignKeys' | 'checks'>;

function toRules(
  table: string,
  constraints: readonly ConstraintRow[],
  indexes: readonly IndexRow[],
  notices: SchemaNotice[],
): Rules {
  const rules: { -readonly [part in keyof Rules]: Rules[part] } = {
    primaryKey: null,
    uniqueKeys: [],
    foreignKeys: [],
    checks: [],
  };
  for (const [name, rows] of Map.groupBy(constraints, (row) => row.name)) {
    const [first] = rows as [ConstraintRow];
    const columns = rows.map(({ column_name: column }) => column ?? '');
    if (first.status !== 'ENABLED') {
      notices.push({ subject: `${table}.${name}`, message: 'a rule that is switched off' });
    } else if (first.kind === 'P') {
      rules.primaryKey = { name, columns };
    } else if (first.kind === 'U') {
      rules.uniqueKeys = [...rules.uniqueKeys, { name, columns, nullsAreEqual: false, condition: null }];
    } else if (first.kind === 'C') {
      const expression = first.expression ?? '';
      // NOT NULL is such a rule as well.
      if (!/^"[^"]+" IS NOT NULL$/.test(expression)) rules.checks = [...rules.checks, { name, expression }];
    } else if (first.to_name === null) {
      notices.push({ subject: `${table}.${name}`, message: 'a foreign key to a table that this user does not see' });
    } else {
      const to = { schema: first.to_schema ?? '', name: first.to_name };
      const toColumns = rows.map(({ to_column: column }) => column ?? '');
      const isDeferrable = first.deferrable === 'DEFERRABLE';
      rules.foreignKeys = [...rules.foreignKeys, { name, columns, to, toColumns, isDeferrable }];
    }
  }
  for (const [name, rows] of Map.groupBy(indexes, (row) => row.name)) {
    if (rows.some(({ kind }) => kind.startsWith('FUNCTION-BASED'))) {
      notices.push({
        subject: `${table}.${name}`,
        message: 'a unique index of expressions, which rows are not made for',
      });
      continue;
    }
    const columns = rows.map(({ column_name: column }) => column);
    rules.uniqueKeys = [...rules.uniqueKeys, { name, columns, nullsAreEqual: false, condition: null }];
  }
  return rules;
}
