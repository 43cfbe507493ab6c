import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import TYPES from '../../packages/engine/src/import/data/faker-types.json' with { type: 'json' };
import { pythonWith } from '../python/virtual-environment.ts';

// Those of @faker-js/faker are looked for beside the import (packages/engine/src/import/faker.test.ts).
it('knows methods that Faker for Python has, and no others', async () => {
  const python = await pythonWith(new URL('./faker-requirements.txt', import.meta.url));
  const program = `
import json, sys
from faker import Faker
faker = Faker()
print(json.dumps([name for name in json.load(sys.stdin) if not callable(getattr(faker, name, None))]))`;
  const input = JSON.stringify([...Object.keys(TYPES.fake), 'no_such_method']);
  const missing = JSON.parse(execFileSync(python, ['-c', program], { input, encoding: 'utf8' }));
  expect(missing).toEqual(['no_such_method']);
}, 120_000);
