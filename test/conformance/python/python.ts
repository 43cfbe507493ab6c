import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a file of this folder. */
export const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));

/** A Python with the readers that requirements.txt pins, made when it is not there yet. */
export function python(): string {
  const requirements = here('requirements.txt');
  const name = `conformance-${createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)}`;
  const folder = `${cache}${name}`;
  if (!existsSync(`${folder}/bin/python`)) {
    // Made beside and moved, so that what is there is whole. Several may do so at once; one of them wins.
    const made = `${folder}.${process.pid}`;
    mkdirSync(cache, { recursive: true });
    execFileSync('python3', ['-m', 'venv', made]);
    execFileSync(`${made}/bin/python`, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]);
    try {
      renameSync(made, folder);
    } catch {
      rmSync(made, { recursive: true, force: true });
    }
  }
  return `${folder}/bin/python`;
}
