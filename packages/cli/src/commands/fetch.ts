import { randomUUID } from 'node:crypto';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { badArgument } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import { openOutput } from '../output/open-output.ts';
import { ReaderGone } from '../output/output.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { writeAnswer } from '../output/write-answer.ts';
import { CONNECTIONS, findNamed } from '../remote/find-named.ts';
import { ServerApi } from '../remote/server-api.ts';
import { ServerError } from '../remote/server-error.ts';
import { KEY_NOTE, SERVER_FLAGS } from '../remote/server-flags.ts';
import { rowFormatOf } from '../rows/row-format-of.ts';
import { ROW_FORMATS, type RowFormat } from '../rows/row-source.ts';
import { RowWriter } from '../rows/write-rows.ts';
import { interruptible } from '../signals/interruptible.ts';

/** More come by way of a set. */
const MOST_ROWS = 1000;
const MOST_ROWS_OF_SET = 1_000_000;

interface TableRows {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly more: boolean;
}

export const fetchCommand: Command = {
  name: 'fetch',
  summary: 'read rows out of a connection of a server',
  usage: '<connection> <table> [options]',
  positionals: { min: 2, max: 2, name: 'connection and table' },
  flags: [
    { name: 'columns', value: 'names', summary: 'only these, with commas between' },
    { name: 'where', value: 'json', summary: 'conditions that all hold: [{"column":"id","is":">=","value":10}]' },
    { name: 'filter', value: 'text', summary: 'in the language of the system: $filter of OData, the query of REST' },
    { name: 'order-by', value: 'columns', summary: 'in the order of these, with commas between' },
    {
      name: 'top',
      short: 'n',
      value: 'N',
      summary: `at most so many, up to ${MOST_ROWS_OF_SET} (default: ${MOST_ROWS})`,
    },
    { name: 'schema', value: 'name', summary: 'where the table is, when several schemas have one of that name' },
    {
      name: 'format',
      short: 'f',
      value: 'name',
      summary: `${ROW_FORMATS.join(', ')} (default: by the ending of --out, else json)`,
    },
    { name: 'out', short: 'o', value: 'file', summary: 'where to write (default: stdout)' },
    { name: 'set', value: 'name', summary: 'keep the rows on the server, as a set of this name' },
    ...SERVER_FLAGS,
  ],
  notes: [
    'A connection is named by its id or name; <table> is an entity set of an OData service, or the path of a REST system, as well. Integers beyond 2^53 and decimals are texts, bytes are in base64.',
    `Where there are more rows than were read, stderr says so. More than ${MOST_ROWS} come by way of a set of the server, which is deleted at the end: the key needs to be one that may write. --json is for --set: what was kept.`,
    KEY_NOTE,
  ],
  examples: [
    'datamaker fetch shop customer --columns id,email -n 20 --format csv',
    'datamaker fetch shop customer -n 200000 --out customers.csv',
    'datamaker fetch shop customer --where \'[{"column":"country","is":"=","value":"DE"}]\' --set customers_de -n 50000',
  ],
  run,
};

async function run(args: Arguments): Promise<void> {
  const [connection = '', table = ''] = args.positionals;
  const set = flagValue(args, 'set');
  const top = readTop(args);
  const where = readWhere(args);
  if (set === undefined && args.flags.has('json')) {
    throw badArgument('--json', 'option_needed', '--json is for --set', '--format json says how rows are written');
  }
  const api = ServerApi.of(args);
  const id = await findNamed(api, CONNECTIONS, connection);
  if (set !== undefined) return keep(api, id, { table, set, top, where }, args);
  const out = flagValue(args, 'out');
  const format = rowFormatOf(flagValue(args, 'format'), out);
  if (top !== undefined && top > MOST_ROWS) return throughSet(api, id, { table, top, where }, format, args);
  const query = new URLSearchParams({ table, top: String(top ?? MOST_ROWS) });
  for (const [flag, name] of Object.entries({ filter: 'filter', schema: 'schema' })) {
    const value = flagValue(args, flag);
    if (value !== undefined) query.set(name, value);
  }
  if (where !== undefined) query.set('where', JSON.stringify(where));
  for (const column of listOf(args, 'columns') ?? []) query.append('column', column);
  for (const column of listOf(args, 'order-by') ?? []) query.append('orderBy', column);
  const { columns, rows, more } = await api.json<TableRows>(`/connections/${id}/rows?${query}`);
  // Large rows: fewer fit into one answer than were asked for.
  if (more && top !== undefined && rows.length < top) return throughSet(api, id, { table, top, where }, format, args);
  const output = await openOutput(out);
  const writer = new RowWriter(output, format, ',');
  try {
    await explain(`${output.name} could not be written`, async () => {
      await writer.write(rows, columns);
      await writer.end();
      await output.commit();
    });
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
  if (more) {
    const kept = '-n takes up to 1,000,000, --set keeps them on the server';
    say(`there are more rows than these ${rows.length.toLocaleString('en')}: ${kept}\n`);
  }
}

/** What is asked of a connection. */
interface Asked {
  readonly table: string;
  readonly top: number | undefined;
  readonly where: unknown;
}

interface SavedRows {
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
}

/** Writes rows that are too many for one answer: they are kept as a set, which is read and deleted, also when it is broken off. */
async function throughSet(api: ServerApi, id: string, asked: Asked, format: RowFormat, args: Arguments): Promise<void> {
  const set = `fetched ${randomUUID()}`;
  const place = `/sets/${encodeURIComponent(set)}`;
  await interruptible(async (signal) => {
    try {
      await saveRows(api, id, set, asked, args, signal);
      await writeAnswer(await api.open(`${place}?format=${format}`, { signal }), flagValue(args, 'out'));
    } finally {
      await deleteSet(api, place);
    }
  });
}

/** Rows that could not be saved left none. */
async function deleteSet(api: ServerApi, place: string): Promise<void> {
  await api.open(place, { method: 'DELETE' }).catch((error: unknown) => {
    if (!(error instanceof ServerError && error.status === 404)) throw error;
  });
}

function saveRows(
  api: ServerApi,
  id: string,
  set: string,
  asked: Asked,
  args: Arguments,
  signal?: AbortSignal,
): Promise<SavedRows> {
  const given = Object.entries({
    ...asked,
    set,
    filter: flagValue(args, 'filter'),
    schema: flagValue(args, 'schema'),
    select: listOf(args, 'columns'),
    order_by: listOf(args, 'order-by'),
  }).filter(([, value]) => value !== undefined);
  return api.json<SavedRows>(`/connections/${id}/fetch`, {
    method: 'POST',
    body: Object.fromEntries(given),
    once: true,
    signal,
  });
}

async function keep(
  api: ServerApi,
  id: string,
  { set, ...asked }: Asked & { readonly set: string },
  args: Arguments,
): Promise<void> {
  for (const flag of ['format', 'out']) {
    if (!args.flags.has(flag)) continue;
    const hint = `\`datamaker sets load ${set}\` writes them`;
    throw badArgument(`--${flag}`, 'unexpected_option', `--set keeps rows on the server, without --${flag}`, hint);
  }
  const saved = await saveRows(api, id, set, asked, args);
  if (args.flags.has('json')) return print(`${JSON.stringify(saved, undefined, 2)}\n`);
  say(`${saved.row_count.toLocaleString('en')} rows are kept as ${saved.name}, version ${saved.version}\n`);
}

function readTop(args: Arguments): number | undefined {
  const given = flagValue(args, 'top');
  if (given === undefined) return undefined;
  const top = Number(given);
  if (/^\d{1,15}$/.test(given) && top >= 1 && top <= MOST_ROWS_OF_SET) return top;
  throw badArgument('--top', 'invalid_value', `--top is a whole number from 1 to ${MOST_ROWS_OF_SET}`);
}

function readWhere(args: Arguments): unknown {
  const given = flagValue(args, 'where');
  if (given === undefined) return undefined;
  try {
    const where: unknown = JSON.parse(given);
    if (Array.isArray(where)) return where;
  } catch {
    // It is told below.
  }
  const hint = 'such as [{"column":"id","is":">=","value":10}]';
  throw badArgument('--where', 'invalid_where', '--where is no list of conditions as JSON', hint);
}

const listOf = (args: Arguments, flag: string): readonly string[] | undefined => flagValue(args, flag)?.split(',');
