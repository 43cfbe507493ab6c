import { type Arguments, flagValue } from '../arguments/command.ts';
import { CommandError } from '../errors/command-error.ts';
import { LinePrinter } from '../output/line-printer.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { followLog } from '../remote/follow-log.ts';
import { type RemoteScenarioRun, readRun } from '../remote/remote-run.ts';
import { failureOf } from '../remote/run-outcome.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { readOnInterrupt, whileAttached } from '../remote/while-attached.ts';
import { readTimeout } from './read-timeout.ts';

/** Makes a run again from its record, prints its log, and says whether it is that of the run before. */
export async function replay(api: ServerApi, id: string, args: Arguments): Promise<void> {
  const isJson = args.flags.has('json');
  const mode = readOnInterrupt(flagValue(args, 'on-interrupt'));
  const body = readTimeout(args);
  const { logs_url: logs } = await readRun(api, id);
  if (typeof logs !== 'string')
    throw new CommandError(2, 'no_record', `${id} is no run of a scenario: it has no record`);
  const path = logs.replace(/\/logs$/, '/replay');
  const begun = await api.json<RemoteScenarioRun>(path, { method: 'POST', body, once: true });
  const printer = new LinePrinter(isJson);
  const ended = await whileAttached(api, [begun.run_id], mode, async (signal) => {
    if (!isJson) say(`${begun.run_id}\n`);
    let isRead = true;
    const onLine = async (line: string): Promise<void> => {
      if (isRead) isRead = await printer.print(line);
    };
    return followLog(api, begun.logs_url, onLine, { signal });
  });
  if (isJson) await print(`${JSON.stringify(ended, undefined, 2)}\n`);
  const failure = failureOf(ended);
  if (failure !== undefined) throw failure;
  say(await compare(api, logs, ended.logs_url, id));
}

/** Line by line, as both are kept; memory holds some of each. */
async function compare(api: ServerApi, before: string, now: string, id: string): Promise<string> {
  const [old, made] = [await linesOf(api, before), await linesOf(api, now)];
  for (let line = 1; ; line++) {
    const [one, other] = [await old.next(), await made.next()];
    if (one.done === true && other.done === true) return `the log is that of ${id}\n`;
    if (one.value !== other.value) return `the log differs from that of ${id} in line ${line}\n`;
  }
}

async function linesOf(api: ServerApi, path: string): Promise<AsyncGenerator<string, undefined>> {
  const answer = await api.open(path);
  return split(answer.body as ReadableStream<Uint8Array<ArrayBuffer>>);
}

async function* split(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
  return undefined;
}
