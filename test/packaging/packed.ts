import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));

export interface Packed {
  /** Paths of the npm packages. */
  readonly archives: readonly string[];
  /** Path of the Python package. */
  readonly wheel: string;
  /** An empty folder of the test's own. */
  readonly folder: string;
  remove(): void;
}

/** What `npm run pack` makes. */
export function pack(): Packed {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-packed-'));
  const out = join(folder, 'out');
  execFileSync('npm', ['run', '--silent', 'pack', '--', '--out', out], { cwd: CHECKOUT, stdio: 'pipe' });
  const made = readdirSync(out).map((name) => join(out, name));
  const [wheel = ''] = made.filter((name) => name.endsWith('.whl'));
  return {
    archives: made.filter((name) => name.endsWith('.tgz')),
    wheel,
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
