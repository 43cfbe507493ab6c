import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { report } from '../errors/report.ts';
import { drawTable } from '../output/draw-table.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { writeWhole } from '../output/write-whole.ts';
import { readMapping, readPushOrder } from '../pushes/push-order.ts';
import { drawPushPlan, type PushPlan, planPush } from '../pushes/push-plan.ts';
import { type RemotePush, watchPush } from '../pushes/watch-push.ts';
import { CONNECTIONS, findNamed, TEMPLATES } from '../remote/find-named.ts';
import { failureOf, OUTCOMES_NOTE } from '../remote/run-outcome.ts';
import { ServerApi } from '../remote/server-api.ts';
import { KEY_NOTE, SERVER_FLAGS } from '../remote/server-flags.ts';
import { readOnInterrupt, whileAttached } from '../remote/while-attached.ts';
import { ask, needTerminal } from '../seeding/ask.ts';

export const push: Command = {
  name: 'push',
  summary: 'have a server put rows of a template into a system',
  usage: '<template> <connection> <table> [options]',
  positionals: { min: 3, max: 3, name: 'template, connection and table' },
  flags: [
    { name: 'count', short: 'n', value: 'N', summary: 'how many rows (default: 10)' },
    { name: 'seed', short: 's', value: 'text', summary: 'the same seed gives the same rows; without one it is drawn' },
    { name: 'from', value: 'row', summary: 'the first row, counted from 0 (default: 0)' },
    { name: 'schema', value: 'name', summary: 'where the table is, when several schemas have one of that name' },
    {
      name: 'map',
      value: 'field=column',
      summary: 'where a field goes; field= leaves it out (default: what was saved, else as names suggest)',
      repeatable: true,
    },
    {
      name: 'on-conflict',
      value: 'what',
      summary: 'what becomes of rows whose key is there: fail, skip or update (default: fail)',
    },
    { name: 'key', value: 'columns', summary: 'what tells rows apart, with commas between (default: the primary key)' },
    { name: 'batch-size', value: 'N', summary: 'rows of a statement or a request' },
    { name: 'batch-key', value: 'name', summary: 'of REST: rows go as a list under this name' },
    { name: 'rate-limit', value: 'N', summary: 'at most so many requests in a second' },
    { name: 'retries', value: 'N', summary: 'how often a request is sent again (default: 4)' },
    { name: 'timeout', value: 'seconds', summary: 'how long a statement or a request may take (default: 120)' },
    { name: 'no-verify', summary: 'do not read back whether all rows are there' },
    { name: 'dry-run', summary: 'only say what would go where' },
    { name: 'yes', short: 'y', summary: 'do not ask' },
    { name: 'detach', summary: 'do not wait: print the id of the run' },
    { name: 'receipt', short: 'r', value: 'file', summary: 'where the receipt goes: which rows were written' },
    {
      name: 'on-interrupt',
      value: 'what',
      summary: 'what Ctrl-C does to it: ask, cancel or leave (default: ask; cancel without a terminal)',
    },
    ...SERVER_FLAGS,
  ],
  notes: [
    'Template and connection are named by their ids or names; <table> is an entity set of an OData service, or the path of a REST system, as well. What goes where is shown first.',
    'With --dry-run and --json the plan is JSON; else --json prints the run when it has ended.',
    OUTCOMES_NOTE,
    KEY_NOTE,
  ],
  examples: [
    'datamaker push Customer shop customer --dry-run',
    'datamaker push Customer shop customer -n 1e6 -s nightly --on-conflict skip --yes --receipt customer.receipt.json',
  ],
  run,
};

async function run(args: Arguments): Promise<void> {
  const [template = '', connection = '', table = ''] = args.positionals;
  const order = readPushOrder(table, args);
  const mapping = readMapping(args);
  const mode = readOnInterrupt(flagValue(args, 'on-interrupt'));
  const [isDry, isSure, isJson] = ['dry-run', 'yes', 'json'].map((flag) => args.flags.has(flag));
  if (!isDry && !isSure) needTerminal('--yes, or --dry-run');
  const receipt = flagValue(args, 'receipt');
  if (receipt !== undefined) refuseReceipt(receipt);
  const api = ServerApi.of(args);
  const refs = [await findNamed(api, TEMPLATES, template), await findNamed(api, CONNECTIONS, connection)] as const;
  const plan = await planPush(api, refs, order, mapping);
  if (isDry) return print(isJson ? `${JSON.stringify(plan, undefined, 2)}\n` : drawPushPlan(plan));
  if (!isSure) {
    say(drawPushPlan(plan));
    if (!(await ask('Push?', new AbortController().signal))) {
      throw new CommandError(1, 'not_confirmed', 'nothing was pushed');
    }
  }
  const id = await begin(api, plan);
  if (args.flags.has('detach')) return print(`${isJson ? JSON.stringify({ run_id: id }) : id}\n`);
  const ended = await whileAttached(api, [id], mode, (signal) => watchPush(api, id, table, signal));
  await print(isJson ? `${JSON.stringify(ended, undefined, 2)}\n` : draw(ended));
  const failure = failureOf(ended) ?? problemOf(ended);
  try {
    if (receipt !== undefined) await keepReceipt(api, id, receipt);
  } catch (error) {
    if (failure === undefined) throw error;
    say(report(error).text);
  }
  if (failure !== undefined) throw failure;
}

/** What cannot be kept is told before a row is sent. */
function refuseReceipt(path: string): void {
  if (existsSync(path))
    throw badArgument('--receipt', 'receipt_exists', `${path} is there already`, 'name another file');
  if (existsSync(dirname(resolve(path)))) return;
  throw badArgument('--receipt', 'folder_not_found', `there is no folder for ${path}`, 'make it, or name another');
}

async function begin(api: ServerApi, { template, connection, order }: PushPlan): Promise<string> {
  const body = { template_id: template.id, ...order };
  const path = `/connections/${connection.id}/push`;
  return (await api.json<{ run_id: string }>(path, { method: 'POST', body, once: true })).run_id;
}

async function keepReceipt(api: ServerApi, id: string, path: string): Promise<void> {
  await writeWhole(path, await api.json<object>(`/runs/${id}/receipt`), `the receipt ${path}`);
}

/** A push that came to its end may have left rows out. */
function problemOf({ id, result }: RemotePush): CommandError | undefined {
  const failed = result?.failed ?? 0;
  if (failed > 0) {
    const hint = `\`datamaker runs show ${id} --json\` lists why`;
    return new CommandError(1, 'rows_failed', `${failed.toLocaleString('en')} rows were refused`, { hint });
  }
  if (result?.check?.ok !== false) return undefined;
  return new CommandError(1, 'rows_missing', result.check.message ?? 'not all rows are there that were written');
}

function draw({ id, state, result }: RemotePush): string {
  const count = (rows: number | undefined): string => (rows ?? 0).toLocaleString('en');
  const rows = [
    ['run', id],
    ['state', state],
    ['written', count(result?.written)],
    ['skipped', count(result?.skipped)],
    ['refused', count(result?.failed)],
    [
      'read back',
      result?.check == null ? 'no' : result.check.ok === true ? 'all there' : printable(result.check.message ?? 'no'),
    ],
  ];
  return `${drawTable(rows).join('\n')}\n`;
}
