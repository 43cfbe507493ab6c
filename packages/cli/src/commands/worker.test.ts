import { expect, it } from 'vitest';
import { shell } from '../testing/run-datamaker.ts';

it.each([
  ['datamaker worker', 'DATABASE_URL: a worker takes runs from the PostgreSQL of its servers'],
  ['DATABASE_URL=postgres://x datamaker worker --lanes all', '--lanes: there is no lane "all"'],
  ['DATABASE_URL=postgres://x datamaker worker --scenarios 1.5', '--scenarios: it is a whole number from 0 to 256'],
  ['DATABASE_URL=postgres://x datamaker worker --health-port 70000', '--health-port: a port is'],
])('%s is refused', async (script, message) => {
  const { code, stderr } = await shell(`unset DATABASE_URL; cd "$(mktemp -d)"; ${script}`);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});
