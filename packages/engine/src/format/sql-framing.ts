import type { Column } from './column.ts';
import type { OptionsOf } from './format-options.ts';
import type { Framing } from './framing.ts';
import { sqlColumnType } from './sql-column-type.ts';
import { dialects, quoteIdentifier, type SqlDialect } from './sql-dialect.ts';

/** Rows as SQL statements. `columns` is asked only for CREATE TABLE. */
export function sqlFraming(
  options: OptionsOf<'sql'>,
  name: string,
  fields: readonly string[],
  columns: () => readonly Column[],
): Framing {
  const { dialect = 'postgres', batch = 500, upsert } = options;
  const statement: Statement = {
    dialect,
    table: quoteIdentifier(options.table ?? (name === '' ? 'data' : name), dialect),
    names: fields.map((field) => quoteIdentifier(field, dialect)),
    keys: (upsert ?? []).map((key) => quoteIdentifier(key, dialect)),
  };
  const shape = shapeOf(statement);
  const rows = Math.min(batch, shape.mostRows);
  return {
    head: options.createTable === true ? createTable(statement, columns()) : '',
    tail: '',
    cells: shape.before.map((before, field) => ({ before, field })),
    rowClose: shape.rowClose,
    rowSeparator: shape.rowSeparator,
    batch: { rows, head: shape.head, tail: shape.tail },
  };
}

interface Statement {
  readonly dialect: SqlDialect;
  /** Quoted, as are all names here. */
  readonly table: string;
  readonly names: readonly string[];
  /** What identifies a row when rows are inserted or updated; empty when they are inserted. */
  readonly keys: readonly string[];
}

interface Shape extends Pick<Framing, 'rowClose' | 'rowSeparator'> {
  /** Before each value of a row. */
  readonly before: readonly string[];
  readonly head: string;
  readonly tail: string;
  readonly mostRows: number;
}

const tuples = (names: readonly string[]) => ({
  before: names.map((_, index) => (index > 0 ? ', ' : '(')),
  rowClose: ')',
  rowSeparator: ',\n',
});

/** A statement of many rows: what stands before, in and after them. */
function shapeOf(statement: Statement): Shape {
  const { dialect, table, names, keys } = statement;
  const target = `${table} (${names.join(', ')})`;
  const mostRows = dialects[dialect].maxBatch(names.length);
  const head = `INSERT INTO ${target} VALUES\n`;
  if (keys.length === 0) {
    return dialects[dialect].batch === 'values'
      ? { ...tuples(names), head, tail: ';\n', mostRows }
      : {
          before: names.map((_, index) => (index > 0 ? ', ' : `  INTO ${target} VALUES (`)),
          rowClose: ')',
          rowSeparator: '\n',
          head: 'INSERT ALL\n',
          tail: '\nSELECT 1 FROM DUAL;\n',
          mostRows,
        };
  }
  const others = names.filter((name) => !keys.includes(name));
  if (dialect === 'postgres') {
    const updates = others.map((name) => `${name} = EXCLUDED.${name}`).join(', ');
    const action = others.length === 0 ? 'NOTHING' : `UPDATE SET ${updates}`;
    return { ...tuples(names), head, tail: `\nON CONFLICT (${keys.join(', ')}) DO ${action};\n`, mostRows };
  }
  if (dialect === 'mysql') {
    // VALUES(x) is what MariaDB knows as well; MySQL 8.0.20 prefers an alias, which MariaDB does not.
    const updates = (others.length === 0 ? keys : others).map((name) => `${name} = VALUES(${name})`).join(', ');
    return { ...tuples(names), head, tail: `\nON DUPLICATE KEY UPDATE ${updates};\n`, mostRows };
  }
  const actions = mergeActions(names, keys, others);
  if (dialect === 'oracle') {
    // Oracle takes no list of rows here: each is a SELECT, of which the first names the columns.
    return {
      before: names.map((_, index) => (index === 0 ? '  SELECT ' : ` AS ${names[index - 1]}, `)),
      rowClose: ` AS ${names.at(-1)} FROM DUAL`,
      rowSeparator: ' UNION ALL\n',
      head: `MERGE INTO ${table} t USING (\n`,
      tail: `\n) s ${actions};\n`,
      mostRows,
    };
  }
  return {
    ...tuples(names),
    head: `MERGE INTO ${table} AS t USING (VALUES\n`,
    tail: `\n) AS s (${names.join(', ')}) ${actions};\n`,
    mostRows,
  };
}

function mergeActions(names: readonly string[], keys: readonly string[], others: readonly string[]): string {
  const update =
    others.length === 0
      ? ''
      : `\nWHEN MATCHED THEN UPDATE SET ${others.map((name) => `${name} = s.${name}`).join(', ')}`;
  const insert = `\nWHEN NOT MATCHED THEN INSERT (${names.join(', ')}) VALUES (${names.map((name) => `s.${name}`).join(', ')})`;
  return `ON (${keys.map((key) => `t.${key} = s.${key}`).join(' AND ')})${update}${insert}`;
}

/** CREATE TABLE with the columns' types; what identifies a row is its primary key. */
function createTable({ dialect, table, names, keys }: Statement, columns: readonly Column[]): string {
  const lines = columns.map((column, index) => {
    const isKey = keys.includes(names[index] ?? '');
    return `  ${names[index]} ${sqlColumnType(column, dialect)}${column.nullable && !isKey ? '' : ' NOT NULL'}`;
  });
  if (keys.length > 0) lines.push(`  PRIMARY KEY (${keys.join(', ')})`);
  return `CREATE TABLE ${table} (\n${lines.join(',\n')}\n);\n`;
}
