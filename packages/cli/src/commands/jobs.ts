import { isatty } from 'node:tty';
import { type Action, actionOf } from '../arguments/actions.ts';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { toNumber } from '../arguments/to-number.ts';
import { CommandError } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { explain } from '../errors/system-error.ts';
import { downloadFiles, folderOf } from '../jobs/download-files.ts';
import { downloadJob } from '../jobs/download-job.ts';
import { drawJob } from '../jobs/draw-job.ts';
import { followJob } from '../jobs/follow-job.ts';
import { jobId, type RemoteJob, readJob, readManifest } from '../jobs/remote-job.ts';
import { verifyJob } from '../jobs/verify-job.ts';
import { drawTable } from '../output/draw-table.ts';
import { openOutput } from '../output/open-output.ts';
import { ReaderGone } from '../output/output.ts';
import { print } from '../output/print.ts';
import { Progress } from '../output/progress.ts';
import { say } from '../output/say.ts';
import { writeDocument } from '../output/write-document.ts';
import { cancelRun } from '../remote/cancel-run.ts';
import { failureOf, OUTCOMES_NOTE } from '../remote/run-outcome.ts';
import { ServerApi } from '../remote/server-api.ts';
import { KEY_NOTE, SERVER_FLAGS } from '../remote/server-flags.ts';
import { formatFlags, formatNames, formatOptionsGiven } from './format-flags.ts';

const CREATED = [
  'count',
  'from',
  'format',
  'seed',
  'sink',
  'part-rows',
  'part-files',
  'wait',
  ...formatFlags.map(({ name }) => name),
];

const ACTIONS: Readonly<Record<string, Action>> = {
  create: { takes: '<template>', flags: CREATED, run: create },
  status: { takes: '<job>', flags: ['wait'], run: status },
  cancel: { takes: '<job>', flags: [], run: cancel },
  resume: { takes: '<job>', flags: ['wait'], run: resume },
  manifest: { takes: '<job>', flags: ['out'], run: manifest },
  verify: { takes: '<job>', flags: [], run: verify },
  download: { takes: '<job>', flags: ['out'], run: download },
};

export const jobs: Command = {
  name: 'jobs',
  summary: 'large generations of a server, in parts that any number of workers make',
  usage: 'create <template> | status | cancel | resume | manifest | verify | download <job> [options]',
  positionals: { min: 1, max: 2, name: 'create | status | cancel | resume | manifest | verify | download' },
  actions: Object.keys(ACTIONS),
  flags: [
    { name: 'count', short: 'n', value: 'N', summary: 'create: how many rows (default: 10)' },
    { name: 'from', value: 'row', summary: 'create: the first row, counted from 0 (default: 0)' },
    { name: 'format', short: 'f', value: 'name', summary: `create: ${formatNames} (default: json)` },
    { name: 'seed', short: 's', value: 'text', summary: 'create: the same seed gives the same rows (default: drawn)' },
    {
      name: 'sink',
      value: 'name',
      summary:
        'create: files keeps the parts for a week, hash counts and hashes their bytes and drops them (default: files)',
    },
    { name: 'part-rows', value: 'N', summary: 'create: rows of a part (default: as many as suit)' },
    { name: 'part-files', summary: 'create: each part is a file of its own, such as one of many Parquet files' },
    { name: 'wait', short: 'w', summary: 'create, status, resume: until it has ended' },
    {
      name: 'out',
      short: 'o',
      value: 'path',
      summary: 'manifest, download: the file to write (default: stdout); of a job with --part-files, the folder',
    },
    ...formatFlags,
    ...SERVER_FLAGS,
  ],
  notes: [
    'The template is named by its id on the server; @v3 behind it names a version. The parts of a job, one after the other, are the bytes that one process makes; download compares each with the hash in the manifest. With --part-files each is a file with those bytes of its rows that `datamaker generate --from` makes; download then writes each under its name into the folder that --out names, and leaves out those that are there and whole.',
    'resume makes what is missing of a job that has failed; one that was cancelled keeps nothing. Jobs are runs: `datamaker runs list --kind generation_job` lists them.',
    OUTCOMES_NOTE,
    KEY_NOTE,
  ],
  examples: [
    'datamaker jobs create tmpl_8d3kq0vx2m5ra7cz4n1w -n 1e9 -f csv --seed demo --wait',
    'datamaker jobs status run_3kq0vx2m5ra7cz4n1w8d --json',
    'datamaker jobs download run_3kq0vx2m5ra7cz4n1w8d --out customers.csv',
    'datamaker jobs create tmpl_8d3kq0vx2m5ra7cz4n1w -n 1e9 -f parquet --part-files --part-rows 1e6',
    'datamaker jobs verify run_3kq0vx2m5ra7cz4n1w8d',
  ],
  run: async (args) => (await actionOf(jobs, ACTIONS, SERVER_FLAGS, args)).run(args),
};

const DEFAULT_COUNT = '10';

const idOf = ({ positionals: [, id = ''] }: Arguments): string => jobId(id);

async function create(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  const [, template] = args.positionals;
  const number = (flag: string): unknown => {
    const text = flagValue(args, flag);
    return text === undefined ? undefined : toNumber(text);
  };
  const given = {
    from: number('from'),
    seed: flagValue(args, 'seed'),
    sink: flagValue(args, 'sink'),
    part_rows: number('part-rows'),
    part_files: args.flags.has('part-files') || undefined,
  };
  const body = {
    template_id: template,
    format: flagValue(args, 'format') ?? 'json',
    count: toNumber(flagValue(args, 'count') ?? DEFAULT_COUNT),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...formatOptionsGiven(args),
  };
  const { run_id: id } = await api.json<{ run_id: string }>('/jobs', { method: 'POST', body, once: true });
  if (!args.flags.has('wait')) return show(args, await readJob(api, id), () => `${id}\n`);
  say(`${id}\n`);
  return waitFor(args, api, id);
}

async function status(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  if (args.flags.has('wait')) return waitFor(args, api, idOf(args));
  return show(args, await readJob(api, idOf(args)), drawJob);
}

async function waitFor(args: Arguments, api: ServerApi, id: string): Promise<void> {
  const job = await followJob(api, id);
  await show(args, job, drawJob);
  const failure = failureOf(job);
  if (failure !== undefined) throw failure;
}

async function cancel(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  const id = idOf(args);
  // Only jobs: what is no job is not there.
  const { state } = await readJob(api, id);
  if ((await cancelRun(api, id)) === undefined) {
    throw new CommandError(1, 'run_has_ended', `${id} has ended already: it is ${state}`);
  }
  if (args.flags.has('json')) return print(`${JSON.stringify(await readJob(api, id), undefined, 2)}\n`);
  say(`${id} was cancelled, and keeps nothing\n`);
}

async function resume(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  const id = idOf(args);
  await readJob(api, id);
  await api.json(`/runs/${id}/resume`, { method: 'POST', body: {}, once: true });
  if (args.flags.has('wait')) return waitFor(args, api, id);
  return show(args, await readJob(api, id), drawJob);
}

async function manifest(args: Arguments): Promise<void> {
  await writeDocument(await readManifest(ServerApi.of(args), idOf(args)), flagValue(args, 'out'));
}

async function verify(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  const id = idOf(args);
  const made = await readManifest(api, id);
  const { parts, damaged } = await verifyJob(api, id, made);
  if (args.flags.has('json')) {
    await print(`${JSON.stringify({ ok: damaged.length === 0, parts, damaged }, undefined, 2)}\n`);
  } else if (damaged.length === 0) {
    await print(`${parts} parts are what was made, ${made.bytes} bytes\n`);
  } else {
    const rows = damaged.map(({ part, code, message }) => [`part ${part}`, code, printable(message)]);
    await print(`${drawTable(rows).join('\n')}\n`);
  }
  const [first] = damaged;
  if (first === undefined) return;
  throw new CommandError(1, first.code, `${damaged.length} of ${parts} parts are not what was made`);
}

async function download(args: Arguments): Promise<void> {
  const api = ServerApi.of(args);
  const id = idOf(args);
  const made = await readManifest(api, id);
  const { rows: total, bytes: size } = made;
  const path = flagValue(args, 'out');
  if (made.part_files === true) {
    const folder = await explain(`${path} cannot be the folder`, () => folderOf(path));
    const progress = progressOf(total);
    try {
      await downloadFiles(api, id, made, folder, (rows, bytes) => progress?.update(rows, bytes));
      progress?.finish(total, size, folder);
    } finally {
      progress?.clear();
    }
    return;
  }
  const output = await openOutput(path);
  const progress = output.isTerminal ? undefined : progressOf(total);
  try {
    await explain(`${output.name} could not be written`, async () => {
      await downloadJob(api, id, made, output, (rows, bytes) => progress?.update(rows, bytes));
      await output.commit();
    });
    progress?.finish(total, size, output.name);
  } catch (error) {
    // Whoever reads along has seen enough.
    if (!(error instanceof ReaderGone)) throw error;
  } finally {
    progress?.clear();
  }
}

/** A bar, where one can be seen. */
const progressOf = (rows: number): Progress | undefined =>
  isatty(2) && process.env.TERM !== 'dumb'
    ? new Progress(rows, { write: say, columns: process.stderr.columns || 80 })
    : undefined;

async function show(args: Arguments, job: RemoteJob, text: (job: RemoteJob) => string): Promise<void> {
  await print(args.flags.has('json') ? `${JSON.stringify(job, undefined, 2)}\n` : text(job));
}
