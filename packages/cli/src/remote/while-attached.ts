import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { badArgument } from '../errors/command-error.ts';
import { report } from '../errors/report.ts';
import { say } from '../output/say.ts';
import { ask } from '../seeding/ask.ts';
import { takeOver } from '../signals/take-over.ts';
import { cancelRun } from './cancel-run.ts';
import { hasEnded, readRun } from './remote-run.ts';
import type { ServerApi } from './server-api.ts';

const ON_INTERRUPT = ['ask', 'cancel', 'leave'] as const;
export type OnInterrupt = (typeof ON_INTERRUPT)[number];

/** Ctrl-C in a terminal reaches the program several times, from the terminal and from each process that started it. */
const REPEATED_MS = 2000;

/** @throws CommandError for a word that is none of them */
export function readOnInterrupt(given: string | undefined): OnInterrupt {
  if (given === undefined) return isatty(0) && isatty(2) ? 'ask' : 'cancel';
  const found = ON_INTERRUPT.find((one) => one === given);
  if (found !== undefined) return found;
  throw badArgument('--on-interrupt', 'invalid_value', `--on-interrupt is one of ${ON_INTERRUPT.join(', ')}`);
}

/**
 * Does something while runs go on. Ctrl-C, or an end of the program from outside, is told to them as `mode` says, and ends it.
 * Once more Ctrl-C ends it at once.
 */
export async function whileAttached<T>(
  api: ServerApi,
  runIds: readonly string[],
  mode: OnInterrupt,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  let leaving: Promise<never> | undefined;
  let first = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    takeOver(signal, () => {
      const code = 128 + constants.signals[signal];
      if (leaving !== undefined) {
        if (performance.now() - first > REPEATED_MS) process.exit(code);
        return;
      }
      first = performance.now();
      stop.abort();
      // Who ends it from outside is not there to be asked.
      const now = mode === 'ask' && signal !== 'SIGINT' ? 'leave' : mode;
      leaving = leave(api, runIds, now).finally(() => process.exit(code)) as Promise<never>;
    });
  }
  try {
    return await work(stop.signal);
  } catch (error) {
    if (leaving !== undefined) return await leaving;
    throw error;
  }
}

async function leave(api: ServerApi, runIds: readonly string[], mode: OnInterrupt): Promise<void> {
  try {
    const open: string[] = [];
    for (const id of runIds) if (!hasEnded(await readRun(api, id))) open.push(id);
    const what = open.length === 1 ? (open[0] as string) : `${open.length} runs`;
    if (open.length === 0) return;
    say('\n');
    const isCancelled =
      mode === 'cancel' || (mode === 'ask' && (await ask(`Cancel ${what}?`, new AbortController().signal)));
    if (!isCancelled) {
      say(`${what} ${open.length === 1 ? 'goes' : 'go'} on: \`datamaker runs show ${open[0]} --wait\`\n`);
      return;
    }
    for (const id of open) await cancelRun(api, id);
    say(`${what} ${open.length === 1 ? 'was' : 'were'} cancelled\n`);
  } catch (error) {
    say(report(error).text);
  }
}
