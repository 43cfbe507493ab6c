import { type ChildProcess, spawn } from 'node:child_process';
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { handOver } from '../hand-over.ts';
import { coverInherited } from '../inherited-files.ts';
import { checkJob } from '../limits.ts';
import { family } from '../process-figures.ts';
import {
  type HostPython,
  type SandboxDriver,
  SandboxError,
  type SandboxJob,
  type SandboxProcess,
  type SandboxReport,
} from '../sandbox.ts';
import { watchEnd } from '../watch-end.ts';
import { type BwrapArguments, bwrapArguments, FD, GROUP, PASSWD } from './bwrap-arguments.ts';
import { disablesUserNamespaces, type Tools } from './find-tools.ts';
import { launchCommand } from './launch-command.ts';
import { sweepOrphans } from './sweep-orphans.ts';
import type { UserSlots } from './user-slots.ts';

/** All that a sandbox is made of. Tests change one part at a time and see that the probes notice. */
export interface BwrapParts {
  readonly tools: Tools;
  readonly python: HostPython;
  /** A filter of system calls, as `--seccomp` reads it. */
  readonly filter: Buffer;
  /** Users to become; undefined when the server is an ordinary user. */
  readonly users: UserSlots | undefined;
  /** Where sources are mounted for them; undefined when the server is no root, or may not mount. */
  readonly stage: string | undefined;
  readonly hidden: readonly string[];
  /** Added to the processor's claim of others: what scenarios compute gives way to the server. */
  readonly niceness: number;
  readonly report: SandboxReport;
  /** Changes the arguments. Only tests have one. */
  readonly alter?: (given: BwrapArguments) => BwrapArguments;
}

/** Milliseconds that a sandbox may take to be there; some 30 are usual. */
const START_TIME = 20_000;

export class BwrapDriver implements SandboxDriver {
  readonly name = 'bwrap';
  readonly #parts: BwrapParts;

  constructor(parts: BwrapParts) {
    this.#parts = parts;
  }

  async report(): Promise<SandboxReport> {
    return this.#parts.report;
  }

  async start(job: SandboxJob): Promise<SandboxProcess> {
    checkJob(job);
    const { users } = this.#parts;
    const resolved = { ...job, mounts: job.mounts.map((mount) => ({ ...mount, source: sourceOf(mount.source) })) };
    const uid = users?.take();
    try {
      const started = await this.#launch(resolved, uid);
      started.ended.then(() => uid !== undefined && users?.release(uid));
      return started;
    } catch (error) {
      if (uid !== undefined) users?.release(uid);
      throw error;
    }
  }

  async #launch(job: SandboxJob, uid: number | undefined): Promise<SandboxProcess> {
    const { tools, python, filter, stage, hidden, niceness, alter = (given) => given } = this.#parts;
    const writable = job.mounts.filter((mount) => mount.writable).map(({ source }) => source);
    if (uid !== undefined) {
      // A socket is written to, so that it has to be the user's even where its mount is read-only.
      const theirs = [
        ...writable,
        ...job.mounts.map(({ source }) => source).filter((path) => statSync(path).isSocket()),
      ];
      for (const path of new Set(theirs)) await handOver(path, uid);
    }
    const sources =
      stage === undefined ? [] : [...new Set([...python.folders, ...job.mounts.map(({ source }) => source)])];
    const { options, command } = alter(
      bwrapArguments({
        job,
        python,
        prlimit: tools.prlimit,
        placed: (source) => (stage === undefined ? source : join(stage, String(sources.indexOf(source)))),
        hidden,
        disableUserNamespaces: disablesUserNamespaces(tools.version),
      }),
    );
    const staged = stage === undefined ? undefined : { folder: stage, sources };
    const [program = '', ...given] = launchCommand({ tools, uid, stage: staged }, command);
    const child = spawnLauncher(program, given);
    const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    if (child.pid === undefined) throw startFailed(await whyNotSpawned(child), false);
    giveWay(child, niceness);
    send(child, FD.filter, filter);
    send(child, FD.passwd, PASSWD);
    send(child, FD.group, GROUP);
    send(child, FD.options, options.map((option) => `${option}\0`).join(''));
    const gate = duplex(child, FD.gate);
    const errors = collectUntilUp(child);
    const up = await within(START_TIME, Promise.race([once(gate, 'up\n'), exited.then(() => false)]));
    const pid = up === true ? firstProcess(child.pid) : undefined;
    if (pid === undefined) {
      child.kill('SIGKILL');
      await exited;
      sweepOrphans();
      throw startFailed(errors.text(), up === undefined);
    }
    errors.stop();
    await boundToServer(pid);
    return watchEnd({ child, exited, pid, job, writable, temporary: ['/tmp', '/dev/shm'], go: () => gate.end('go\n') });
  }
}

/**
 * The first process of a sandbox: the one child of the bubblewrap that was spawned. That could say it by itself (--info-fd), but would end when
 * nobody listens any more, and leave the first process waiting for it.
 * @returns undefined when it is gone, or the kernel does not say which it is
 */
const firstProcess = (bubblewrap: number): number | undefined => family(bubblewrap)[1];

/**
 * Waits until the first process of a sandbox has asked to be killed when the server dies, which it does in the moment after the job's
 * process is made and before it puts the filter of system calls on itself. A job that began earlier could outlive the server.
 */
async function boundToServer(pid: number): Promise<void> {
  const filtered = (): boolean => {
    try {
      return /^Seccomp:\s+2$/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
    } catch {
      return true;
    }
  };
  while (!filtered()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** @throws SandboxError when the system takes no such command, as one that is too long */
function spawnLauncher(program: string, given: readonly string[]): ChildProcess {
  const inherited = coverInherited(FD.options + 1);
  const pipes = Array.from({ length: FD.options - 2 }, () => 'pipe' as const);
  try {
    return spawn(program, given, {
      cwd: '/',
      // Of the launcher, not of the job: nothing of the server's own environment.
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['ignore', 'pipe', 'pipe', ...pipes, ...inherited.stdio],
    });
  } catch (error) {
    throw startFailed((error as Error).message, false);
  } finally {
    inherited.close();
  }
}

const whyNotSpawned = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => child.once('error', ({ message }) => resolve(message)));

function sourceOf(source: string): string {
  const found = lstatSync(source, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new SandboxError(
      'sandbox_job_invalid',
      `There is no ${source} to mount.`,
      'Make it before the job is started.',
    );
  }
  // A job may have left it, for the next one to be given what it points at.
  if (found.isSymbolicLink()) {
    throw new SandboxError('sandbox_job_invalid', `${source} is a symbolic link.`, 'Mount what it points at.');
  }
  return realpathSync(source);
}

/** Failing is no reason to stop: the host does not allow it then. */
function giveWay(child: ChildProcess, niceness: number): void {
  try {
    if (child.pid !== undefined) setPriority(child.pid, niceness);
  } catch {}
}

const duplex = (child: ChildProcess, fd: number): Duplex => child.stdio[fd] as Duplex;

function send(child: ChildProcess, fd: number, content: string | Buffer): void {
  // A launcher that fails early does not read all.
  duplex(child, fd)
    .on('error', () => {})
    .end(content);
}

/** Resolves with true when the stream says a word. */
function once(stream: Duplex, word: string): Promise<boolean> {
  return new Promise((resolve) => {
    let said = '';
    stream.on('error', () => resolve(false));
    stream.on('data', (chunk) => {
      said += chunk;
      if (said.endsWith(word)) resolve(true);
    });
  });
}

/** What the launcher and bubblewrap complain about, kept apart from what the job prints: that begins after the gate. */
function collectUntilUp(child: ChildProcess): { text(): string; stop(): void } {
  let complaint = '';
  const stderr = child.stderr!;
  const listen = (chunk: Buffer): void => {
    if (complaint.length < 4000) complaint += chunk;
  };
  stderr.on('data', listen);
  return {
    text: () => complaint.trim(),
    stop: () => {
      stderr.off('data', listen);
      stderr.pause();
    },
  };
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function startFailed(complaint: string, late: boolean): SandboxError {
  const why = complaint.split('\n').at(-1) || (late ? 'it took too long' : 'it says no more');
  return new SandboxError('sandbox_start_failed', `A sandbox could not be made: ${why}.`, hintFor(why));
}

/** What bubblewrap's complaints come from. */
function hintFor(why: string): string {
  if (/made by root/.test(why))
    return 'Start the server as root with the right to change its user, or as an ordinary user.';
  if (/namespace|uid map|setting up uid|No permissions/i.test(why))
    return 'Allow user namespaces: sysctl -w user.max_user_namespaces=15000, on Debian kernel.unprivileged_userns_clone=1, on Ubuntu 24.04 and later an AppArmor profile for bwrap; in Docker: --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined.';
  if (/mount proc/i.test(why)) return 'In Docker, start the container with --security-opt systempaths=unconfined.';
  if (/E2BIG/.test(why)) return 'Put what is long into a file of a mount, not into an argument.';
  if (/find source path|Permission denied/i.test(why))
    return 'The user that sandboxes run as must be able to reach what is mounted: open the folders on the way (chmod o+x).';
  return 'Try `bwrap --unshare-all --ro-bind / / true` as the user of the server.';
}
