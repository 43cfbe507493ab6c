import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { diskUse } from '../sandbox/disk-use.ts';

/** A program that is to come to an end by itself, and is ended when it does not. */
export interface BoundedJob {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly maxMs: number;
  /** A folder that may grow to so many bytes. */
  readonly grows?: { readonly folder: string; readonly maxBytes: number } | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface BoundedEnd {
  readonly how: 'exited' | 'timeout' | 'cancelled' | 'too_large';
  /** null: a signal ended it, or it never began. */
  readonly code: number | null;
  /** Its end, where it was long. */
  readonly stdout: string;
  /** Its end, where it was long. */
  readonly stderr: string;
}

const MIB = 1024 * 1024;
const MAX_MEMORY = 3 * 1024 * MIB;
const MAX_FILE = 2 * 1024 * MIB;
const MAX_OUTPUT = 8 * MIB;
const MAX_ERRORS = 256 * 1024;
const LOOK_MS = 500;

/** Set before the program begins, and kept by all that it starts. */
const LIMIT =
  'umask 022; ulimit -c 0; ulimit -d "$1" 2>/dev/null; ulimit -f "$2" 2>/dev/null; shift 2; exec "$@" </dev/null';

/** util-linux: the program dies with the server. Elsewhere it goes on to its end, and nobody takes what it made. */
const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));

/** Runs a program with bounds on time, memory, output and disk. Never rejects. All that it started is gone when it settles. */
export function runBounded({ argv, cwd, env, maxMs, grows, signal }: BoundedJob): Promise<BoundedEnd> {
  return new Promise((resolve) => {
    let how: BoundedEnd['how'] = 'exited';
    if (signal?.aborted) {
      resolve({ how: 'cancelled', code: null, stdout: '', stderr: '' });
      return;
    }
    const limits = [String(MAX_MEMORY / 1024), String(MAX_FILE / 512)];
    const [program = '', ...rest] = [
      ...(SETPRIV === undefined ? [] : [SETPRIV, '--pdeathsig', 'KILL']),
      ...['/bin/sh', '-c', LIMIT, 'sh', ...limits, ...argv],
    ];
    const child = spawn(program, rest, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const kill = (why: BoundedEnd['how']): void => {
      if (how === 'exited') how = why;
      killGroup(child.pid);
    };
    const cancel = (): void => kill('cancelled');
    signal?.addEventListener('abort', cancel, { once: true });
    const timer = setTimeout(() => kill('timeout'), maxMs);
    const looking = grows === undefined ? undefined : setInterval(() => void look(grows), LOOK_MS);
    const look = async ({ folder, maxBytes }: NonNullable<BoundedJob['grows']>): Promise<void> => {
      const { bytes } = await diskUse([folder], maxBytes).catch(() => ({ bytes: 0 }));
      if (bytes > maxBytes) kill('too_large');
    };
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-MAX_OUTPUT);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-MAX_ERRORS);
    });
    const end = (code: number | null, more = ''): void => {
      clearTimeout(timer);
      clearInterval(looking);
      signal?.removeEventListener('abort', cancel);
      killGroup(child.pid);
      resolve({ how, code, stdout, stderr: stderr + more });
    };
    child.once('error', ({ message }) => end(null, message));
    child.once('close', (code) => end(code));
    // Something that it left behind may hold the pipes.
    child.once('exit', () => killGroup(child.pid));
  });
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
