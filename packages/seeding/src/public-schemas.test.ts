import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Session } from '@datamaker/connectors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../connectors/src/testing/start-postgres.ts';
import { applySeed } from './apply/apply-seed.ts';
import { planSeed } from './plan/plan-seed.ts';
import { openPostgres, remake } from './testing/open-postgres.ts';
import { undoSeed } from './undo/undo-seed.ts';
import { verifySeed } from './verify/verify-seed.ts';

const ROWS = process.env['FULL'] === '1' ? 10_000 : 200;
const FOLDER = fileURLToPath(new URL('testing/public', import.meta.url));
const FILES = globSync(`${FOLDER}/*.sql`)
  .map((file) => basename(file, '.sql'))
  .sort();

describe('public schemas', () => {
  let server: PostgresServer;
  let session: Session;
  beforeAll(async () => {
    server = await startPostgres();
    session = await openPostgres(server);
  });
  afterAll(async () => {
    await session?.close();
    await server?.stop();
  });

  const filled: string[] = [];
  const others: string[] = [];

  it.each(FILES)('%s is filled, read back and undone', async (name) => {
    await session.close();
    await remake(server, readFileSync(join(FOLDER, `${name}.sql`), 'utf8'));
    session = await openPostgres(server);
    const schema = await session.introspect();
    const plan = await planSeed(session, schema, { everyTable: ROWS, seed: name });
    const receipt = await applySeed(session, plan);
    const counts = new Map(receipt.plan.tables.map(({ id, rows }) => [id, rows]));
    for (const table of schema.tables) {
      const count = await session.count(table);
      expect(count).toBe(counts.get(`public.${table.name}`) ?? 0);
      const why = plan.problems.find(({ subject }) => subject === `public.${table.name}`)?.message ?? '';
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
      `${filled.length} of ${all} tables of ${FILES.length} schemas took ${ROWS} rows.\n${others.join('\n')}`,
    );
    expect(FILES.length).toBeGreaterThanOrEqual(20);
    expect(filled.length / all).toBeGreaterThanOrEqual(0.9);
  });
});
