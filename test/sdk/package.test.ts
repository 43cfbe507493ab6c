import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const FOLDER = fileURLToPath(new URL('../../packages/sdk/', import.meta.url));

interface Packed {
  /** Bytes of the archive. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

it('the TypeScript package depends on nothing, and is small', () => {
  const told = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: FOLDER, encoding: 'utf8' });
  const [packed] = JSON.parse(told) as [Packed];
  expect(packed.size).toBeLessThan(200_000);
  expect(packed.files.map(({ path }) => path)).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts']));
  const manifest = JSON.parse(readFileSync(`${FOLDER}package.json`, 'utf8')) as { dependencies?: object };
  expect(manifest.dependencies).toBeUndefined();
});
