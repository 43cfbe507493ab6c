import { createInterface } from 'node:readline/promises';
import { isatty } from 'node:tty';
import { badArgument } from '../errors/command-error.ts';

/**
 * Looks whether there is somebody to ask.
 * @param instead the flags that say it without a terminal
 * @throws CommandError
 */
export function needTerminal(instead: string): void {
  if (isatty(0) && isatty(2)) return;
  throw badArgument('--yes', 'not_confirmed', 'there is no terminal on which to ask', `say ${instead}`);
}

/** Asks a person on the terminal; no answer is no. */
export async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // A terminal that is read in lines keeps Ctrl-C to itself.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([terminal.question(`${question} [y/N] `, { signal }), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
