import type { Column, DatabaseSchema, ForeignKey, Session, Table, TableName, Value } from '@datamaker/connectors';
import type { Notice, TemplateDocument } from '@datamaker/engine/import';
import type { Filling, TemplatesOfTables } from '@datamaker/seeding';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { toCommandError } from '../seeding/to-command-error.ts';
import { readDatabase } from './open-database.ts';

export interface DatabaseRequest {
  /** Undefined: all. */
  readonly tables: readonly string[];
  readonly schemas: readonly string[];
  readonly locale: string | undefined;
  /** Rows of a template that others refer to. */
  readonly rows: number;
}

export interface ImportedDatabase {
  /** The URL without anything secret. */
  readonly name: string;
  readonly templates: readonly TemplateDocument[];
  readonly notices: readonly Notice[];
}

/** Keys of other tables that go into a template. */
const MOST_KEYS = 100;
/** Texts longer than that may be about people: they are no codes. */
const LONGEST_CODE = 10;

/** Templates of tables of a database, which is only read. @throws CommandError */
export async function importDatabase(
  url: string,
  request: DatabaseRequest,
  signal: AbortSignal,
): Promise<ImportedDatabase> {
  const { name, open } = await readDatabase(url, request.schemas);
  const session = await open(signal);
  try {
    return { name, ...(await templatesIn(session, request)) };
  } catch (error) {
    throw error instanceof CommandError ? error : toCommandError(error);
  } finally {
    await session.close().catch(() => undefined);
  }
}

async function templatesIn(
  session: Session,
  { tables: wanted, locale, rows }: DatabaseRequest,
): Promise<Omit<ImportedDatabase, 'name'>> {
  const { templatesOfTables } = await import('@datamaker/seeding');
  const schema = await session.introspect();
  const tables = selected(schema, wanted);
  const made = await templatesOfTables(tables, {
    locale,
    together: { rows },
    filling: (key) => keysOf(session, schema, key),
    greatest: (table, column) =>
      session.greatest?.({ schema: table.schema, name: table.name }, column).catch(() => undefined) ??
      Promise.resolve(undefined),
  });
  const { leftOut, templates } = made;
  if (templates.length === 0) {
    const why = leftOut.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
    throw new CommandError(1, 'nothing_to_import', `no template can be made: ${why || 'there are no tables'}`);
  }
  return { templates: templates.map(({ template }) => template.document), notices: noticesOf(made, schema) };
}

function selected({ tables }: DatabaseSchema, wanted: readonly string[]): readonly Table[] {
  if (wanted.length === 0) return tables;
  return wanted.flatMap((word) => {
    const found = tables.filter(({ schema, name }) => name === word || `${schema}.${name}` === word);
    const folded = tables.filter(({ name }) => name.toLowerCase() === word.toLowerCase());
    const [one, ...more] = found.length > 0 ? found : folded;
    if (one !== undefined && more.length === 0) return [one];
    if (one !== undefined) {
      const places = [one, ...more].map(({ schema, name }) => `${schema}.${name}`).join(', ');
      throw badArgument('--table', 'table_ambiguous', `there are several tables ${JSON.stringify(word)}`, places);
    }
    const names = tables.slice(0, 20).map(({ name }) => name);
    const hint = `tables: ${names.join(', ')}${tables.length > names.length ? ', …' : ''}`;
    throw badArgument('--table', 'entity_not_found', `there is no table ${JSON.stringify(word.slice(0, 80))}`, hint);
  });
}

/** Keys that are in another table now, where they are numbers or codes and are not many columns together. */
async function keysOf(
  session: Session,
  { tables }: DatabaseSchema,
  { to, toColumns }: ForeignKey,
): Promise<Filling | undefined> {
  const other = tables.find(({ schema, name }) => schema === to.schema && name === to.name);
  const [name, ...more] = toColumns;
  const column = other?.columns.find((one) => one.name === name);
  if (name === undefined || more.length > 0 || column === undefined || !isCode(column)) return undefined;
  const values = await valuesOf(session, to, name).catch(() => []);
  return values.length === 0 ? undefined : { how: 'values', values };
}

const isCode = ({ kind, maxLength }: Column): boolean =>
  ['integer', 'decimal', 'uuid'].includes(kind) || (kind === 'text' && (maxLength ?? LONGEST_CODE + 1) <= LONGEST_CODE);

async function valuesOf(session: Session, table: TableName, column: string): Promise<Value[]> {
  const { schema, name } = table;
  const values: Value[] = [];
  for await (const rows of session.read({
    table: { schema, name },
    columns: [column],
    orderBy: [column],
    limit: MOST_KEYS,
  })) {
    values.push(...rows.flatMap((row) => (row[column] === null ? [] : [row[column] as Value])));
  }
  return values;
}

function noticesOf({ templates, leftOut }: TemplatesOfTables, schema: DatabaseSchema): readonly Notice[] {
  const names = new Set(templates.map(({ table }) => table.name));
  const isOf = (subject: string): boolean =>
    [...names].some((name) => subject === name || subject.startsWith(`${name}.`));
  return [
    ...templates.flatMap(({ template }) => template.notices),
    ...schema.notices
      .filter(({ subject }) => isOf(subject))
      .map(({ subject, message }) => ({ code: 'not_described', subject, message })),
    ...leftOut.map(({ name, reason }) => ({
      code: 'no_columns',
      subject: name,
      message: `no template is made of it: ${reason}`,
    })),
  ];
}
