import { isatty } from 'node:tty';
import type { AddedWorkspace, CountedWorkspace, OperatedWorkspace } from '@datamaker/server/maintenance';
import { type Action, actionOf } from '../arguments/actions.ts';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { dataFlag } from '../backup/data-place.ts';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { drawTable } from '../output/draw-table.ts';
import { print } from '../output/print.ts';
import { prompt } from '../remote/prompt.ts';
import { settingsOf } from './settings-of.ts';

const ACTIONS: Readonly<Record<string, Action>> = {
  list: { flags: [], run: list },
  add: { flags: ['name', 'plan', 'project', 'server'], run: add },
  plan: { takes: '<workspace>', flags: [], run: plan },
  remove: { takes: '<workspace>', flags: ['name'], run: remove },
};

const COMMON = [{ name: 'json', summary: 'what there is to know as JSON on stdout, for programs' }, dataFlag];

export const workspaces: Command = {
  name: 'workspaces',
  summary: 'the workspaces of a server, for whoever runs it',
  usage: 'list | add --name <name> | plan <workspace> <plan> | remove <workspace> [options]',
  positionals: { min: 1, max: 3, name: 'list | add | plan | remove' },
  actions: Object.keys(ACTIONS),
  flags: [
    {
      name: 'name',
      value: 'name',
      summary: 'add: what it is called; remove: its name, in place of being asked for it',
    },
    { name: 'plan', value: 'plan', summary: 'add: what it may use (default: self-hosted, which has no limits)' },
    { name: 'project', value: 'name', summary: 'add: what its first project is called (default: Default)' },
    { name: 'server', value: 'url', summary: "add: where the server is, for the link to the owner's account" },
    ...COMMON,
  ],
  notes: [
    'It works on the database, whether servers run or not, as whoever may read the data directory. $DATABASE_URL names a PostgreSQL that the server uses in place of the bundled one.',
    'A workspace is named by its id, or by its name where only one is called so. add makes it with a project, an owner and a key of the owner, which is printed only then. Plans beside free, pro, enterprise and self-hosted are known from $DATAMAKER_PLANS.',
    'remove ends keys, sessions, schedules and runs of the workspace at once; it is purged in 30 days, and until then its owner can restore it.',
  ],
  examples: [
    'datamaker workspaces add --name "Team B" --plan pro --server https://data.example.org',
    'datamaker workspaces plan "Team B" enterprise',
    'datamaker workspaces list --json',
  ],
  run: async (args) => (await actionOf(workspaces, ACTIONS, COMMON, args)).run(args),
};

/** Codes of what is wrong with what was given; all else is wrong with how things are. */
const BAD_INPUT = new Set(['invalid_name', 'unknown_plan', 'unknown_workspace', 'ambiguous_name', 'other_name']);

type Maintenance = typeof import('@datamaker/server/maintenance');

/** Does something where the data are. @throws CommandError */
async function operate<T>(
  args: Arguments,
  use: (maintenance: Maintenance, options: Parameters<Maintenance['listWorkspaces']>[0]) => Promise<T>,
): Promise<T> {
  const maintenance = await import('@datamaker/server/maintenance');
  const { env } = process;
  const dataDirectory = flagValue(args, 'data-dir') ?? (env['DATAMAKER_DATA_DIR'] || undefined);
  const databaseUrl = env['DATABASE_URL'] || undefined;
  const given = env['DATAMAKER_PLANS']?.trim() ?? '';
  const plans = given === '' ? undefined : settingsOf('invalid_setting', () => plansOf(maintenance, given));
  const options = {
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(plans === undefined ? {} : { plans }),
  };
  return use(maintenance, options).catch((error: unknown) => {
    if (!(error instanceof maintenance.StartError)) throw error;
    const code = error.code === 'cannot_start' ? 'cannot_open' : error.code;
    throw new CommandError(BAD_INPUT.has(code) ? 2 : 1, code, printable(error.message), { cause: error });
  });
}

function plansOf({ parsePlans }: Maintenance, text: string) {
  try {
    return parsePlans(text);
  } catch (error) {
    throw new Error(`DATAMAKER_PLANS cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

async function list(args: Arguments): Promise<void> {
  refuseMore(args, 1);
  const found = await operate(args, ({ listWorkspaces }, options) => listWorkspaces(options));
  if (args.flags.has('json')) return printJson(found);
  const header = ['id', 'name', 'plan', 'people', 'projects', 'created (UTC)', ''];
  await print(`${drawTable([header, ...found.map(lineOf)], new Set([3, 4])).join('\n')}\n`);
}

const lineOf = ({ id, name, plan: on, people, projects, createdAt, purgeAt }: CountedWorkspace): string[] => [
  id,
  printable(name),
  on,
  String(people),
  String(projects),
  minuteOf(createdAt),
  purgeAt === null ? '' : `deleted, purged after ${minuteOf(purgeAt)}`,
];

const minuteOf = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');

async function add(args: Arguments): Promise<void> {
  refuseMore(args, 1);
  const name = flagValue(args, 'name');
  if (name === undefined) throw badArgument('--name', 'missing_option', 'say what the workspace is called with --name');
  const given = Object.entries({ plan: flagValue(args, 'plan'), project: flagValue(args, 'project') });
  const wanted = { name, ...Object.fromEntries(given.filter(([, value]) => value !== undefined)) };
  const server = flagValue(args, 'server');
  if (server !== undefined && !(URL.canParse(server) && /^https?:/.test(server))) {
    throw badArgument('--server', 'invalid_value', '--server is the http or https address of the server');
  }
  const added = await operate(args, ({ addWorkspace }, options) => addWorkspace(options, wanted));
  await (args.flags.has('json') ? printJson(added) : print(tell(added, server)));
}

/** As the first start of a server tells it. Browsers send to nobody what is behind the #. */
function tell({ id, name, plan: on, key }: AddedWorkspace, server: string | undefined): string {
  const where = server === undefined ? 'at this path of the server' : 'in a browser';
  return [
    `The workspace ${printable(name)} is ${id}, on the plan ${on}.\n`,
    `The API key of its owner, shown only this once: ${key}\n`,
    `The owner sets up their account ${where}: ${server?.replace(/\/+$/, '') ?? ''}/app/welcome#key=${key}\n`,
  ].join('');
}

async function plan(args: Arguments): Promise<void> {
  const [, which = '', on] = args.positionals;
  if (on === undefined) throw badArgument('<plan>', 'missing_argument', 'say which plan, behind the workspace');
  const changed = await operate(args, ({ setPlan }, options) => setPlan(options, which, on));
  const done = `${printable(changed.name)} (${changed.id}) is on the plan ${changed.plan}.\n`;
  await (args.flags.has('json') ? printJson(changed) : print(done));
}

async function remove(args: Arguments): Promise<void> {
  refuseMore(args, 2);
  const [, which = ''] = args.positionals;
  const given = flagValue(args, 'name');
  if (given === undefined && !isatty(0)) {
    throw badArgument('--name', 'missing_option', 'give the name of the workspace with --name, to confirm');
  }
  const confirm = async ({ id, name }: OperatedWorkspace): Promise<string> =>
    given ?? prompt(`${printable(name)} (${id}) goes, with all that is in it. Type its name: `, false);
  const removed = await operate(args, ({ removeWorkspace }, options) => removeWorkspace(options, which, confirm));
  if (args.flags.has('json')) return printJson(removed);
  const until = removed.purgeAt === null ? '' : ` until ${minuteOf(removed.purgeAt)} UTC`;
  await print(`${printable(removed.name)} (${removed.id}) is deleted. Its owner can restore it${until}.\n`);
}

const printJson = (value: object): Promise<void> => print(`${JSON.stringify(value, undefined, 2)}\n`);

function refuseMore({ positionals }: Arguments, most: number): void {
  const more = positionals[most];
  if (more === undefined) return;
  const message = `${JSON.stringify(more.slice(0, 40))} is one argument too many`;
  throw badArgument(more.slice(0, 40), 'unexpected_argument', message);
}
