import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import type { Ended } from './run-datamaker.ts';

const PROGRAM = fileURLToPath(new URL('./run-lines.ts', import.meta.url));
/** Less than a hook may take, so that the process does not outlive it. */
const TIME_LIMIT_MS = 55_000;

/** The words after `datamaker`, and where they are said. */
export interface Line {
  readonly words: readonly string[];
  readonly cwd?: string;
}

/** A command line in a folder of its own, which holds the files (and an empty folder for each `null`). */
export interface Attempt {
  readonly words: readonly string[];
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
}

export interface Attempted extends Ended {
  readonly folder: string;
}

/**
 * Runs all attempts of a table of tests before the first of them: one process for all lines, since loading the program
 * costs far more than one line of it. Stdin is empty and stdout is a file. To be called where tests are declared.
 * @returns what the attempt of an index ended with; files it left are there until all tests of the block have run
 */
export function together(attempts: readonly Attempt[]): (index: number) => Attempted {
  let root = '';
  let attempted: readonly Attempted[] = [];
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'datamaker-cli-'));
    const folders = attempts.map(({ files = {} }, index) => makeFolder(join(root, String(index)), files));
    const ended = await runLines(attempts.map(({ words }, index) => ({ words, cwd: folders[index] ?? root })));
    attempted = ended.map((one, index) => ({ ...one, folder: folders[index] ?? root }));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return (index) => {
    const found = attempted[index];
    if (found === undefined) throw new Error(`nothing was attempted as ${index}`);
    return found;
  };
}

function makeFolder(path: string, files: NonNullable<Attempt['files']>): string {
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) {
    if (content === null) mkdirSync(join(path, name));
    else writeFileSync(join(path, name), content);
  }
  return path;
}

/** Runs command lines one after another in one process. @throws Error when the process does not come to its end */
export async function runLines(lines: readonly Line[]): Promise<Ended[]> {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-lines-'));
  try {
    const whole: Required<Line>[] = lines.map(({ words, cwd = folder }) => ({ words, cwd }));
    writeFileSync(join(folder, 'lines.json'), JSON.stringify(whole));
    const words = ['--conditions=datamaker-source', PROGRAM, folder];
    const options = { timeout: TIME_LIMIT_MS, killSignal: 'SIGKILL' } as const;
    await promisify(execFile)(process.execPath, words, options).catch((error: unknown) => {
      throw new Error(`${lines.length} lines did not all run: ${lastWords(folder, lines.length)}`, { cause: error });
    });
    return lines.map((_, index) => ({
      code: Number(readFileSync(join(folder, `${index}.code`), 'utf8')),
      signal: null,
      stdout: readFileSync(join(folder, `${index}.out`)),
      stderr: readFileSync(join(folder, `${index}.err`), 'utf8'),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the line said on which the process ended. */
function lastWords(folder: string, count: number): string {
  for (let index = count - 1; index >= 0; index--) {
    try {
      return `line ${index}: ${readFileSync(join(folder, `${index}.err`), 'utf8')}`;
    } catch {
      // This line was not reached.
    }
  }
  return 'none was reached';
}
