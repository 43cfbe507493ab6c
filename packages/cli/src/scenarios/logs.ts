import { type Arguments, flagValue } from '../arguments/command.ts';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { LinePrinter } from '../output/line-printer.ts';
import { openStdout } from '../output/open-output.ts';
import { ReaderGone } from '../output/output.ts';
import { followLog } from '../remote/follow-log.ts';
import { type RemoteScenarioRun, readRun } from '../remote/remote-run.ts';
import { failureOf } from '../remote/run-outcome.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { interruptible } from '../signals/interruptible.ts';
import { findScenario } from './find-scenario.ts';

/** Prints the log of a run, or of the newest run of a scenario; with `--follow` also what is to come, and it ends as the run does. */
export async function logs(api: ServerApi, args: Arguments): Promise<void> {
  const query = readQuery(args);
  await interruptible(async (signal) => {
    const path = await logOf(api, args.positionals[1] ?? '', signal);
    if (!args.flags.has('follow')) return printLog(api, `${path}${query === '' ? '' : `?${query}`}`, signal);
    const printer = new LinePrinter(false);
    const enough = new AbortController();
    const onLine = async (line: string): Promise<void> => {
      if (!(await printer.print(line))) enough.abort();
    };
    try {
      const ended = await followLog(api, path, onLine, { query, signal: AbortSignal.any([signal, enough.signal]) });
      const failure = failureOf(ended);
      if (failure !== undefined) throw failure;
    } catch (error) {
      if (!enough.signal.aborted) throw error;
    }
  });
}

function readQuery(args: Arguments): string {
  const tail = flagValue(args, 'tail');
  const search = flagValue(args, 'search');
  if (tail !== undefined && !/^[1-9]\d{0,8}$/.test(tail)) {
    throw badArgument('--tail', 'invalid_tail', '--tail is a whole number from 1 on');
  }
  if (search !== undefined && args.flags.has('follow')) {
    throw badArgument(
      '--search',
      'unexpected_option',
      '--search goes without --follow',
      '`… --follow | grep` finds lines',
    );
  }
  const query = new URLSearchParams({
    ...(tail === undefined ? {} : { tail }),
    ...(search === undefined ? {} : { search }),
  });
  return query.toString();
}

async function logOf(api: ServerApi, given: string, signal: AbortSignal): Promise<string> {
  if (/^run_\w{1,40}$/.test(given)) {
    const { logs_url: path } = await readRun(api, given);
    if (typeof path === 'string') return path;
    throw new CommandError(2, 'no_log', `${given} is no run of a scenario: it writes no log`);
  }
  const id = (await findScenario(api, given, signal)).replace(/@v\d+$/, '');
  const { items } = await api.json<{ items: RemoteScenarioRun[] }>(`/scenarios/${id}/runs?limit=1`, { signal });
  if (items[0] === undefined) throw new CommandError(2, 'no_run', `${given} has never been run`);
  return items[0].logs_url;
}

async function printLog(api: ServerApi, path: string, signal: AbortSignal): Promise<void> {
  const answer = await api.open(path, { signal });
  const stdout = openStdout();
  try {
    for await (const bytes of answer.body as ReadableStream<Uint8Array>) await stdout.write(bytes);
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
}
