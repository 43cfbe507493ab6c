import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { say } from '../output/say.ts';

/**
 * Asks a person on the terminal for a line.
 * @param isHidden what is typed does not appear
 * @returns it without blanks around; '' when there is none
 */
export async function prompt(question: string, isHidden: boolean): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({
    input: process.stdin,
    output: isHidden ? nowhere : process.stderr,
    // The terminal itself would show what is typed: read letter by letter, it does not.
    terminal: isHidden,
    historySize: 0,
  });
  // Asked only now: what somebody types at once does not appear either.
  say(question);
  // A terminal that is read in lines keeps Ctrl-C to itself.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return (await Promise.race([terminal.question(''), closed])).trim();
  } finally {
    terminal.close();
    if (isHidden) say('\n');
  }
}
