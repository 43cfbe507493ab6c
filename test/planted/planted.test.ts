import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { authorisation, behaviour, type Plant } from './plants.ts';

const full = process.env['FULL'] === '1';
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Also in the processes that the tests start. */
const everywhere = `--import=${new URL('plant-processes.ts', import.meta.url).href}`;

/** What the tests say of a server with a fault in it. */
async function test(plant: Plant): Promise<{ code: number | null; output: string }> {
  // On a machine that is busy a test that is merely late would look like one that has noticed.
  const patience = ['--testTimeout=600000', '--hookTimeout=600000'];
  const config = ['--config', 'test/planted/vitest.config.ts', '--bail', '1', ...patience];
  const only = plant.only === undefined ? [] : ['--testNamePattern', plant.only];
  const { FULL: _, ...env } = process.env;
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...config, '--root', root, ...only, ...plant.tests],
    {
      cwd: root,
      env: { ...env, NO_COLOR: '1', NODE_OPTIONS: everywhere, DATAMAKER_PLANT: JSON.stringify(plant) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

const checks = authorisation();
const faults = behaviour();
const all = [...checks, ...faults];

it('there are checks to take out and lines to get wrong, and the sources have each of them', () => {
  expect(checks.length).toBeGreaterThan(100);
  expect(faults.length).toBeGreaterThanOrEqual(30);
  expect(all.filter(({ take, put }) => take === put)).toEqual([]);
  expect(all.flatMap(({ tests }) => tests).filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
});

// A run of the tests for each: for releases.
const tried = full ? all : [];
it.for(tried.map((plant) => [plant.title, plant] as const))('it is noticed: %s', async ([, plant]) => {
  const { code, output } = await test(plant);
  // A test of them failed: they did not merely fail to start.
  expect({ code, output }).toMatchObject({
    code: 1,
    output: expect.stringMatching(/Tests +1 failed|Tests +\d+ failed/),
  });
});
