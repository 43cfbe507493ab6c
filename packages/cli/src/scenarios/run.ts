import { isatty } from 'node:tty';
import { type Arguments, flagValue, flagValues } from '../arguments/command.ts';
import { badArgument, type CommandError } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { LinePrinter } from '../output/line-printer.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { followLog } from '../remote/follow-log.ts';
import { hasEnded, type RemoteScenarioRun } from '../remote/remote-run.ts';
import { failureOf } from '../remote/run-outcome.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { readOnInterrupt, whileAttached } from '../remote/while-attached.ts';
import { drawPlan } from './draw-plan.ts';
import { findScenario } from './find-scenario.ts';
import { readParams } from './read-params.ts';
import { readTimeout } from './read-timeout.ts';

/** Begins a run, or one for each row of a set; with `--wait` and `--follow` it ends as they do. */
export async function run(api: ServerApi, args: Arguments): Promise<void> {
  const isJson = args.flags.has('json');
  const isFollowed = args.flags.has('follow');
  const isDry = args.flags.has('dry-run');
  const isAwaited = isFollowed || isDry || args.flags.has('wait');
  const mode = readOnInterrupt(flagValue(args, 'on-interrupt'));
  const body = readBody(args);
  const set = readSet(args);
  if (isDry && set !== undefined) throw badArgument('--dry-run', 'unexpected_option', '--dry-run goes without --set');
  const ref = await findScenario(api, args.positionals[1] ?? '');
  const runs = await begin(api, ref, body, set);
  if (!isAwaited) {
    if (isJson) return await print(jsonOf(runs, args));
    return await print(runs.map(({ run_id: id }) => `${id}\n`).join(''));
  }
  const ids = runs.map(({ run_id: id }) => id);
  const ended = await whileAttached(api, ids, mode, async (signal) => {
    const all: RemoteScenarioRun[] = [];
    for (const one of runs) {
      if (!isJson) say(`${runs.length === 1 ? '' : `${shownParams(one)} `}${one.run_id}\n`);
      all.push(isFollowed ? await follow(api, one, isJson, signal) : await wait(api, one, signal));
      if (!isJson) tell(all.at(-1) as RemoteScenarioRun);
    }
    return all;
  });
  if (isJson) await print(jsonOf(ended, args));
  else if (isDry) await print(drawPlan(ended[0]?.plan));
  const failure = worst(ended);
  if (failure !== undefined) throw failure;
}

function readBody(args: Arguments): Readonly<Record<string, unknown>> {
  return {
    params: readParams(flagValues(args, 'param')),
    ...readTimeout(args),
    ...(args.flags.has('dry-run') ? { dry_run: true } : {}),
  };
}

/** `places`, or `places@v2` for an earlier version of it. */
function readSet(args: Arguments): Readonly<Record<string, unknown>> | undefined {
  const given = flagValue(args, 'set');
  const row = flagValue(args, 'row');
  if (given === undefined) {
    if (row !== undefined) throw badArgument('--row', 'missing_set', '--row is a row of --set');
    return undefined;
  }
  if (row !== undefined && !/^\d{1,9}$/.test(row)) {
    throw badArgument('--row', 'invalid_row', '--row is a whole number, counted from 0');
  }
  const [, name = given, version] = /^(.+)@v(\d{1,9})$/s.exec(given) ?? [];
  return {
    name,
    ...(version === undefined ? {} : { version: Number(version) }),
    ...(row === undefined ? {} : { row: Number(row) }),
  };
}

async function begin(
  api: ServerApi,
  ref: string,
  body: Readonly<Record<string, unknown>>,
  set: Readonly<Record<string, unknown>> | undefined,
): Promise<readonly RemoteScenarioRun[]> {
  const post = { method: 'POST', once: true } as const;
  if (set === undefined) return [await api.json<RemoteScenarioRun>(`/scenarios/${ref}/run`, { ...post, body })];
  const made = await api.json<{ items: RemoteScenarioRun[] }>(`/scenarios/${ref}/runs`, {
    ...post,
    body: { ...body, set },
  });
  return made.items;
}

async function follow(
  api: ServerApi,
  { logs_url: logs }: RemoteScenarioRun,
  isAside: boolean,
  signal: AbortSignal,
): Promise<RemoteScenarioRun> {
  const printer = new LinePrinter(isAside);
  let isRead = true;
  return followLog(
    api,
    logs,
    async (line) => {
      // The outcome is wanted, also when nobody reads the lines (`| head`).
      if (isRead) isRead = await printer.print(line);
    },
    { signal },
  );
}

async function wait(api: ServerApi, begun: RemoteScenarioRun, signal: AbortSignal): Promise<RemoteScenarioRun> {
  const path = `/scenarios/${begun.scenario_id}/runs/${begun.run_id}?wait=true`;
  for (;;) {
    const one = await api.json<RemoteScenarioRun>(path, { signal });
    if (hasEnded(one)) return one;
  }
}

/** One run is an object; the runs of a set are a list. */
const jsonOf = (runs: readonly RemoteScenarioRun[], args: Arguments): string =>
  `${JSON.stringify(args.flags.has('set') ? runs : runs[0], undefined, 2)}\n`;

const shownParams = ({ params }: RemoteScenarioRun): string => printable(JSON.stringify(params).slice(0, 200));

function tell({ run_id: id, state, started_at: from, ended_at: to }: RemoteScenarioRun): void {
  if (!isatty(2) || from === null || to === null) return;
  say(`${id} ${state} in ${((Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)} s\n`);
}

/** Of several runs the first that went wrong is told, after all have ended. */
function worst(runs: readonly RemoteScenarioRun[]): CommandError | undefined {
  return runs.map(failureOf).find((one) => one !== undefined);
}
