import { badInput, CommandError, type Problem } from './command-error.ts';
import { printable } from './printable.ts';
import { isSystemError, translateSystemError } from './system-error.ts';

/** What is printed on stderr for a failure, and the exit code that goes with it. */
export interface Report {
  readonly text: string;
  readonly exitCode: number;
}

/**
 * Puts any failure into words. A stack trace appears only with `debug`, because it tells a user nothing.
 * Control characters are spelled out: names in a template may hold escape sequences, and the reader is a terminal.
 */
export function report(error: unknown, debug = false): Report {
  const failure = toCommandError(error);
  const lines = [`error: ${failure.code}: ${failure.message}`];
  for (const problem of failure.problems) lines.push(...describe(problem));
  if (failure.hint !== undefined) lines.push(`  hint: ${failure.hint}`);
  const text = lines.map(printable).map(withoutPasswords).join('\n');
  return { text: `${debug ? `${text}\n${stackOf(error)}` : text}\n`, exitCode: failure.exitCode };
}

/** A URL that was given where none belongs is shown, but not the password in it. */
const withoutPasswords = (line: string): string => line.replaceAll(/(:\/\/[^\s/:@]*):\S*@/g, '$1:***@');

function describe(problem: Problem): string[] {
  const where = [problem.place, problem.pointer].filter((part) => part !== undefined && part !== '').join(' ');
  const lines = [`  ${where === '' ? '' : `${where}: `}${problem.message} [${problem.code}]`];
  if (problem.hint !== undefined) lines.push(`    hint: ${problem.hint}`);
  return lines;
}

function toCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (isSystemError(error)) return translateSystemError(error);
  const message = error instanceof Error ? error.message : String(error);
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'ExpressionError') {
    // A derived field met values that its expression cannot work with: the template's fault, seen only while it runs.
    return badInput('the template', [{ code: code ?? 'expression_error', pointer: '/fields', message }]);
  }
  return new CommandError(1, 'internal_error', message, {
    hint: 'this is a fault of the program: run it again with DATAMAKER_DEBUG=1 and report what it prints',
    cause: error,
  });
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
