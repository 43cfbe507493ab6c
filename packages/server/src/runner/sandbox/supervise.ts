import { statfsSync } from 'node:fs';
import { deletedBytes, diskUse, MOST_ENTRIES } from './disk-use.ts';
import type { SandboxLimits } from './limits.ts';
import { family, figuresOf, sharedOutMemory } from './process-figures.ts';
import type { SandboxOutcome } from './sandbox.ts';

/** Milliseconds between looks at memory and processes. A core fills some 100 MB in that time. */
const PERIOD = 50;
/** Folders are looked at less often, and the less the longer it takes. */
const DISK_PERIOD = 250;
const DISK_SHARE = 10;
/** Empty files in /tmp cost memory that its size does not bound. */
const MOST_TEMPORARY_FILES = 200_000;

export interface Supervised {
  /** The first process; all others descend from it. */
  readonly pid: number;
  readonly limits: SandboxLimits;
  /** Folders of the host that the job may write to. */
  readonly writable: readonly string[];
  /** Mount points of the job in memory, as seen inside. */
  readonly temporary: readonly string[];
  /** Called once, with what was broken. */
  readonly onBreach: (outcome: SandboxOutcome) => void;
}

export interface Supervision {
  /** Bytes, or undefined when there was no look before the end. */
  peakMemory(): number | undefined;
  stop(): void;
}

/** Watches a job by what the kernel says of its processes, until stopped. */
export function supervise({ pid, limits, writable, temporary, onBreach }: Supervised): Supervision {
  let stopped = false;
  let peak: number | undefined;
  let full = 0;
  const timers: NodeJS.Timeout[] = [];
  const breach = (outcome: SandboxOutcome): void => {
    if (stopped) return;
    stop();
    onBreach(outcome);
  };
  const stop = (): void => {
    stopped = true;
    for (const timer of timers) clearTimeout(timer);
  };

  timers.push(setTimeout(() => breach('timeout'), limits.wallMs));
  timers.push(setInterval(look, PERIOD));
  lookAtDisk();

  function look(): void {
    const pids = family(pid);
    if (pids.length === 0) return;
    const { tasks, memory } = figuresOf(pids);
    const together = memory > limits.memoryBytes ? sharedOutMemory(pids) : memory;
    peak = Math.max(peak ?? 0, together);
    // Twice in a row: a program that tries how many it may have, and lets them go, is none.
    full = tasks >= limits.processes ? full + 1 : 0;
    if (together > limits.memoryBytes) breach('out_of_memory');
    else if (full >= 2) breach('too_many_processes');
  }

  async function lookAtDisk(): Promise<void> {
    const started = performance.now();
    if (await isFull()) return breach('disk_full');
    if (stopped) return;
    timers[2] = setTimeout(lookAtDisk, Math.max(DISK_PERIOD, (performance.now() - started) * DISK_SHARE));
  }

  async function isFull(): Promise<boolean> {
    if (temporary.some((place) => filesIn(`/proc/${pid}/root${place}`) > MOST_TEMPORARY_FILES)) return true;
    if (writable.length === 0) return false;
    try {
      const { bytes, entries } = await diskUse(writable, limits.diskBytes);
      return entries > MOST_ENTRIES || bytes + deletedBytes(family(pid)) > limits.diskBytes;
    } catch {
      return true;
    }
  }

  return { peakMemory: () => peak, stop };
}

function filesIn(place: string): number {
  try {
    const { files, ffree } = statfsSync(place);
    return files - ffree;
  } catch {
    return 0;
  }
}
