import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import type { Plan } from '@datamaker/engine';
import type { StreamReport, Target } from '@datamaker/streams';
import { type Arguments, type Command, flagValue, flagValues } from '../arguments/command.ts';
import { toProblems } from '../arguments/to-problems.ts';
import { badArgument, badInput, CommandError } from '../errors/command-error.ts';
import { isSystemError, translateSystemError } from '../errors/system-error.ts';
import { openStdout } from '../output/open-output.ts';
import { ReaderGone } from '../output/output.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { ServerApi } from '../remote/server-api.ts';
import { KEY_NOTE, SERVER_FLAGS } from '../remote/server-flags.ts';
import { resourceFlag } from '../resources/resource-flag.ts';
import { takeOver } from '../signals/take-over.ts';
import { isSecret, resumeCommand } from '../streams/resume-command.ts';
import { stdoutTarget } from '../streams/stdout-target.ts';
import {
  AUTHORIZATION_VARIABLE,
  readStreamSettings,
  type StreamSettings,
  TO_VARIABLE,
} from '../streams/stream-settings.ts';
import { drawState, rateOf, StreamWatch } from '../streams/stream-watch.ts';
import { isTemplateId, loadTemplateOfServer } from '../streams/template-of-server.ts';
import { type LoadedPlan, loadPlan } from '../template/load-plan.ts';

const MOST_MESSAGE_BYTES = 256 * 2 ** 20;

export const stream: Command = {
  name: 'stream',
  summary: 'send rows of a template at a rate: to HTTP, NATS, Redis, a file',
  usage: '<template.json | - | template of a server> --rate <N> [options]',
  positionals: { min: 1, max: 1, name: 'template.json' },
  flags: [
    {
      name: 'to',
      value: 'where',
      summary: `http(s)://, nats://, tls:// (NATS), redis(s)://, or a file, which rows are added to (default: $${TO_VARIABLE}, else stdout)`,
    },
    { name: 'topic', value: 'name', summary: 'the subject of NATS, the stream of Redis' },
    { name: 'rate', short: 'r', value: 'N', summary: 'rows a second, 0.001 to 1000000' },
    { name: 'burst', value: 'N', summary: 'so many rows at once, each --every or at the rate that --rate says' },
    { name: 'every', value: 'time', summary: 'with --burst: the time between bursts, such as 10s' },
    { name: 'for', value: 'time', summary: 'how long rows become due: 500ms, 60s, 10m, 1h' },
    { name: 'count', short: 'n', value: 'N', summary: 'how many rows at most (default: without end)' },
    { name: 'from', value: 'row', summary: 'the first row, counted from 0 (default: 0)' },
    {
      name: 'seed',
      short: 's',
      value: 'text',
      summary: 'the same seed gives the same rows; without one it is drawn and told on stderr',
    },
    {
      name: 'format',
      short: 'f',
      value: 'name',
      summary:
        'files and stdout: ndjson or csv (default: by the ending, else ndjson); HTTP: json or ndjson (default: json)',
    },
    {
      name: 'batch',
      value: 'N',
      summary: 'HTTP: rows in a request, as an array or, with --format ndjson, in lines (default: each row a request)',
    },
    { name: 'header', value: 'name: value', summary: 'HTTP: a header of each request', repeatable: true },
    { name: 'at-once', value: 'N', summary: 'HTTP: requests on their way at once, 1 to 256 (default: 16)' },
    { name: 'max-length', value: 'N', summary: 'Redis: about how many entries are kept (MAXLEN ~; default: all)' },
    {
      name: 'give-up',
      value: 'time',
      summary: 'how long the target may take nothing before the stream ends (default: 60s)',
    },
    {
      name: 'templates',
      value: 'path',
      summary: 'folder or file with the templates that `template_id` names (default: the folder of the template)',
    },
    resourceFlag,
    ...SERVER_FLAGS,
  ],
  notes: [
    'A row counts when the target has said that it has it. Rows are sent when they are due and the target has taken those before: a slow target is fallen behind of, by how many rows is told, and nothing queues. What is late is sent as soon as it is taken. What is late when --for is over is not sent: it is told as behind.',
    'Ctrl-C waits for what is on its way, and tells the command that goes on from there; once more ends it at once. A target that goes away is tried again with pauses. Rows whose acknowledgement was lost with it are sent again, with the same id: Idempotency-Key, Nats-Msg-Id, the field id in Redis.',
    `A URL with a password belongs into $${TO_VARIABLE}, and the header authorization into $${AUTHORIZATION_VARIABLE}: whoever lists processes sees those of a command line. This machine is yours: rows go to any host that you name.`,
    KEY_NOTE,
  ],
  examples: [
    'datamaker stream order.json --rate 500 --for 60s --to nats://127.0.0.1:4222 --topic orders.created',
    'datamaker stream order.json --burst 1000 --every 10s --to https://example.org/events --batch 100',
    'datamaker stream order.json --rate 20 --seed demo --to events.ndjson',
    'datamaker stream tmpl_8d3kq0vx2m5ra7cz4n1w --rate 1000 -n 1e6 --to redis://127.0.0.1 --topic orders --max-length 1e6',
  ],
  run,
};

async function run(args: Arguments): Promise<void> {
  const [word = ''] = args.positionals;
  const { limits, parseSeed } = await import('@datamaker/engine');
  const settings = readStreamSettings(args, limits.MAX_ROWS);
  if (settings.to === undefined && args.flags.has('json')) {
    throw badArgument(
      '--json',
      'option_needed',
      '--json says on stdout what came of it, and rows go there',
      'add --to',
    );
  }
  const given = flagValue(args, 'seed');
  const seed = given === undefined ? undefined : parseSeed(given);
  if (seed?.ok === false) throw badInput('the command line', toProblems('seed', seed.diagnostics));
  const loaded = await load(args, word, settings, seed?.value);
  await send(args, settings, loaded);
}

function load(args: Arguments, word: string, settings: StreamSettings, seed: string | undefined): Promise<LoadedPlan> {
  const { from, count, seconds, pace } = settings;
  const due = seconds === undefined ? undefined : pace.within(seconds);
  const rows =
    count === undefined && due === undefined ? undefined : from + Math.min(count ?? Infinity, due ?? Infinity);
  const options = {
    resources: flagValues(args, 'resource'),
    ...(seed === undefined ? {} : { seed }),
    ...(rows === undefined ? {} : { rows }),
  };
  if (isTemplateId(word)) return loadTemplateOfServer(ServerApi.of(args), word, options);
  return loadPlan(word, { ...options, templates: flagValue(args, 'templates') });
}

async function send(args: Arguments, settings: StreamSettings, { plan, template }: LoadedPlan): Promise<void> {
  const { CLOCK, MessageMaker, runStream, StreamError } = await import('@datamaker/streams');
  const { to, from, count, shape } = settings;
  refuseLargeMessages(settings, plan);
  const target = await targetOf(args, settings, JSON.stringify([template, plan.seed, shape.kind]));
  if (!args.flags.has('seed')) say(`seed: ${plan.seed}\n`);
  const isNew = to === undefined || !hasBytes(to);
  const maker = new MessageMaker(plan, shape.kind === 'text' ? { ...shape, header: isNew } : shape, from);
  const stop = new AbortController();
  const ended = watchSignals(stop);
  const watch = new StreamWatch(to === undefined && openStdout().isTerminal);
  process.on('exit', () => watch.clear());
  const report = await runStream({
    maker,
    target,
    pace: settings.pace,
    from,
    to: Math.min(from + (count ?? Infinity), plan.capacity),
    seconds: settings.seconds,
    giveUpMs: settings.giveUpMs,
    clock: CLOCK,
    stop: stop.signal,
    onProgress: (state, trouble) => watch.update(state, trouble),
  });
  watch.clear();
  const { error } = report;
  if (error instanceof ReaderGone) return;
  const resume = report.ending === 'done' ? undefined : resumeCommand(args, settings, report, plan.seed);
  const where = target.shown + (flagValue(args, 'topic') === undefined ? '' : ` ${flagValue(args, 'topic')}`);
  if (args.flags.has('json'))
    await print(`${JSON.stringify(summary(report, where, plan.seed, from, resume), undefined, 2)}\n`);
  else tell(report, where);
  if (resume !== undefined) {
    const hidden = to !== undefined && isSecret(to) ? ', with its URL in $DATAMAKER_STREAM_TO' : '';
    say(`go on${hidden}: ${resume}\n`);
  }
  if (error instanceof StreamError) {
    const { code, message, hint } = error;
    throw new CommandError(code === 'invalid_target' ? 2 : 1, code, message, {
      cause: error,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  if (isSystemError(error)) throw translateSystemError(error, `${where} could not be written`);
  if (error !== undefined) throw error;
  if (report.ending === 'stopped') process.exit(ended());
  if (report.next >= plan.capacity && count === undefined && report.behind === 0 && settings.seconds === undefined) {
    say(`the template has no more rows than these ${plan.capacity.toLocaleString('en')}\n`);
  }
}

/** A message is in memory as a whole. @throws CommandError */
function refuseLargeMessages({ shape }: StreamSettings, { largestRow }: Plan): void {
  if (!('rows' in shape) || shape.rows * largestRow <= MOST_MESSAGE_BYTES) return;
  const fit = Math.max(1, Math.floor(MOST_MESSAGE_BYTES / largestRow));
  const message = `${shape.rows} rows may have more than ${MOST_MESSAGE_BYTES / 2 ** 20} MiB`;
  throw badArgument('--batch', 'batch_too_large', message, `write --batch ${fit}, or less`);
}

/** Where rows go. @throws CommandError */
async function targetOf(args: Arguments, settings: StreamSettings, identity: string): Promise<Target> {
  const { ANSWER_MS, fileTarget, openTarget, schemeOf, StreamError } = await import('@datamaker/streams');
  const { to, shape, headers, atOnce, maxLength, giveUpMs } = settings;
  if (to === undefined) return stdoutTarget(openStdout());
  if (schemeOf(to) === undefined) return fileTarget(to);
  try {
    return openTarget(to, {
      topic: flagValue(args, 'topic'),
      contentType: shape.kind === 'lines' ? 'application/x-ndjson' : 'application/json',
      stream: createHash('sha256').update(identity).digest('hex').slice(0, 16),
      headers,
      atOnce,
      maxLength,
      // What does not answer has taken nothing for as long.
      answerMs: Math.min(ANSWER_MS, giveUpMs),
    });
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    throw badArgument('--to', error.code, error.message, error.hint);
  }
}

/** Stops the stream on a signal, and ends the program on the next. @returns the exit code */
function watchSignals(stop: AbortController): () => number {
  let code = 130;
  let last = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    takeOver(signal, () => {
      if (stop.signal.aborted && performance.now() - last > REPEATED_MS) process.exit(code);
      if (stop.signal.aborted) return;
      last = performance.now();
      code = 128 + constants.signals[signal];
      stop.abort();
    });
  }
  return () => code;
}

/** Ctrl-C in a terminal reaches the program several times, from the terminal and from each process that started it. */
const REPEATED_MS = 2000;

function hasBytes(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function tell(report: StreamReport, where: string): void {
  const lines = [`${drawState(report)} -> ${where}`];
  const { repeated, doubtful, ahead } = report;
  if (repeated > 0)
    lines.push(`${repeated.toLocaleString('en')} rows were sent again, and may be there twice, with the same id`);
  if (doubtful > 0) {
    lines.push(
      `${doubtful.toLocaleString('en')} rows may be there though nobody said so, and would be sent again with the same id`,
    );
  }
  if (ahead > 0)
    lines.push(
      `${ahead.toLocaleString('en')} rows behind row ${report.next} are there already, and would be sent again`,
    );
  say(`${lines.join('\n')}\n`);
}

function summary(report: StreamReport, to: string, seed: string, from: number, resume: string | undefined): object {
  const { ending, acknowledged, next, ahead, behind, repeated, doubtful, losses, seconds, error } = report;
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  return {
    state: ending,
    to,
    seed,
    from,
    acknowledged,
    next,
    ahead,
    behind,
    repeated,
    doubtful,
    losses,
    seconds: Number(seconds.toFixed(3)),
    rows_per_second: rateOf(report),
    ...(error === undefined ? {} : { error: { code, message } }),
    ...(resume === undefined ? {} : { resume }),
  };
}
