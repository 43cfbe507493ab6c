import type { Session } from '@datamaker/connectors';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../connectors/src/testing/start-postgres.ts';
import { applySeed } from './apply/apply-seed.ts';
import { planSeed } from './plan/plan-seed.ts';
import { checksums, openPostgres, remake } from './testing/open-postgres.ts';
import { type RandomSchema, randomSchema } from './testing/random-schema.ts';
import { undoSeed } from './undo/undo-seed.ts';
import { verifySeed } from './verify/verify-seed.ts';

const RUNS = process.env['FULL'] === '1' ? 50 : 10;

describe('in a random schema', () => {
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

  it('a seed is written, read back, and undone to the last byte, with rows of others and edits between', async () => {
    const given = fc.record({
      schema: randomSchema,
      rows: fc.integer({ min: 1, max: 40 }),
      fanOut: fc.record({ min: fc.integer({ min: 0, max: 2 }), more: fc.integer({ min: 1, max: 3 }) }),
      chunkRows: fc.integer({ min: 1, max: 30 }),
      isEdited: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ schema, rows, fanOut, chunkRows, isEdited }) => {
        await session.close();
        await remake(server, schema.ddl);
        session = await openPostgres(server);
        const options = { rows, fanOut: { min: fanOut.min, max: fanOut.min + fanOut.more } };
        // Rows of others: those of another seed.
        await applySeed(
          session,
          await planSeed(session, await session.introspect(), { ...options, rows: 3, seed: 'a' }),
        );
        const before = await checksums(server);
        const plan = await planSeed(session, await session.introspect(), { ...options, seed: 'b' });
        expect(plan.problems.filter(({ code }) => code !== 'few_rows')).toEqual([]);
        const receipt = await applySeed(session, JSON.parse(JSON.stringify(plan)), { chunkRows });
        expect(await verifySeed(session, receipt)).toMatchObject({ ok: true, unchecked: [] });
        if (isEdited && (await edit(server, schema, before))) {
          const edited = await checksums(server);
          expect(await undoSeed(session, receipt)).toMatchObject({ isDone: false, reason: 'rows_edited' });
          expect(await checksums(server)).toEqual(edited);
        }
        expect(await undoSeed(session, receipt, { edited: 'remove' })).toMatchObject({ isDone: true });
        expect(await checksums(server)).toEqual(before);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});

/** Changes a row that the run has written. @returns whether there is any */
async function edit(
  server: PostgresServer,
  { tables }: RandomSchema,
  before: Record<string, string>,
): Promise<boolean> {
  for (const table of tables) {
    const old = Number(before[table]?.split(' ')[0]);
    const [row] = await server.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
    if ((row?.n ?? 0) <= old) continue;
    // The rows of the run are those that came last.
    const at = `(SELECT ctid FROM ${table} ORDER BY ctid DESC LIMIT 1)`;
    await server.query(`UPDATE ${table} SET remark = coalesce(remark, '') || '!' WHERE ctid = ${at}`);
    return true;
  }
  return false;
}
