import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { golden } from './golden.ts';

const file = new URL('../../../../contracts/golden/values.json', import.meta.url);

it('gives the same output for a seed as every release before', async () => {
  const made = JSON.parse(JSON.stringify(await golden()));
  if (process.env['DATAMAKER_UPDATE_PINS'] === '1') writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`);
  expect(made).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
