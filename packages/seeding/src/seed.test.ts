import type { Session } from '@datamaker/connectors';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../connectors/src/testing/start-postgres.ts';
import { applySeed } from './apply/apply-seed.ts';
import { planSeed } from './plan/plan-seed.ts';
import { checksums, openPostgres, remake } from './testing/open-postgres.ts';
import { SHOP } from './testing/shop.ts';
import { undoSeed } from './undo/undo-seed.ts';
import { verifySeed } from './verify/verify-seed.ts';

describe('a seed', () => {
  let server: PostgresServer;
  let session: Session;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    session = await openPostgres(server);
  });
  afterEach(() => session.close());

  it('fills a shop', async () => {
    await remake(server, SHOP);
    const plan = await planSeed(session, await session.introspect(), { rows: 50, seed: 'a' });
    expect(plan.problems).toEqual([]);
    await server.query("INSERT INTO customer (email, full_name) VALUES ('a@b.c', 'Ann'), ('b@b.c', 'Bob')");
    const before = await checksums(server);
    const again = await planSeed(session, await session.introspect(), { rows: 50, seed: 'a' });
    const receipt = await applySeed(session, again);
    expect(await verifySeed(session, receipt)).toMatchObject({ ok: true, unchecked: [] });
    const report = await undoSeed(session, receipt);
    expect(report.isDone).toBe(true);
    expect(report.tables.every(({ written, removed }) => written === removed)).toBe(true);
    expect(await checksums(server)).toEqual(before);
  });
});
