import type { Session } from '@datamaker/connectors';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applySeed } from './apply/apply-seed.ts';
import { KeyMaker } from './keys/key-maker.ts';
import { planSeed } from './plan/plan-seed.ts';
import type { Receipt } from './receipt/receipt.ts';
import { randomSchema } from './testing/random-schema.ts';
import { type SeedServer, SYSTEMS } from './testing/systems.ts';
import { undoSeed } from './undo/undo-seed.ts';
import { verifySeed } from './verify/verify-seed.ts';

/** What is told of tables that are as they are meant to be. */
const EXPECTED: ReadonlySet<string> = new Set(['few_rows', 'not_compared']);

const RUNS = process.env['FULL'] === '1' ? 50 : 10;

describe.each(SYSTEMS)('in a random schema of %s', (_, start) => {
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

  it('a seed is written, read back, and undone to the last byte, with rows of others and edits between', async () => {
    const given = fc.record({
      schema: randomSchema(server.words),
      rows: fc.integer({ min: 1, max: 40 }),
      fanOut: fc.record({ min: fc.integer({ min: 0, max: 2 }), more: fc.integer({ min: 1, max: 3 }) }),
      chunkRows: fc.integer({ min: 1, max: 30 }),
      isEdited: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ schema, rows, fanOut, chunkRows, isEdited }) => {
        await session.close();
        await server.remake(schema.ddl);
        session = await server.open();
        const options = { rows, fanOut: { min: fanOut.min, max: fanOut.min + fanOut.more } };
        // Rows of others: those of another seed.
        await applySeed(
          session,
          await planSeed(session, await session.introspect(), { ...options, rows: 3, seed: 'a' }),
        );
        const before = await server.checksums();
        const plan = await planSeed(session, await session.introspect(), { ...options, seed: 'b' });
        expect(plan.problems.filter(({ code }) => !EXPECTED.has(code))).toEqual([]);
        const receipt = await applySeed(session, JSON.parse(JSON.stringify(plan)), { chunkRows });
        expect(await verifySeed(session, receipt)).toMatchObject({ ok: true, unchecked: [] });
        if (isEdited && (await edit(server, receipt))) {
          const edited = await server.checksums();
          expect(await undoSeed(session, receipt)).toMatchObject({ isDone: false, reason: 'rows_edited' });
          expect(await server.checksums()).toEqual(edited);
        }
        expect(await undoSeed(session, receipt, { edited: 'remove' })).toMatchObject({ isDone: true });
        expect(await server.checksums()).toEqual(before);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});

/** Changes a row that the run has written. @returns whether there is any */
async function edit(server: SeedServer, { plan }: Receipt): Promise<boolean> {
  const keys = await KeyMaker.of(plan.tables, plan.seed);
  const written = plan.tables.find(({ rows }) => rows > 0);
  if (written === undefined) return false;
  const id = keys.column(written.id, 'id')?.(written.rows - 1);
  const { name } = written.table;
  await server.query(`UPDATE ${name} SET remark = concat(coalesce(remark, ''), '!') WHERE id = '${String(id)}'`);
  return true;
}
