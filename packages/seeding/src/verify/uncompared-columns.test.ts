import type { Session } from '@datamaker/connectors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { applySeed } from '../apply/apply-seed.ts';
import { planSeed } from '../plan/plan-seed.ts';
import { openPostgres, remake } from '../testing/open-postgres.ts';
import { undoSeed } from '../undo/undo-seed.ts';
import { verifySeed } from './verify-seed.ts';

describe('columns that cannot be compared', () => {
  let server: PostgresServer;
  let session: Session;
  beforeAll(async () => {
    server = await startPostgres();
    await remake(
      server,
      `CREATE TABLE doc (
         id int PRIMARY KEY, body xml NOT NULL, age interval year to month NOT NULL, span interval NOT NULL, tags text[] NOT NULL)`,
    );
    session = await openPostgres(server);
  });
  afterAll(async () => {
    await session?.close();
    await server?.stop();
  });

  it('are named by the plan, by who reads back and by the undo, and no others are', async () => {
    const plan = await planSeed(session, await session.introspect(), { seed: 's', rows: 10 });
    const names = ['public.doc.body', 'public.doc.age'];
    const told = plan.problems.filter(({ code }) => code === 'not_compared');
    expect(told.map(({ subject, blocks }) => [subject, blocks])).toEqual(names.map((name) => [name, false]));
    const receipt = await applySeed(session, plan);
    expect(await verifySeed(session, receipt)).toMatchObject({ ok: true, uncompared: names });
    await server.query(`UPDATE doc SET tags = '{by,hand}' WHERE id = 1; UPDATE doc SET span = 'P2D' WHERE id = 2`);
    expect(await verifySeed(session, receipt)).toMatchObject({ ok: false, tables: [{ edited: 2 }] });
    expect(await undoSeed(session, receipt)).toMatchObject({
      reason: 'rows_edited',
      edited: [{ columns: ['tags'] }, { columns: ['span'] }],
      uncompared: names,
    });
  });
});
