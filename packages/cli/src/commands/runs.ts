import { type Action, actionOf } from '../arguments/actions.ts';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { drawTable } from '../output/draw-table.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { cancelRun } from '../remote/cancel-run.ts';
import { hasEnded, type RemoteRun, readRun } from '../remote/remote-run.ts';
import { failureOf, OUTCOMES_NOTE } from '../remote/run-outcome.ts';
import { ServerApi } from '../remote/server-api.ts';
import { KEY_NOTE, SERVER_FLAGS } from '../remote/server-flags.ts';
import { undoRun } from '../remote/undo-run.ts';
import { replay } from '../scenarios/replay.ts';
import { EDITED_FLAG } from '../seeding/edited-rows.ts';

const MOST = 1000;
const DEFAULT_MOST = 20;

const ACTIONS: Readonly<Record<string, Action>> = {
  list: { flags: ['state', 'kind', 'limit'], run: list },
  show: { takes: '<run>', flags: ['wait'], run: show },
  cancel: { takes: '<run>', flags: [], run: cancel },
  undo: {
    takes: '<run>',
    flags: ['dry-run', 'edited', 'yes', 'on-interrupt'],
    run: (args) => undoRun(ServerApi.of(args), idOf(args), args),
  },
  resume: { takes: '<run>', flags: ['unknown', 'wait'], run: resume },
  replay: {
    takes: '<run>',
    flags: ['timeout', 'on-interrupt'],
    run: (args) => replay(ServerApi.of(args), idOf(args), args),
  },
};

export const runs: Command = {
  name: 'runs',
  summary: 'list, show, cancel, resume, undo and replay runs of a server',
  usage: 'list | show <run> | cancel <run> | resume <run> | undo <run> | replay <run> [options]',
  positionals: { min: 1, max: 2, name: 'list | show | cancel | resume | undo | replay' },
  actions: Object.keys(ACTIONS),
  flags: [
    { name: 'state', value: 'state', summary: 'list: only those that are queued, running, done, failed, …' },
    {
      name: 'kind',
      value: 'kind',
      summary: 'list: only those of scenario, generation, generation_job, push, seed or undo',
    },
    { name: 'limit', short: 'n', value: 'N', summary: `list: at most so many, the newest (default: ${DEFAULT_MOST})` },
    { name: 'wait', short: 'w', summary: 'show, resume: when it has ended' },
    {
      name: 'unknown',
      value: 'what',
      summary: 'resume: what becomes of rows of which nobody knows whether they arrived: resend or skip',
    },
    { name: 'dry-run', summary: 'undo: only say what would be removed' },
    { ...EDITED_FLAG, summary: `undo: ${EDITED_FLAG.summary}` },
    { name: 'yes', short: 'y', summary: 'undo: do not ask' },
    { name: 'timeout', value: 'seconds', summary: 'replay: how long it may take, if less than it has' },
    {
      name: 'on-interrupt',
      value: 'what',
      summary: 'undo, replay: what Ctrl-C does to it: ask, cancel or leave (default: ask; cancel without a terminal)',
    },
    ...SERVER_FLAGS,
  ],
  notes: [
    'resume has a push or a seed go on that has failed or was cancelled, or a job that has failed: behind what is done already. Where it cannot be found out whether rows arrived, it is refused until --unknown says what becomes of them.',
    'undo removes exactly the rows that a push or a seed has written, by its receipt; what would be removed is shown first. Nothing is removed where rows of others refer to them.',
    'replay makes a run of a scenario again, at its version and with its parameters and seed: all that the script asks is answered as it was then, from a record. Nothing is asked of any system, and nothing is changed. Its log is printed, and whether it is the log of then is said on stderr.',
    OUTCOMES_NOTE,
    KEY_NOTE,
  ],
  examples: [
    'datamaker runs list --kind scenario --state failed',
    'datamaker runs show run_3kq0vx2m5ra7cz4n1w8d --json',
    'datamaker runs cancel run_3kq0vx2m5ra7cz4n1w8d',
    'datamaker runs resume run_3kq0vx2m5ra7cz4n1w8d --wait',
    'datamaker runs undo run_3kq0vx2m5ra7cz4n1w8d --dry-run',
    'datamaker runs replay run_3kq0vx2m5ra7cz4n1w8d',
  ],
  run: async (args) => (await actionOf(runs, ACTIONS, SERVER_FLAGS, args)).run(args),
};

async function list(args: Arguments): Promise<void> {
  const given = flagValue(args, 'limit') ?? String(DEFAULT_MOST);
  const most = Number(given);
  if (!/^\d+$/.test(given) || most < 1 || most > MOST) {
    throw badArgument('--limit', 'invalid_limit', `--limit is a whole number from 1 to ${MOST}`);
  }
  const query = new URLSearchParams();
  for (const name of ['state', 'kind']) {
    const value = flagValue(args, name);
    if (value !== undefined) query.set(name, value);
  }
  const found: RemoteRun[] = [];
  for await (const one of ServerApi.of(args).items<RemoteRun>(`/runs?${query}`)) {
    if (found.push(one) === most) break;
  }
  if (args.flags.has('json')) return print(`${JSON.stringify(found, undefined, 2)}\n`);
  if (found.length === 0) return say('there are no such runs\n');
  const rows = found.map((one) => [
    one.id,
    one.kind,
    one.state,
    one.created_at.slice(0, 19).replace('T', ' '),
    lasted(one),
    one.error === null ? '' : printable(one.error.message).slice(0, 80),
  ]);
  await print(
    `${drawTable([['id', 'kind', 'state', 'asked for (UTC)', 'took', ''], ...rows], new Set([4])).join('\n')}\n`,
  );
}

async function show(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  const id = idOf(args);
  let run = await readRun(api, id);
  while (args.flags.has('wait') && !hasEnded(run)) run = await api.json<RemoteRun>(`/runs/${id}?wait=true`);
  if (args.flags.has('json')) await print(`${JSON.stringify(run, undefined, 2)}\n`);
  else await print(draw(run));
  const failure = args.flags.has('wait') ? failureOf(run) : undefined;
  if (failure !== undefined) throw failure;
}

async function cancel(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  const id = idOf(args);
  const run = await cancelRun(api, id);
  if (run === undefined) {
    const { state } = await readRun(api, id);
    throw new CommandError(1, 'run_has_ended', `${id} has ended already: it is ${state}`);
  }
  if (args.flags.has('json')) return print(`${JSON.stringify(run, undefined, 2)}\n`);
  say(`${id} was cancelled\n`);
}

async function resume(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  const id = idOf(args);
  const unknown = flagValue(args, 'unknown');
  if (unknown !== undefined && unknown !== 'resend' && unknown !== 'skip') {
    throw badArgument('--unknown', 'invalid_value', '--unknown is one of resend, skip');
  }
  await api.json(`/runs/${id}/resume`, { method: 'POST', body: { unknown }, once: true });
  if (args.flags.has('wait')) return show(args);
  if (args.flags.has('json')) return print(`${JSON.stringify(await readRun(api, id), undefined, 2)}\n`);
  say(`${id} goes on: \`datamaker runs show ${id} --wait\`\n`);
}

function idOf({ positionals: [, id = ''] }: Arguments): string {
  if (/^run_\w{1,40}$/.test(id)) return id;
  throw badArgument(id.slice(0, 40), 'invalid_id', 'that is no id of a run', '`datamaker runs list` lists them');
}

function draw(run: RemoteRun): string {
  const { scenario_version, ...params } = run.params;
  const rows = [
    ['id', run.id],
    ['kind', run.kind],
    ['state', run.state],
    ['asked for', `${run.created_at} by ${run.created_by}`],
    ['took', lasted(run)],
    ['attempts', String(run.attempt)],
    ...(scenario_version === undefined ? [] : [['version', String(scenario_version)]]),
    ...Object.entries(params).map(([name, value]) => [name, printable(JSON.stringify(value))]),
    ...(run.error === null ? [] : [['error', printable(`${run.error.code}: ${run.error.message}`)]]),
    ...(run.logs_url == null ? [] : [['log', `datamaker scenarios logs ${run.id}`]]),
  ];
  return `${drawTable(rows).join('\n')}\n`;
}

function lasted({ started_at: from, ended_at: to }: RemoteRun): string {
  return from === null || to === null ? '' : `${((Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)} s`;
}
