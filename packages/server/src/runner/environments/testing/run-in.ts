import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { PlacedEnvironment } from '../environments.ts';

/** Runs code with the interpreter of an environment, where it lies. @returns what it prints, without the end of the line */
export function runIn(placed: PlacedEnvironment | undefined, code: string): string {
  const python = join(placed?.mounts[0]?.source ?? '', 'bin', 'python');
  return execFileSync(python, ['-I', '-c', code], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();
}
