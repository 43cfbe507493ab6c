import { SandboxError, type SandboxJob } from './sandbox.ts';

/** What a job may use. All are upper bounds; each has its outcome. */
export interface SandboxLimits {
  /** Milliseconds from the start, after which everything is killed: `timeout`. */
  readonly wallMs: number;
  /** Of all processes of the job together: `out_of_memory`. */
  readonly memoryBytes: number;
  /** Processes and threads at a time, one of which is the sandbox's own: `too_many_processes`. */
  readonly processes: number;
  /** Open files of each process; a program that wants more is told so by the system. */
  readonly openFiles: number;
  /** Of each file that is written: `disk_full`. */
  readonly fileBytes: number;
  /** Of /tmp, and of all writable mounts together: `disk_full`. */
  readonly diskBytes: number;
}

const MiB = 1024 * 1024;

/** What a job gets where nothing else is said: fit for a script with pandas. */
export const DEFAULT_LIMITS: SandboxLimits = {
  wallMs: 10 * 60_000,
  memoryBytes: 1024 * MiB,
  processes: 64,
  openFiles: 256,
  fileBytes: 512 * MiB,
  diskBytes: 1024 * MiB,
};

/** Smallest values with which a Python program starts. */
const LEAST: SandboxLimits = {
  wallMs: 1,
  memoryBytes: 32 * MiB,
  processes: 4,
  openFiles: 16,
  fileBytes: 4096,
  diskBytes: 64 * 1024,
};

/**
 * Writable data of one process may grow to twice what all may use together. The supervisor looks at all of them every few
 * hundredths of a second; this bounds what one can take in between, and refuses at once what can never fit.
 */
const DATA_OF_MEMORY = 2;

/** @throws SandboxError with `sandbox_job_invalid` for a job that no back-end can start */
export function checkJob(job: SandboxJob): void {
  const wrong = (message: string, hint: string): SandboxError => new SandboxError('sandbox_job_invalid', message, hint);
  for (const [name, least] of Object.entries(LEAST) as [keyof SandboxLimits, number][]) {
    const value = job.limits[name];
    if (!Number.isSafeInteger(value) || value < least)
      throw wrong(`The limit ${name} is ${value}.`, `Give a whole number from ${least} on.`);
  }
  if (job.argv.length === 0 || job.argv[0] === '') throw wrong('The job names no program.', 'Give a program in argv.');
  for (const { source, target } of job.mounts) {
    for (const path of [source, target]) {
      if (!path.startsWith('/') || path.split('/').includes('..'))
        throw wrong(`The mount ${path} is not an absolute path.`, 'Give paths from / on, without `..`.');
    }
    if (target === '/' || /^\/(proc|dev|etc|usr|lib\w*|bin|sbin)(\/|$)/.test(target))
      throw wrong(
        `Nothing can be mounted at ${target}.`,
        'Mount at /workspace, /opt, /run or another path of its own.',
      );
  }
  for (const text of [
    ...job.argv,
    job.cwd,
    ...Object.entries(job.env).flat(),
    ...job.mounts.flatMap((m) => [m.source, m.target]),
  ]) {
    if (text.includes('\0')) throw wrong('A text of the job holds a zero byte.', 'Leave it out.');
  }
  for (const name of Object.keys(job.env)) {
    if (name === '' || name.includes('='))
      throw wrong(`The variable ${JSON.stringify(name)} cannot be.`, 'Name variables without `=`.');
  }
}

/** Arguments of prlimit (util-linux), which sets limits of each process that no process can raise again. */
export function limitArguments(limits: SandboxLimits, processes: number | undefined): string[] {
  const of = (name: string, value: number): string => `--${name}=${value}:${value}`;
  return [
    of('core', 0),
    of('nofile', limits.openFiles),
    of('fsize', limits.fileBytes),
    of('data', limits.memoryBytes * DATA_OF_MEMORY),
    of('memlock', 65_536),
    of('cpu', Math.ceil(limits.wallMs / 1000) * 4 + 10),
    `--stack=${8 * MiB}:${64 * MiB}`,
    of('rtprio', 0),
    of('msgqueue', 0),
    of('sigpending', 1024),
    ...(processes === undefined ? [] : [of('nproc', processes)]),
  ];
}
