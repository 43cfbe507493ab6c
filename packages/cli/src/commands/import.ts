import { extname, join } from 'node:path';
import type { Imported, TemplateDocument } from '@datamaker/engine/import';
import { type Arguments, type Command, flagValue, flagValues } from '../arguments/command.ts';
import { badArgument, badInput } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { refuseToOverwrite } from '../output/refuse-to-overwrite.ts';
import { say } from '../output/say.ts';
import { writeDocument } from '../output/write-document.ts';
import { readInput } from '../template/read-input.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'make a template of a schema, a sample, or a table of a database',
  usage: '<file | - | database URL> [options]',
  positionals: { min: 1, max: 1, name: 'file' },
  flags: [
    {
      name: 'kind',
      value: 'name',
      summary:
        'sql-ddl, json-schema, openapi, avro, prisma, dbt, edmx, mockaroo, faker, csv, json or xlsx (default: recognised by what is in the file)',
    },
    {
      name: 'entity',
      value: 'name',
      summary: 'only this table, model, schema or sheet; the name of the template for another sample',
    },
    {
      name: 'expand',
      value: 'path',
      summary:
        'of OData metadata: put the entities that this navigation property leads to into each row, several times for several; then --entity is an entity set',
      repeatable: true,
    },
    {
      name: 'table',
      value: 'name',
      summary: 'of a database: only this table, several times for several (default: all)',
      repeatable: true,
    },
    {
      name: 'schema',
      value: 'name',
      summary: 'of a database: the schema that tables are in, several times for several',
      repeatable: true,
    },
    { name: 'rows', value: 'N', summary: 'of a database: rows of each table that others refer to (default: 100)' },
    { name: 'locale', short: 'l', value: 'code', summary: 'of a database: the language and country of values' },
    {
      name: 'out',
      short: 'o',
      value: 'file',
      summary: 'where to write the template (default: stdout); for several templates a folder, which ends in /',
    },
  ],
  notes: [
    'What the template does not say, or says in another way, is told on stderr with its place in the source: read it. Nothing that the source refers to is fetched.',
    'A database is read and not changed: postgres://, mysql://, mariadb://, sqlserver://, oracle://, db2:// or mongodb:// with a user and a host. Leave the password out of the URL, where whoever lists processes sees it, and set $PGPASSWORD, $MYSQL_PWD or $SQLCMDPASSWORD.',
    'Files of at most 10 MiB are read (YAML: 1 MiB).',
  ],
  examples: [
    'datamaker import schema.sql --entity customers --out customers.json',
    'datamaker import openapi.yaml --out templates/',
    'datamaker import postgres://me@localhost/shop --table orders --out orders.json',
    'datamaker import mysql://me@localhost/shop --out templates/',
    'datamaker import orders.xlsx --entity 2026 --out orders.json',
    'datamaker import metadata.xml --entity SalesOrders --expand to_Item --out order.json',
    'pg_dump --schema-only shop | datamaker import - --entity orders | datamaker generate - -n 100',
  ],
  run,
};

const ROWS = 100;
const MOST_ROWS = 1_000_000_000;
const OF_DATABASES = ['table', 'schema', 'rows', 'locale'];

async function run(args: Arguments): Promise<void> {
  const [path = ''] = args.positionals;
  const { isUrl } = await import('../tables/open-database.ts');
  if (isUrl(path)) return runDatabase(args, path);
  for (const name of OF_DATABASES) {
    if (!args.flags.has(name)) continue;
    throw badArgument(
      `--${name}`,
      'option_needed',
      `--${name} is for databases`,
      'a part of a file is named by --entity',
    );
  }
  const { importSchema, MAX_IMPORT_BYTES } = await import('@datamaker/engine/import');
  const out = flagValue(args, 'out');
  const entity = flagValue(args, 'entity');
  const refusal = { code: 'import_too_large', hint: 'import a part of it, or only the statements that create tables' };
  const source = await readInput(path, MAX_IMPORT_BYTES, refusal);
  const kind = flagValue(args, 'kind') ?? kindOfEnding(path);
  const expand = flagValues(args, 'expand');
  if (expand.length > 0) {
    if (kind !== undefined && kind !== 'edmx') throw onlyMetadata(kind);
    const { importMetadata } = await import('../tables/import-metadata.ts');
    const { templates, notices } = await importMetadata(source.name, source.bytes, { entity, expand });
    tell(source.name, { notices });
    return write(templates, path, out);
  }
  const result = await importSchema(source.bytes, {
    ...(kind === undefined ? {} : { kind }),
    ...(entity === undefined ? {} : { entity }),
  });
  if (!result.ok) {
    const problems = result.diagnostics.map(({ pointer, ...problem }) => {
      const flag = /^\/(kind|entity)$/.exec(pointer)?.[1];
      return flag === undefined ? { ...problem, pointer } : { ...problem, place: `--${flag}` };
    });
    throw badInput(source.name, problems);
  }
  tell(source.name, result.value);
  await write(result.value.templates, path, out);
}

async function runDatabase(args: Arguments, url: string): Promise<void> {
  if (args.flags.has('kind')) {
    throw badArgument('--kind', 'not_supported', 'a database says what it is', 'leave --kind out');
  }
  if (flagValues(args, 'expand').length > 0) throw onlyMetadata('a database');
  const out = flagValue(args, 'out');
  const rows = Number(flagValue(args, 'rows') ?? ROWS);
  if (!Number.isSafeInteger(rows) || rows < 1 || rows > MOST_ROWS) {
    throw badArgument('--rows', 'invalid_value', `--rows is a whole number from 1 to ${MOST_ROWS}`);
  }
  const entity = flagValue(args, 'entity');
  const request = {
    tables: [...flagValues(args, 'table'), ...(entity === undefined ? [] : [entity])],
    schemas: flagValues(args, 'schema'),
    locale: flagValue(args, 'locale'),
    rows,
  };
  await checkLocale(request.locale);
  const { importDatabase } = await import('../tables/import-database.ts');
  const { interruptible } = await import('../signals/interruptible.ts');
  await interruptible(async (signal) => {
    const { name, templates, notices } = await importDatabase(url, request, signal);
    tell(name, { notices });
    await write(templates, '', out);
  });
}

const onlyMetadata = (what: string): Error =>
  badArgument(
    '--expand',
    'not_supported',
    `rows within rows are of OData metadata, and not of ${what}`,
    'leave --expand out',
  );

/** @throws CommandError, with what the engine says of it */
async function checkLocale(locale: string | undefined): Promise<void> {
  if (locale === undefined) return;
  const { compileTemplate, parseTemplate } = await import('@datamaker/engine');
  const parsed = parseTemplate({ locale, fields: [{ name: 'name', type: 'full_name' }] });
  const checked = parsed.ok ? await compileTemplate(parsed.value, { seed: '' }) : parsed;
  if (checked.ok) return;
  const problems = checked.diagnostics.map(({ pointer: _, ...problem }) => ({ ...problem, place: '--locale' }));
  throw badInput('the command line', problems);
}

/** Endings that leave no doubt; what is in the file decides about the others. */
function kindOfEnding(path: string): string | undefined {
  const ending = extname(path).toLowerCase();
  return {
    '.sql': 'sql-ddl',
    '.ddl': 'sql-ddl',
    '.avsc': 'avro',
    '.prisma': 'prisma',
    '.edmx': 'edmx',
    '.csv': 'csv',
    '.tsv': 'csv',
    '.xlsx': 'xlsx',
    '.xlsm': 'xlsx',
    '.ndjson': 'json',
    '.jsonl': 'json',
  }[ending];
}

function tell(name: string, { notices }: Pick<Imported, 'notices'>): void {
  const lines = notices.map(({ code, line, pointer, subject, message, times }) => {
    const place =
      line === undefined ? `${name}${pointer === undefined || pointer === '' ? '' : ` ${pointer}`}` : `${name}:${line}`;
    const count = times === undefined ? '' : ` (${times} times)`;
    return printable(`${place}: ${subject === undefined ? '' : `${subject}: `}${message}${count} [${code}]`);
  });
  if (lines.length > 0) say(`${lines.join('\n')}\n`);
}

async function write(templates: readonly TemplateDocument[], path: string, out: string | undefined): Promise<void> {
  const [first] = templates;
  if (out?.endsWith('/') === true) return writeAll(templates, out);
  if (first === undefined || templates.length > 1) {
    const names = templates.slice(0, 20).map(({ name }) => printable(name).slice(0, 60));
    const more = templates.length > names.length ? ', …' : '';
    throw badArgument(
      '--out',
      'several_templates',
      `there are ${templates.length} templates in it: ${names.join(', ')}${more}`,
      'name one with --entity (--table of a database), or a folder for all of them with --out, such as --out templates/',
    );
  }
  if (out !== undefined) refuseToOverwrite(path, out);
  await writeDocument(first, out);
}

/** Each template in a file named after it. */
async function writeAll(templates: readonly TemplateDocument[], folder: string): Promise<void> {
  const taken = new Set<string>();
  for (const template of templates) {
    const stem = template.name
      .replaceAll(/[^\p{L}\p{N}_.-]/gu, '_')
      .replace(/^\.+/, '_')
      .slice(0, 60);
    let name = stem;
    for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${stem}_${i}`;
    taken.add(name.toLowerCase());
    await writeDocument(template, join(folder, `${name}.json`));
    say(`${join(folder, `${name}.json`)}\n`);
  }
}
