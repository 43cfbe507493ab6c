import { readdirSync, readFileSync } from 'node:fs';
import { WAIT } from './bwrap-arguments.ts';

/**
 * Kills sandboxes that no server waits for any more, and says how many. The death of the server kills its sandboxes; what
 * is left for this is one that was just being made, in the moment before the kernel was told so.
 */
export function sweepOrphans(): number {
  let killed = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || !isOrphan(pid)) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
      killed += 1;
    } catch {}
  }
  return killed;
}

/** The first process of a sandbox has the watching bubblewrap for its parent, or is an orphan. */
function isOrphan(pid: string): boolean {
  const status = textOf(`/proc/${pid}/status`);
  if (!status.startsWith('Name:\tbwrap\n') || !/^NSpid:\s+\d+\s+\d/m.test(status)) return false;
  if (!textOf(`/proc/${pid}/cmdline`).includes(WAIT)) return false;
  const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
  return !textOf(`/proc/${parent}/status`).startsWith('Name:\tbwrap\n');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
