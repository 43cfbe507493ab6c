import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';
import type { Store } from './open-store.ts';
import { holdRows, noteDelivered, reserveRows, settleLost, settleRows } from './row-reservations.ts';

/** Empties so slowly that nothing is seen of it. */
const LIMIT = { size: 1_000_000, periodMs: 1e15 };

/** What becomes of rows that were reserved: some leave, then whoever reserved them says how many, or is not heard of any more. */
const fate = fc.record({
  rows: fc.integer({ min: 1, max: 1000 }),
  /** As they are told on the way, in the order in which that arrives. */
  told: fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 3 }),
  end: fc.constantFrom('settled', 'settled twice', 'lost', 'settled when it was lost', 'under way'),
  isRun: fc.boolean(),
});

describe('rows that are reserved', () => {
  let server: TestServer;
  let store: Store;
  beforeAll(async () => {
    server = await startOn('external');
    store = await server.openDatabase();
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });
  const levelOf = async (bucket: string): Promise<number> =>
    (await store.selectFrom('row_bucket').where('name', '=', bucket).select('level').executeTakeFirst())?.level ?? 0;

  it('cost in the end what has left of them, whatever became of who reserved them', async () => {
    let bucket = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 4 }), async (fates) => {
        const name = `property ${++bucket}`;
        let paid = 0;
        for (const [index, { rows, told, end, isRun }] of fates.entries()) {
          const id = `${name} ${index}`;
          const delivered = told.map((count) => Math.min(count, rows));
          const left = Math.max(0, ...delivered);
          const taken = await (isRun ? holdRows : reserveRows)(store, id, name, LIMIT, rows);
          expect(taken.allowed).toBe(true);
          for (const count of delivered) await noteDelivered(store, id, count);
          if (end === 'under way') {
            await settleLost(store);
            paid += rows;
            continue;
          }
          if (end.includes('lost')) {
            await sql`UPDATE row_reservation SET lease_until = now() - interval '1 second' WHERE id = ${id}`.execute(
              store,
            );
            await settleLost(store);
          }
          if (end.includes('settled')) await settleRows(store, id, left);
          if (end === 'settled twice') await settleRows(store, id, 0);
          paid += left;
        }
        expect(await levelOf(name)).toBeCloseTo(paid, 3);
        await sql`DELETE FROM row_reservation`.execute(store);
      }),
      { numRuns: tries(25, 500) },
    );
  });
});
