import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The words that start the real program from its sources. */
export const DATAMAKER: readonly [string, ...string[]] = [process.execPath, '--conditions=datamaker-source', MAIN];

/** What a program ended with. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
}

/** Runs the real program to its end. */
export const datamaker = (words: readonly string[], options: RunOptions = {}): Promise<Ended> =>
  execute([...DATAMAKER, ...words], options);

/**
 * Runs a shell script in which `datamaker` is the real program. `start` is the same for the background: it becomes the
 * program, so that $! is the program's own process. $DATAMAKER spells the program for another shell.
 */
export const shell = (script: string, options: RunOptions = {}): Promise<Ended> => {
  const words = DATAMAKER.map((word) => `'${word}'`).join(' ');
  const names = `datamaker() { ${words} "$@"; }\nstart() { exec ${words} "$@"; }\nDATAMAKER="${words}"`;
  return execute(['bash', '-c', `${names}\n${script}`], options);
};

/** Runs a program to its end. */
export function execute([program = '', ...words]: readonly string[], { cwd, input }: RunOptions): Promise<Ended> {
  // A process group of its own: whatever a failing test leaves behind can be ended with it.
  const child = spawn(program, words, { cwd, detached: true });
  onTestFinished(() => endGroup(child.pid));
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A program that does not read its input closes the pipe; that is its right.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
    });
  });
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // All of it has ended, as it should.
  }
}

/** A folder of its own for a test, gone after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a template (or any text) into a folder and returns its path. */
export function writeTemplate(folder: string, template: unknown, name = 'template.json'): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    typeof template === 'string' || template instanceof Uint8Array ? template : JSON.stringify(template),
  );
  return path;
}

/** A small template with text, numbers and quotes. */
export const CUSTOMER = {
  name: 'customer',
  fields: [
    { name: 'id', type: 'sequence' },
    { name: 'uuid', type: 'uuid' },
    { name: 'email', type: 'email' },
    { name: 'balance', type: 'number', options: { min: 1, max: 1000 } },
  ],
};
