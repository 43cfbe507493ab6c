import { type Action, actionOf } from '../arguments/actions.ts';
import type { Arguments, Command } from '../arguments/command.ts';
import { CommandError } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { drawTable } from '../output/draw-table.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { OUTCOMES_NOTE } from '../remote/run-outcome.ts';
import { ServerApi } from '../remote/server-api.ts';
import { KEY_NOTE, SERVER_FLAGS } from '../remote/server-flags.ts';
import { logs } from '../scenarios/logs.ts';
import { planPush } from '../scenarios/plan-push.ts';
import { type PulledFile, pull } from '../scenarios/pull.ts';
import { type PushedFile, push, shownPush } from '../scenarios/push.ts';
import type { ListedScenario } from '../scenarios/remote-scenario.ts';
import { run } from '../scenarios/run.ts';
import { INDEX, readIndex } from '../scenarios/scenario-index.ts';
import { interruptible } from '../signals/interruptible.ts';

const FOLDER = 'scenarios';

const ACTIONS: Readonly<Record<string, Action>> = {
  list: { flags: [], run: list },
  pull: { takes: '<folder>', isOptional: true, flags: ['dry-run', 'force', 'prune'], run: pullFolder },
  push: { takes: '<folder>', isOptional: true, flags: ['dry-run', 'force', 'unchecked'], run: pushFolder },
  run: {
    takes: '<scenario>',
    flags: ['param', 'set', 'row', 'timeout', 'wait', 'follow', 'dry-run', 'on-interrupt'],
    run: (args) => run(ServerApi.of(args), args),
  },
  logs: {
    takes: '<run or scenario>',
    flags: ['follow', 'tail', 'search'],
    run: (args) => logs(ServerApi.of(args), args),
  },
};

export const scenarios: Command = {
  name: 'scenarios',
  summary: 'run scenarios of a server, and keep them in a folder',
  usage: 'list | pull [folder] | push [folder] | run <scenario> | logs <run or scenario> [options]',
  positionals: { min: 1, max: 2, name: 'list | pull | push | run | logs' },
  actions: Object.keys(ACTIONS),
  flags: [
    { name: 'dry-run', summary: 'pull, push, run: write nothing, and say what would be written' },
    { name: 'force', summary: 'pull: over what was edited here; push: over what others have changed there' },
    { name: 'prune', summary: 'pull: remove files of scenarios that the server has no more' },
    { name: 'unchecked', summary: 'push: save code in which something is wrong, too' },
    {
      name: 'param',
      short: 'p',
      value: 'name=text',
      summary: 'run: a parameter; name:=json for what is no text',
      repeatable: true,
    },
    { name: 'set', value: 'name', summary: 'run: once for each row of a saved set, whose columns are parameters' },
    { name: 'row', value: 'N', summary: 'run: only for this row of the set, counted from 0' },
    { name: 'timeout', value: 'seconds', summary: 'run: how long it may take, if less than it has' },
    { name: 'wait', short: 'w', summary: 'run: until it has ended' },
    { name: 'follow', short: 'f', summary: 'run, logs: print the log while it is written, until the run has ended' },
    {
      name: 'on-interrupt',
      value: 'what',
      summary:
        'run: what Ctrl-C does to a run that is waited for: ask, cancel or leave (default: ask; cancel without a terminal)',
    },
    { name: 'tail', value: 'N', summary: 'logs: the last lines, so many' },
    { name: 'search', value: 'text', summary: 'logs: only lines with this text in them, with their numbers' },
    ...SERVER_FLAGS,
  ],
  notes: [
    `A folder (default: ${FOLDER}) has a file of Python for each scenario, and ${INDEX}, which tells which is which: as GET /scenarios/export has them, so that it can be kept in a repository.`,
    `push saves what was changed here, and creates what has no id in ${INDEX}: {"file": "seed.py", "name": "Seeding"} is enough. All is looked at before the first is saved: code that is no Python, and scenarios that others have changed since they were pulled, are refused, and then nothing is pushed.`,
    'A scenario is named by its id or its name; @v2 behind it names a version. logs takes the newest run of a scenario.',
    OUTCOMES_NOTE,
    KEY_NOTE,
  ],
  examples: [
    'datamaker scenarios pull && git diff --stat',
    'datamaker scenarios push --dry-run',
    'datamaker scenarios run "Regression seeding" --dry-run',
    'datamaker scenarios run "Regression seeding" -p environment=regression --follow',
    'datamaker scenarios run scn_8d3kq0vx2m5ra7cz4n1w --set countries --wait --json',
    'datamaker scenarios logs run_3kq0vx2m5ra7cz4n1w8d --tail 20 --follow',
  ],
  run: async (args) => (await actionOf(scenarios, ACTIONS, SERVER_FLAGS, args)).run(args),
};

async function list(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  const found: ListedScenario[] = [];
  for await (const one of api.items<ListedScenario>('/scenarios')) found.push(one);
  if (args.flags.has('json')) return print(`${JSON.stringify(found, undefined, 2)}\n`);
  if (found.length === 0) return say('the project has no scenarios\n');
  const rows = found.map(({ id, name, version, updated_at, problem }) => [
    id,
    printable(name),
    `v${version}`,
    updated_at.slice(0, 16).replace('T', ' '),
    problem === null ? '' : printable(problem.message),
  ]);
  await print(`${drawTable([['id', 'name', 'version', 'changed (UTC)', ''], ...rows]).join('\n')}\n`);
}

async function pullFolder(args: Arguments): Promise<void> {
  const isDry = args.flags.has('dry-run');
  const options = { isDry, isForced: args.flags.has('force'), isPruned: args.flags.has('prune') };
  const folder = args.positionals[1] ?? FOLDER;
  const files = await interruptible((signal) => pull(ServerApi.of(args), folder, { ...options, signal }));
  if (args.flags.has('json')) return print(`${JSON.stringify(files, undefined, 2)}\n`);
  await print(drawFiles(files));
  const gone = files.filter(({ action }) => action === 'gone').length;
  if (gone > 0) say(`${gone} of a scenario that the server has no more: --prune removes such files\n`);
}

async function pushFolder(args: Arguments): Promise<void> {
  const isDry = args.flags.has('dry-run');
  const flags = { isForced: args.flags.has('force'), isUnchecked: args.flags.has('unchecked') };
  const folder = args.positionals[1] ?? FOLDER;
  const api = ServerApi.of(args);
  const files = await interruptible(async (signal) => {
    const entries = await readIndex(folder);
    if (entries === undefined) {
      throw new CommandError(2, 'no_index', `there is no ${INDEX} in ${folder}`, {
        hint: '`datamaker scenarios pull` makes one; {"scenarios": [{"file": "seed.py", "name": "Seeding"}]} will do',
      });
    }
    const options = { ...flags, signal };
    const { pushes, problems } = await planPush(api, folder, entries, options);
    if (problems.length > 0) throw new CommandError(2, 'push_refused', 'nothing is pushed', { problems });
    return isDry ? pushes.map(shownPush) : push(api, folder, pushes, options);
  });
  if (args.flags.has('json')) return print(`${JSON.stringify(files, undefined, 2)}\n`);
  await print(drawFiles(files));
  const behind = files.filter(({ action }) => action === 'behind').length;
  if (behind > 0) say(`${behind} changed by others, and not here: pull to have them\n`);
}

/** Files and what became of them; those that are as they were are counted. */
function drawFiles(files: readonly (PulledFile | PushedFile)[]): string {
  const rows = files
    .filter(({ action }) => action !== 'same')
    .map((one) => [one.action, one.file, 'version' in one && one.version !== null ? `v${one.version}` : '']);
  const same = files.length - rows.length;
  const rest = same === 0 ? [] : [`${same} unchanged`];
  return [...drawTable(rows), ...rest].map((line) => `${line}\n`).join('');
}
