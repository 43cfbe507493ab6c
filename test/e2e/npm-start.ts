import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { onTestFinished } from 'vitest';

/** What a person's shell has, without what npm and this workspace add to it: Node, npm and the system's tools. */
export const plainEnvironment = (): NodeJS.ProcessEnv => ({
  HOME: process.env.HOME,
  PATH: (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter),
});

export interface Started {
  readonly url: string;
  /** Everything printed so far, on both outputs. */
  readonly output: () => string;
  readonly child: ChildProcess;
  /** Settles when the command has ended and nobody holds its outputs any more. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/**
 * Runs `npm start` in a checkout and waits until the server is ready. @throws Error with what it printed, when it ends before
 */
export async function npmStart(checkout: string, environment: Record<string, string>): Promise<Started> {
  const child = spawn('npm', ['start', '--silent'], {
    cwd: checkout,
    env: { ...plainEnvironment(), PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  onTestFinished(async () => {
    for (const pid of descendants(child.pid as number)) kill(pid, 'SIGTERM');
    await ended;
  });
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      printed += chunk;
      const [, ready] = /ready at (http:\S+)/.exec(printed) ?? [];
      if (ready !== undefined) resolve(ready);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', reject);
    child.on('close', () => reject(new Error(`npm start ended:\n${printed}`)));
  });
  return { url, output: () => printed, child, ended };
}

/** Processes that a process has started, directly or not, and itself. */
export function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const found = [pid];
  for (const parent of found) found.push(...pairs.filter(([, ppid]) => ppid === parent).map(([child]) => child));
  return found;
}

/** Sends a signal to a process that may have ended. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The quick start of README.md. */
export function quickStart(checkout: string): { key: string; commands: string; csv: string } {
  const page = readFileSync(`${checkout}/README.md`, 'utf8');
  const [, section = ''] = /^## Quick start\n([\s\S]*?)^## /m.exec(page) ?? [];
  const blocks = [...section.matchAll(/^```console\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  const [, key = ''] = /DATAMAKER_API_KEY=(\S+) npm start/.exec(blocks[0] ?? '') ?? [];
  const [, csv = ''] = /^```csv\n([\s\S]*?)^```/m.exec(section) ?? [];
  // The first block starts the server.
  const commands = blocks.slice(1).join('').replaceAll(/^\$ /gm, '');
  return { key, commands, csv };
}
