import { realpathSync } from 'node:fs';
import { badArgument } from '../errors/command-error.ts';

/** @throws CommandError when the file that is written to is the one that is read */
export function refuseToOverwrite(source: string, out: string): void {
  try {
    if (realpathSync(source) !== realpathSync(out)) return;
  } catch {
    return; // One of them is no file yet.
  }
  throw badArgument('--out', 'output_is_input', `${out} is the file that is read`, 'choose another file');
}
