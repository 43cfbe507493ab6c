import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Session } from '@datamaker/connectors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applySeed } from './apply/apply-seed.ts';
import { planSeed } from './plan/plan-seed.ts';
import { type SeedServer, startMariaDbToSeed, startPostgresToSeed } from './testing/systems.ts';
import { undoSeed } from './undo/undo-seed.ts';
import { verifySeed } from './verify/verify-seed.ts';

const ROWS = process.env['FULL'] === '1' ? 10_000 : 200;

describe.each([
  ['PostgreSQL', startPostgresToSeed, 'public', 20],
  ['MariaDB', startMariaDbToSeed, 'public-mysql', 7],
] as const)('public schemas in %s', (_, start, place, schemas) => {
  const folder = fileURLToPath(new URL(`testing/${place}`, import.meta.url));
  const files = globSync(`${folder}/*.sql`)
    .map((file) => basename(file, '.sql'))
    .sort();
  let server: SeedServer;
  let session: Session;
  beforeAll(async () => {
    server = await start();
    session = await server.open();
  });
  afterAll(async () => {
    await session?.close();
    await server?.stop();
  });

  const filled: string[] = [];
  const others: string[] = [];

  it.each(files)('%s is filled, read back and undone', async (name) => {
    await session.close();
    await server.remake(readFileSync(join(folder, `${name}.sql`), 'utf8'));
    session = await server.open();
    const schema = await session.introspect();
    const plan = await planSeed(session, schema, { everyTable: ROWS, seed: name });
    const receipt = await applySeed(session, plan, { mode: plan.needsDeferred ? 'transaction' : 'chunks' });
    const counts = new Map(receipt.plan.tables.map(({ id, rows }) => [id, rows]));
    for (const table of schema.tables) {
      const count = await session.count(table);
      expect(count).toBe(counts.get(`${server.schema}.${table.name}`) ?? 0);
      const why = plan.problems.find(({ subject }) => subject === `${server.schema}.${table.name}`)?.message ?? '';
      if (count === ROWS) filled.push(`${name}.${table.name}`);
      else others.push(`${name}.${table.name} has ${count}: ${why}`);
    }
    const check = await verifySeed(session, receipt);
    expect(check.tables.filter((one) => one.edited > 0 || one.found !== one.expected)).toEqual([]);
    if (check.unchecked.length > 0) return;
    expect(await undoSeed(session, receipt, { mode: 'chunks' })).toMatchObject({ isDone: true });
    for (const table of schema.tables) expect(await session.count(table)).toBe(0);
  });

  it(`take ${ROWS} rows in at least nine of ten tables, with no edit`, () => {
    const all = filled.length + others.length;
    console.log(
      `${filled.length} of ${all} tables of ${files.length} schemas took ${ROWS} rows.\n${others.join('\n')}`,
    );
    expect(files.length).toBeGreaterThanOrEqual(schemas);
    expect(filled.length / all).toBeGreaterThanOrEqual(0.9);
  });
});
