import { spawn } from 'node:child_process';
import type { SyntaxProblem } from '../../../store/scenario-tables.ts';
import { CHECK_PROGRAM } from './check-program.ts';

/** What Python found in code. */
export interface PythonReading {
  /** Its version. */
  readonly python: string;
  readonly problem: SyntaxProblem | null;
  /** PEP 723. */
  readonly metadata:
    | null
    | { readonly line: number; readonly error: string }
    | { readonly line: number; readonly dependencies: unknown; readonly requires: unknown };
}

const AT_ONCE = 2;
const MAX_MS = 10_000;
const MAX_ANSWER = 4 * 1024 * 1024;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Has Python parse code, in a process of its own with little memory and time.
 * @returns undefined when there is no Python here
 */
export const readWithPython = (code: string, python?: string): Promise<PythonReading | undefined> =>
  askPython(CHECK_PROGRAM, code, TOO_MUCH, python);

/**
 * Has a program of ours read something that somebody wrote.
 * @param tooMuch the answer when that takes too much time, memory or stack
 * @returns undefined when there is no Python here
 */
export async function askPython<T>(
  program: string,
  given: string,
  tooMuch: T,
  python = 'python3',
): Promise<T | undefined> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await ask(program, given, tooMuch, python);
  } finally {
    // The place is handed on, or given back.
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

function ask<T>(program: string, given: string, tooMuch: T, python: string): Promise<T | undefined> {
  return new Promise((resolve) => {
    const child = spawn(python, ['-I', '-S', '-X', 'utf8', '-c', program], {
      env: { PATH: process.env['PATH'] ?? '' },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: MAX_MS,
      killSignal: 'SIGKILL',
    });
    let answer = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (answer.length < MAX_ANSWER) answer += text;
    });
    // One that is gone before it has read all of it says so by its end.
    child.stdin.on('error', () => undefined);
    child.stdin.end(given);
    child.once('error', () => resolve(undefined));
    child.once('close', (status) => resolve(status === 0 ? (JSON.parse(answer) as T) : tooMuch));
  });
}

/** The parser has run out of time, of memory or of stack. */
const TOO_MUCH: PythonReading = {
  python: '',
  problem: { message: 'the code is too large or too deeply nested to be read', line: null, column: null },
  metadata: null,
};
