import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type {
  SandboxDriver,
  SandboxEnd,
  SandboxJob,
  SandboxOutcome,
  SandboxProcess,
  SandboxReport,
} from '../runner/sandbox/sandbox.ts';

/**
 * A driver that keeps nothing apart: a real process in a group of its own, which dies with this one. Paths of mounts become those of
 * the host. For tests of what is around a sandbox.
 */
export class PlainSandbox implements SandboxDriver {
  readonly name = 'none';

  report = async (): Promise<SandboxReport> => ({
    driver: 'none',
    platform: process.platform,
    version: undefined,
    python: { executable: 'python3', version: '3', folders: [] },
    assurances: [],
    probes: 0,
    banner: undefined,
  });

  async start({ argv, env, cwd, mounts, limits, signal }: SandboxJob): Promise<SandboxProcess> {
    const outside = (path: string): string => {
      const mount = mounts.find(({ target }) => path === target || path.startsWith(`${target}/`));
      return mount === undefined ? path : mount.source + path.slice(mount.target.length);
    };
    const limited = ['prlimit', `--as=${limits.memoryBytes}`, `--fsize=${limits.fileBytes}`];
    const [program = '', ...rest] = ['setpriv', '--pdeathsig', 'KILL', ...limited, ...argv.map(outside)];
    const child = spawn(program, rest, {
      env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, outside(value)])),
      cwd: outside(cwd),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let outcome: SandboxOutcome = 'exited';
    const kill = (why: SandboxOutcome) => (): void => {
      outcome = why;
      killGroup(child.pid);
    };
    const cancel = kill('cancelled');
    const timer = setTimeout(kill('timeout'), limits.wallMs);
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    const ended = new Promise<SandboxEnd>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signalName) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        killGroup(child.pid);
        resolve({ outcome, code, signal: signalName, peakMemoryBytes: undefined });
      });
    });
    return { stdout: child.stdout as Readable, stderr: child.stderr as Readable, ended };
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
