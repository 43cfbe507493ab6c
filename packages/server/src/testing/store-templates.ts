import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/datamaker-stores', import.meta.url));

/** All that decides what a store is before anybody has used it. */
const INGREDIENTS = ['store/**/*.ts', 'security/secret-file.ts', 'testing/*postgres.ts', '../package.json'];

/**
 * Copies what a first start leaves of a store, which is made once for the sources as they are: tests that are not about first
 * starts need not wait for them.
 * @param kind names it
 * @param made tells it apart from others of its kind, such as by the version of PostgreSQL
 * @param make makes it. @returns the folder with it, which then is nobody's, and may be moved or removed
 * @param target where it is to be; must not exist
 */
export async function copyStore(
  kind: string,
  made: string,
  make: () => Promise<string>,
  target: string,
): Promise<void> {
  const digest = digestOfSources();
  const name = createHash('sha256').update(`${digest} ${made} ${process.getuid?.()}`).digest('hex').slice(0, 12);
  const template = join(CACHE, `${kind}-${name}`);
  if (!existsSync(template)) {
    const folder = await make();
    const draft = `${template}.${process.pid}`;
    mkdirSync(CACHE, { recursive: true });
    for (const other of readdirSync(CACHE)) {
      if (other.startsWith(kind) && !other.includes(name)) rmSync(join(CACHE, other), { recursive: true, force: true });
    }
    copy(folder, draft);
    rmSync(folder, { recursive: true });
    try {
      renameSync(draft, template);
    } catch {
      // Another worker was first.
      rmSync(draft, { recursive: true });
    }
  }
  copy(template, target);
}

/** With owners and rights, which `cpSync` loses. */
const copy = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true });
  execFileSync('cp', ['-a', from, to]);
};

function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const pattern of INGREDIENTS) {
    for (const path of globSync(pattern, { cwd: SOURCES }).sort()) {
      if (!path.endsWith('.test.ts')) hash.update(`${path}\0`).update(readFileSync(join(SOURCES, path)));
    }
  }
  return hash.digest('hex');
}
