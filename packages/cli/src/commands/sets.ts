import { type Action, actionOf } from '../arguments/actions.ts';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { drawTable } from '../output/draw-table.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { writeAnswer } from '../output/write-answer.ts';
import { ServerApi } from '../remote/server-api.ts';
import { KEY_NOTE, SERVER_FLAGS } from '../remote/server-flags.ts';
import { parseRow } from '../rows/parse-row.ts';
import { drawDiff, type SetDiff } from '../sets/draw-diff.ts';
import { type RemoteSet, setPath } from '../sets/remote-set.ts';
import { saveSet } from '../sets/save-set.ts';

const ACTIONS: Readonly<Record<string, Action>> = {
  list: { flags: [], run: list },
  save: { takes: '<set>', flags: ['rows', 'format', 'template', 'count', 'seed'], run: save },
  load: { takes: '<set>', flags: ['version', 'offset', 'limit', 'format', 'out'], run: load },
  diff: { takes: '<set>', flags: ['from', 'to', 'key', 'limit'], run: diff },
  verify: { takes: '<set>', flags: ['version'], run: verify },
};

export const sets: Command = {
  name: 'sets',
  summary: 'list, save, load, compare and verify the saved sets of a server',
  usage: 'list | save <set> | load <set> | diff <set> | verify <set> [options]',
  positionals: { min: 1, max: 2, name: 'list | save | load | diff | verify' },
  actions: Object.keys(ACTIONS),
  flags: [
    { name: 'rows', value: 'file', summary: 'save: the rows of a file, or of stdin for -' },
    { name: 'template', value: 'template', summary: 'save: what a template of the server makes, by its id or name' },
    { name: 'count', short: 'n', value: 'N', summary: 'save: how many rows of the template (default: 10)' },
    { name: 'seed', short: 's', value: 'text', summary: 'save: the seed of the template (default: drawn)' },
    {
      name: 'format',
      short: 'f',
      value: 'name',
      summary: 'save: csv, ndjson or json (default: by the ending of --rows); load: any format of rows (default: json)',
    },
    { name: 'version', value: 'N', summary: 'load, verify: this one (default: the newest)' },
    { name: 'offset', value: 'N', summary: 'load: from this row on, counted from 0' },
    { name: 'limit', value: 'N', summary: 'load: at most so many rows; diff: so many of each kind (default: 100)' },
    { name: 'out', short: 'o', value: 'file', summary: 'load: where to write (default: stdout)' },
    { name: 'from', value: 'N', summary: 'diff: the version before (default: that before --to)' },
    { name: 'to', value: 'N', summary: 'diff: the version after (default: the newest)' },
    { name: 'key', value: 'column', summary: 'diff: what tells rows apart (default: their place)' },
    ...SERVER_FLAGS,
  ],
  notes: [
    'A name that is there gets a new version; none is altered. A set of a template is kept as its seed, and made again when it is loaded.',
    'verify makes or reads all rows again, and ends with 1 when they are not the ones that were saved.',
    KEY_NOTE,
  ],
  examples: [
    'datamaker sets save regression --template Customer -n 100 -s q2',
    'datamaker sets load regression --format csv --out regression.csv',
    'datamaker sets diff regression --key id',
    'datamaker sets verify regression',
  ],
  run: async (args) => (await actionOf(sets, ACTIONS, SERVER_FLAGS, args)).run(args),
};

async function list(args: Arguments): Promise<void> {
  const found: RemoteSet[] = [];
  for await (const one of ServerApi.of(args).items<RemoteSet>('/sets')) found.push(one);
  if (args.flags.has('json')) return print(`${JSON.stringify(found, undefined, 2)}\n`);
  if (found.length === 0) return say('the project has no sets\n');
  const rows = found.map(({ name, version, row_count: count, stored_as: kind, created_at: at }) => [
    printable(name),
    `v${version}`,
    count.toLocaleString('en'),
    kind === 'recipe' ? 'template and seed' : 'rows',
    at.slice(0, 16).replace('T', ' '),
  ]);
  const header = ['name', 'version', 'rows', 'kept as', 'saved (UTC)'];
  await print(`${drawTable([header, ...rows], new Set([2])).join('\n')}\n`);
}

async function save(args: Arguments): Promise<void> {
  const saved = await saveSet(ServerApi.of(args), nameOf(args), args);
  if (args.flags.has('json')) return print(`${JSON.stringify(saved, undefined, 2)}\n`);
  const { name, version, row_count: rows, seed } = saved;
  const of = seed === null ? '' : `, seed ${printable(seed)}`;
  say(`${rows.toLocaleString('en')} rows are kept as ${printable(name)}, version ${version}${of}\n`);
}

async function load(args: Arguments): Promise<void> {
  const query = queryOf(args, ['version', 'offset', 'limit']);
  const format = flagValue(args, 'format');
  if (format !== undefined && args.flags.has('json')) {
    throw badArgument(
      '--json',
      'unexpected_option',
      '--json is the set with all that is known of it, without --format',
    );
  }
  if (!args.flags.has('json')) query.set('format', format ?? 'json');
  await writeAnswer(await ServerApi.of(args).open(setPath(nameOf(args), `?${query}`)), flagValue(args, 'out'));
}

async function diff(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  const name = nameOf(args);
  const query = queryOf(args, ['from', 'to', 'key', 'limit']);
  if (!query.has('to')) query.set('to', String(await newest(api, name)));
  if (!query.has('from')) query.set('from', String(Number(query.get('to')) - 1));
  if (query.get('from') === '0') {
    throw new CommandError(2, 'no_version_before', `version ${query.get('to')} of ${name} is the first`, {
      hint: 'save it again, and there are two to compare',
    });
  }
  // As the server says it: numbers keep all their digits.
  const found = await (await api.open(setPath(name, `/diff?${query}`))).text();
  await print(args.flags.has('json') ? `${found}\n` : drawDiff(parseRow(found) as SetDiff));
}

async function verify(args: Arguments): Promise<void> {
  const path = setPath(nameOf(args), `/verify?${queryOf(args, ['version'])}`);
  const found = await ServerApi.of(args).json<RemoteSet & { matches: boolean; found_sha256: string }>(path, {
    method: 'POST',
    body: {},
  });
  const { name, version, row_count: rows, sha256, matches } = found;
  if (args.flags.has('json')) await print(`${JSON.stringify(found, undefined, 2)}\n`);
  if (!matches) {
    const message = `the rows of ${printable(name)}, version ${version}, are not the ones that were saved`;
    throw new CommandError(1, 'rows_differ', message, {
      hint: `their checksum is ${found.found_sha256}, and not ${sha256}`,
    });
  }
  if (!args.flags.has('json'))
    say(`${printable(name)}, version ${version}: all ${rows.toLocaleString('en')} rows are as they were saved\n`);
}

const newest = async (api: ServerApi, name: string): Promise<number> =>
  (await api.json<RemoteSet>(setPath(name, '?limit=1'))).version;

const nameOf = ({ positionals: [, name = ''] }: Arguments): string => name;

/** @throws CommandError for what is no number */
function queryOf(args: Arguments, flags: readonly string[]): URLSearchParams {
  const query = new URLSearchParams();
  for (const flag of flags) {
    const value = flagValue(args, flag);
    if (value === undefined) continue;
    if (flag !== 'key' && !/^\d{1,9}$/.test(value)) {
      throw badArgument(`--${flag}`, 'invalid_value', `--${flag} is a whole number`);
    }
    query.set(flag, value);
  }
  return query;
}
