import type { Check, Column, DatabaseSchema, ForeignKey, SchemaNotice, Table, UniqueKey } from '../schema/schema.ts';
import { tableId } from '../sql/by-table.ts';
import { HAS_TRIGGERS } from '../sql/has-triggers.ts';
import { CHECKS_OF_MARIADB, CHECKS_OF_MYSQL, COLUMNS, FOREIGN_KEYS, INDEXES, TABLES, TRIGGERS } from './catalogue.ts';
import { checkOfColumn, isJsonRule, plainCheck } from './checks.ts';
import { kindOf } from './column-kind.ts';
import { dialect } from './dialect.ts';
import { membersOf, valuesOf } from './list-of-type.ts';
import { quotedText } from './literal-of.ts';
import type { Query } from './query.ts';
import type { ServerFacts } from './server-facts.ts';

type Line = readonly (string | null)[];

/** What belongs to one table, in lines whose first two values are its schema and its name. */
interface Lines {
  readonly columns: readonly Line[];
  readonly indexes: readonly Line[];
  readonly foreignKeys: readonly Line[];
  readonly checks: readonly Line[];
  readonly triggers: readonly Line[];
}

/**
 * Reads tables with their columns and rules from the information schema, in six queries whatever the number of tables.
 * @param schemas the databases to read
 * @param only the one table to read, which may be a view as well
 */
export async function introspect(
  query: Query,
  facts: ServerFacts,
  schemas: readonly string[],
  only?: string,
): Promise<DatabaseSchema> {
  const wanted = `(${schemas.map(quotedText).join(', ')})`;
  const ask = async (text: string, name = 'TABLE_NAME', schema = 'TABLE_SCHEMA'): Promise<readonly Line[]> =>
    await query(
      text.replace(
        ':wanted',
        () => `${schema} IN ${wanted}${only === undefined ? '' : ` AND ${name} = ${quotedText(only)}`}`,
      ),
    );
  const isWanted = ([schema, name]: Line): boolean =>
    !facts.namesAreExact || (schemas.includes(schema ?? '') && (only === undefined || name === only));
  const tables = (await ask(TABLES)).filter(isWanted).filter(([, , kind]) => only !== undefined || kind !== 'VIEW');
  if (tables.length === 0) return { tables: [], notices: [] };
  const by = (lines: readonly Line[]): Map<string, Line[]> => Map.groupBy(lines, idOf);
  const columns = by(await ask(COLUMNS));
  const indexes = by(await ask(INDEXES));
  const foreignKeys = by(await ask(FOREIGN_KEYS));
  const checks = by(await checksOf(ask, facts));
  const triggers = by(await ask(TRIGGERS, 'EVENT_OBJECT_TABLE', 'EVENT_OBJECT_SCHEMA'));
  const notices: SchemaNotice[] = [];
  const described = tables.map((table) => {
    const id = idOf(table);
    const lines = {
      columns: columns.get(id) ?? [],
      indexes: indexes.get(id) ?? [],
      foreignKeys: foreignKeys.get(id) ?? [],
      checks: checks.get(id) ?? [],
      triggers: triggers.get(id) ?? [],
    };
    return toTable(table, lines, facts, notices);
  });
  return { tables: described, notices };
}

const idOf = ([schema, name]: Line): string => tableId(schema ?? '', name ?? '');

/** MySQL keeps rules from 8.0.16 on, MariaDB from 10.2 on; before, they were read and forgotten. */
async function checksOf(
  ask: (text: string, name?: string, schema?: string) => Promise<readonly Line[]>,
  { isMariaDb, version }: ServerFacts,
): Promise<readonly Line[]> {
  if (isMariaDb) return await ask(CHECKS_OF_MARIADB, 'TABLE_NAME', 'CONSTRAINT_SCHEMA');
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  const isThere = major > 8 || (major === 8 && (minor > 0 || patch >= 16));
  return isThere ? await ask(CHECKS_OF_MYSQL, 'tc.TABLE_NAME', 'tc.TABLE_SCHEMA') : [];
}

function toTable(
  [schema, name, , comment, estimate, engine, keepsTransactions]: Line,
  lines: Lines,
  { isMariaDb }: ServerFacts,
  notices: SchemaNotice[],
): Table {
  const tell = (subject: string, message: string): void =>
    void notices.push({ subject: subject === '' ? (name ?? '') : `${name}.${subject}`, message });
  if (lines.triggers.length > 0) tell('', HAS_TRIGGERS);
  if (keepsTransactions === 'NO') {
    tell('', `its engine ${engine} keeps no transactions: rows that were written before an error stay`);
  }
  const rules = lines.checks.map(
    ([, , rule, expression]): Check => ({
      name: rule ?? '',
      expression: isMariaDb ? (expression ?? '') : plainCheck(expression ?? ''),
    }),
  );
  const columns = lines.columns.map((line) => {
    const column = toColumn(line, rules, isMariaDb);
    const members = membersOf(column.type);
    if (column.type.startsWith('set') && members?.length === column.values?.length) {
      tell(column.name, 'a set of many members: values are made with one member each');
    }
    return column;
  });
  const keys = Map.groupBy(lines.indexes, ([, , index]) => index ?? '');
  const uniqueKeys: UniqueKey[] = [];
  for (const [index, parts] of keys) {
    if (index === 'PRIMARY') continue;
    if (parts.some(([, , , column]) => column === null)) {
      tell(index, 'a unique index of expressions, which rows are not made for');
    } else if (parts.some(([, , , , prefix]) => prefix !== null)) {
      tell(index, 'a unique index of the beginnings of texts, which rows are not made for');
    } else {
      uniqueKeys.push({ name: index, columns: columnsOf(parts), nullsAreEqual: false, condition: null });
    }
  }
  const primary = keys.get('PRIMARY');
  return {
    schema: schema ?? '',
    name: name ?? '',
    comment: comment === '' || comment === 'VIEW' ? null : (comment ?? null),
    columns,
    primaryKey: primary === undefined ? null : { name: 'PRIMARY', columns: columnsOf(primary) },
    uniqueKeys,
    foreignKeys: Array.from(
      Map.groupBy(lines.foreignKeys, ([, , key]) => key ?? ''),
      ([key, parts]) => toForeignKey(key, parts),
    ),
    checks: [
      ...rules.filter(({ expression }) => !isJsonRule(expression)),
      ...columns.flatMap((column) => checkOfColumn(column, dialect.quote(column.name)) ?? []),
    ],
    rowEstimate: estimate === null || estimate === undefined ? null : Number(estimate),
  };
}

const columnsOf = (parts: readonly Line[]): string[] => parts.map(([, , , column]) => column ?? '');

const toForeignKey = (name: string, parts: readonly Line[]): ForeignKey => ({
  name,
  columns: columnsOf(parts),
  to: { schema: parts[0]?.[4] ?? '', name: parts[0]?.[5] ?? '' },
  toColumns: parts.map(([, , , , , , column]) => column ?? ''),
  isDeferrable: false,
});

function toColumn(line: Line, rules: readonly Check[], isMariaDb: boolean): Column {
  const [, , name = '', base = '', type = '', nullable, said, extra = '', expression, comment, ...facts] = line;
  const [characters = null, bytes = null, bytesOfCharacter = null, precision = null, scale = null, fraction = null] =
    facts;
  const isJson = rules.some((rule) => isJsonRule(rule.expression, name ?? ''));
  const isComputed = (expression ?? '') !== '';
  return {
    name: name ?? '',
    ...kindOf(
      { base: base ?? '', type: type ?? '', characters, bytes, bytesOfCharacter, precision, scale, fraction },
      isJson,
    ),
    type: isJson ? 'json' : (type ?? ''),
    dimensions: 0,
    nullable: nullable === 'YES',
    values: valuesOf(type ?? ''),
    default: isComputed ? null : defaultOf(said ?? null, extra ?? '', isMariaDb),
    generated: isComputed ? 'always' : /auto_increment/i.test(extra ?? '') ? 'by_default' : null,
    comment: comment === '' ? null : (comment ?? null),
  };
}

/** MariaDB writes an expression; MySQL a bare text, unless it says that it is an expression. */
function defaultOf(said: string | null, extra: string, isMariaDb: boolean): string | null {
  if (said === null) return null;
  if (isMariaDb) return said === 'NULL' ? null : said;
  return /DEFAULT_GENERATED/.test(extra) || /^(?:-?\d+(?:\.\d+)?|CURRENT_TIMESTAMP.*|b'[01]+')$/.test(said)
    ? said
    : quotedText(said);
}
