import { writeSync } from 'node:fs';

/** Writes to stderr. That nobody listens there must not stop the work. */
export function say(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // stderr is closed, or a full pipe nobody reads.
  }
}
