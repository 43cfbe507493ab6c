import { spawn } from 'node:child_process';
import { checkJob } from './limits.ts';
import { UNSANDBOXED_BANNER } from './may-run-unsandboxed.ts';
import {
  type HostPython,
  type SandboxAspect,
  type SandboxDriver,
  SandboxError,
  type SandboxJob,
  type SandboxProcess,
  type SandboxReport,
} from './sandbox.ts';
import { watchEnd } from './watch-end.ts';

/**
 * Limits by the shell, which every system has; where one is not known, the others hold. KiB for memory, 512 bytes for files.
 * The leave to begin comes by the standard input, as for a real sandbox.
 */
const LIMIT = `ulimit -c 0; ulimit -n "$1"; ulimit -f "$2"; ulimit -d "$3" 2>/dev/null
shift 3
read -r go && exec "$@" </dev/null
exit 125`;

/**
 * No sandbox: a plain process of the server's user, in a process group that is killed as a whole. For development on a host
 * that has none; `mayRunUnsandboxed` says when. Nothing can be mounted: texts of the job that name a target of a mount, or a path below, name
 * the source instead.
 */
export class NoneDriver implements SandboxDriver {
  readonly name = 'none';
  readonly #python: HostPython;

  constructor(python: HostPython) {
    this.#python = python;
  }

  async start(job: SandboxJob): Promise<SandboxProcess> {
    checkJob(job);
    const { limits } = job;
    const onHost = (text: string): string => translate(text, job);
    const numbers = [limits.openFiles, Math.ceil(limits.fileBytes / 512), Math.ceil((limits.memoryBytes * 2) / 1024)];
    const child = spawn('/bin/sh', ['-c', LIMIT, 'sh', ...numbers.map(String), ...job.argv.map(onHost)], {
      cwd: onHost(job.cwd),
      env: Object.fromEntries(
        Object.entries(job.env).map(([name, value]) => [name, value.split(':').map(onHost).join(':')]),
      ),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', ({ message }) => {
        reject(
          new SandboxError(
            'sandbox_start_failed',
            `The job cannot be started: ${message}.`,
            'See that its folder exists.',
          ),
        );
      });
    });
    return watchEnd({
      child,
      exited,
      pid: child.pid!,
      group: true,
      job,
      writable: job.mounts.filter(({ writable }) => writable).map(({ source }) => source),
      temporary: [],
      go: () => child.stdin.on('error', () => {}).end('go\n'),
    });
  }

  async report(): Promise<SandboxReport> {
    const linux = process.platform === 'linux';
    const assurance = (name: SandboxAspect, holds: boolean, how: string): SandboxReport['assurances'][number] => ({
      name,
      holds,
      how,
    });
    return {
      driver: 'none',
      platform: `${process.platform} ${process.arch}`,
      version: undefined,
      python: this.#python,
      assurances: [
        assurance('files', false, 'all that the server can read and write'),
        assurance('network', false, 'all that the server can reach'),
        assurance('processes', false, 'all of the same user; what leaves its process group is not found again'),
        assurance('system_calls', false, 'every call'),
        assurance('user', false, 'the user of the server'),
        assurance('memory_limit', linux, linux ? 'looked at every 50 ms' : 'not kept on this system'),
        assurance('process_limit', linux, linux ? 'looked at every 50 ms' : 'not kept on this system'),
        assurance('disk_limit', true, 'writable folders are looked at; RLIMIT_FSIZE bounds each file'),
        assurance('time_limit', true, 'the process group is killed'),
      ],
      probes: 0,
      banner: UNSANDBOXED_BANNER,
    };
  }
}

function translate(text: string, { mounts }: SandboxJob): string {
  const mount = mounts
    .filter(({ target }) => text === target || text.startsWith(`${target}/`))
    .sort((a, b) => b.target.length - a.target.length)[0];
  return mount === undefined ? text : mount.source + text.slice(mount.target.length);
}
