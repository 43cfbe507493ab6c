import type { WorkerOptions } from '@datamaker/server/worker';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { toNumber } from '../arguments/to-number.ts';
import { badArgument, badInput, CommandError } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { stopSignal } from '../signals/stop-signal.ts';
import { parseObjectStore } from './object-store-variables.ts';
import { parsePort } from './parse-port.ts';
import { settingsOf } from './settings-of.ts';

const LANES = ['runs', 'scenarios', 'jobs'] as const;
type Lane = (typeof LANES)[number];

const MOST_AT_ONCE = 256;
const MOST_DRAIN_SECONDS = 86_400;
const MS = 1000;

export const worker: Command = {
  name: 'worker',
  summary: 'work on runs of servers, on this host or another',
  usage: '[options]',
  positionals: { min: 0, max: 0, name: '' },
  flags: [
    {
      name: 'lanes',
      value: 'list',
      summary:
        'what it takes, with commas between: scenarios, jobs (parts of them), runs (generations, pushes, seeds) (default: all)',
    },
    { name: 'scenarios', value: 'N', summary: 'scenarios at a time (default: $DATAMAKER_SCENARIO_WORKERS, else 4)' },
    {
      name: 'runs',
      value: 'N',
      summary: 'other runs at a time (default: $DATAMAKER_RUN_WORKERS, else one for each core)',
    },
    {
      name: 'jobs',
      value: 'N',
      summary: 'parts of jobs at a time (default: $DATAMAKER_JOB_WORKERS, else one for each core)',
    },
    {
      name: 'drain',
      value: 'seconds',
      summary: 'how long runs that are under way have to end when it is told to stop (default: 25)',
    },
    { name: 'health-port', value: 'N', summary: 'answers /healthz, /readyz and /metrics there (default: nowhere)' },
    { name: 'health-host', value: 'address', summary: 'the address for that (default: 127.0.0.1)' },
    {
      name: 'data-dir',
      value: 'folder',
      summary: 'where runs have their folders (default: $DATAMAKER_DATA_DIR, else .datamaker)',
    },
  ],
  notes: [
    '$DATABASE_URL names the PostgreSQL that the servers use: runs wait there. Any number of workers may take them, on any number of hosts; a server does so as well, unless DATAMAKER_SCENARIO_WORKERS=0, DATAMAKER_RUN_WORKERS=0 and DATAMAKER_JOB_WORKERS=0 say that others do.',
    'A worker needs the master key of the servers ($DATAMAKER_MASTER_KEY) and their file store ($DATAMAKER_S3_BUCKET and the like), or their data directory on a disk that they share. It does not start when one of them is missing or is another, when the tables are not those of its version, or when its sandbox does not hold.',
    '$DATAMAKER_PLANS, $DATAMAKER_ALLOW_PRIVATE_TARGETS, $DATAMAKER_METRICS_TOKEN and the settings of packages mean what they mean for `datamaker serve`.',
    'On Ctrl-C or SIGTERM it takes no more, waits for the runs that it works on, and ends with exit code 0. What has not ended by then goes back to the queue, but for scenarios that may not be run again: these are lost. A second Ctrl-C, two seconds later or more, ends the wait.',
  ],
  examples: [
    'datamaker worker --lanes scenarios --scenarios 16',
    'datamaker worker --data-dir /var/lib/datamaker --health-port 9090 --drain 600',
  ],
  run,
};

async function run(args: Arguments): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL ?? '';
  if (databaseUrl === '') {
    const message = 'a worker takes runs from the PostgreSQL of its servers, and no other: set it to theirs';
    throw badInput('the environment', [{ code: 'missing_setting', place: 'DATABASE_URL', message }]);
  }
  const own = ownOptions(args);
  let hurry: () => void = () => undefined;
  const stop = stopSignal(() => hurry());
  const [{ readSettings, StartError }, { startWorker }] = await Promise.all([
    import('@datamaker/server'),
    import('@datamaker/server/worker'),
  ]);
  const { plans, privateTargets, masterKey, previousMasterKey, sandbox, environments, metricsToken, runs } = settingsOf(
    'invalid_setting',
    () => readSettings(process.env),
  );
  const s3 = parseObjectStore(process.env);
  const port = parsePort('--health-port', flagValue(args, 'health-port'));
  const host = flagValue(args, 'health-host') ?? '127.0.0.1';
  const given = { plans, privateTargets, masterKey, previousMasterKey, sandbox, environments, s3 };
  const options: WorkerOptions = {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...own,
    databaseUrl,
    runs: { ...runs, ...own.runs },
    ...(port === undefined ? {} : { health: { host, port, metricsToken } }),
  };
  const started = await startWorker(options).catch((error: unknown) => {
    throw error instanceof StartError ? new CommandError(1, error.code, error.message, { cause: error }) : error;
  });
  hurry = () => started.hurry();
  const where = started.healthUrl === undefined ? '' : ` Its health is at ${started.healthUrl}/healthz.`;
  await print(`DataMaker works on ${started.about}.${where}\n`);
  await stop;
  say('It takes no more runs, and ends with those that it works on.\n');
  await started.close();
}

/** What the flags say. @throws CommandError */
function ownOptions(args: Arguments): Pick<WorkerOptions, 'dataDirectory' | 'drainMs' | 'runs'> {
  const lanes = lanesOf(flagValue(args, 'lanes'));
  const of = (flag: Lane): number | undefined => (lanes.includes(flag) ? wholeNumber(args, flag, MOST_AT_ONCE) : 0);
  const [workers, scenarioWorkers, jobWorkers] = [of('runs'), of('scenarios'), of('jobs')];
  const drain = wholeNumber(args, 'drain', MOST_DRAIN_SECONDS);
  const dataDirectory = flagValue(args, 'data-dir') ?? (process.env.DATAMAKER_DATA_DIR || undefined);
  return {
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
    ...(drain === undefined ? {} : { drainMs: drain * MS }),
    runs: {
      ...(workers === undefined ? {} : { workers }),
      ...(scenarioWorkers === undefined ? {} : { scenarioWorkers }),
      ...(jobWorkers === undefined ? {} : { jobWorkers }),
    },
  };
}

function lanesOf(text: string | undefined): readonly Lane[] {
  if (text === undefined) return LANES;
  const named = text.split(',').map((name) => name.trim());
  const wrong = named.find((name) => !LANES.some((lane) => lane === name));
  if (wrong === undefined) return LANES.filter((lane) => named.includes(lane));
  throw badArgument(
    '--lanes',
    'unknown_lane',
    `there is no lane ${JSON.stringify(wrong)}`,
    'it is scenarios, jobs or runs',
  );
}

function wholeNumber(args: Arguments, flag: string, most: number): number | undefined {
  const text = flagValue(args, flag);
  if (text === undefined) return undefined;
  const number = toNumber(text);
  if (Number.isInteger(number) && Number(number) >= 0 && Number(number) <= most) return Number(number);
  const message = `it is a whole number from 0 to ${most}, not ${JSON.stringify(text)}`;
  throw badArgument(`--${flag}`, 'invalid_number', message, 'leave it out for the default');
}
