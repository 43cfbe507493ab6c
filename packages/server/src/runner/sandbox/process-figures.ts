import { readdirSync, readFileSync } from 'node:fs';

/** What processes use together. */
export interface Figures {
  /** Processes and threads. */
  readonly tasks: number;
  /**
   * Bytes that they hold: anonymous and shared memory, each page once for each process that has it, and the tables of
   * pages, which grow with what is only looked at as well.
   */
  readonly memory: number;
}

/** A process and everything that descends from it, as far as the kernel says; empty when it is gone. */
export function family(pid: number): number[] {
  const found = [pid];
  for (let at = 0; at < found.length; at++) found.push(...childrenOf(found[at]!));
  return isThere(pid) ? found : [];
}

function childrenOf(pid: number): number[] {
  const children: number[] = [];
  try {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const text = readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').trim();
      if (text !== '') children.push(...text.split(' ').map(Number));
    }
  } catch {}
  return children;
}

/** Zombies are not there: they hold nothing and run nothing. */
export const isThere = (pid: number): boolean => {
  const state = startOf(pid);
  return state !== undefined;
};

/** When a process began, in ticks since the host did: with its id, this tells it from another with the same id. */
export function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export function figuresOf(pids: readonly number[]): Figures {
  let tasks = 0;
  let memory = 0;
  for (const pid of pids) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'latin1');
      tasks += numberAfter(status, '\nThreads:');
      memory +=
        ['\nRssAnon:', '\nRssShmem:', '\nVmPTE:'].reduce((sum, label) => sum + numberAfter(status, label), 0) * 1024;
    } catch {}
  }
  return { tasks, memory };
}

/**
 * The same memory with pages that several processes share counted once, which takes the kernel longer: what is forked shares
 * all it has not written. A process that does not say counts with all it has.
 */
export function sharedOutMemory(pids: readonly number[]): number {
  let memory = 0;
  for (const pid of pids) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
      const tables = numberAfter(readFileSync(`/proc/${pid}/status`, 'latin1'), '\nVmPTE:');
      memory += (numberAfter(rollup, '\nPss_Anon:') + numberAfter(rollup, '\nPss_Shmem:') + tables) * 1024;
    } catch {
      memory += figuresOf([pid]).memory;
    }
  }
  return memory;
}

/** The number behind a label, 0 when there is none (a process that is about to end has no memory). */
function numberAfter(text: string, label: string): number {
  const at = text.indexOf(label);
  return at < 0 ? 0 : Number.parseInt(text.slice(at + label.length), 10);
}
