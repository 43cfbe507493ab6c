import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { PassThrough } from 'node:stream';
import { nameOutcome } from './name-outcome.ts';
import { startOf } from './process-figures.ts';
import type { SandboxEnd, SandboxJob, SandboxOutcome, SandboxProcess } from './sandbox.ts';
import { supervise } from './supervise.ts';

export interface Watched {
  /** What was spawned: it ends when the job's first process does, with its exit code. */
  readonly child: ChildProcess;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** The first process of a pid namespace, with which everything in it ends; or the leader of a process group. */
  readonly pid: number;
  /** Whether it is a process group that is killed: without a namespace, there is no more to be had. */
  readonly group?: boolean;
  readonly job: SandboxJob;
  readonly writable: readonly string[];
  readonly temporary: readonly string[];
  /** Lets the job begin. */
  readonly go: () => void;
}

/** How much of the end of stderr is looked at for the reason of an ending, and how long the wait for it is at most, in milliseconds. */
const TAIL = 2048;
const LAST_WORD_TIME = 250;

/** Lets a job begin that is in place, watches it, and makes sure that nothing of it is left when it has ended. */
export function watchEnd({ child, exited, pid, group = false, job, writable, temporary, go }: Watched): SandboxProcess {
  const started = startOf(pid);
  let why: SandboxOutcome | undefined;
  const kill = (outcome: SandboxOutcome): void => {
    why ??= outcome;
    if (group) killQuietly(-pid);
    else if (startOf(pid) === started) killQuietly(pid);
    child.kill('SIGKILL');
  };
  const cancel = (): void => kill('cancelled');
  const supervision = supervise({ pid, limits: job.limits, writable, temporary, onBreach: kill });
  if (job.signal?.aborted) cancel();
  else job.signal?.addEventListener('abort', cancel, { once: true });

  const stderr = new PassThrough();
  let tail = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString('utf8')).slice(-TAIL);
  });
  child.stderr!.pipe(stderr);
  const heard = new Promise<void>((resolve) => child.stderr!.once('close', () => resolve()));

  const ended = (async (): Promise<SandboxEnd> => {
    const { code, signal } = await exited;
    supervision.stop();
    job.signal?.removeEventListener('abort', cancel);
    if (group) killQuietly(-pid);
    // Children that went into the background outlive the first process by a moment at most, but only if somebody sees to it.
    for (let wait = 1; started !== undefined && startOf(pid) === started; wait = Math.min(wait * 2, 50)) {
      killQuietly(pid);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    const own = signalOf(code) ?? signal;
    if (why === undefined && code !== 0) {
      await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, LAST_WORD_TIME).unref())]);
    }
    return {
      outcome: why ?? nameOutcome(code, own, tail),
      code: own === null ? code : null,
      signal: own,
      peakMemoryBytes: supervision.peakMemory(),
    };
  })();
  go();
  return { stdout: child.stdout!, stderr, ended };
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}

/** A shell and bubblewrap say by 128 and more that a signal ended a program. */
function signalOf(code: number | null): string | null {
  if (code === null || code <= 128) return null;
  return Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0] ?? null;
}
