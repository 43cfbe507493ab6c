import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from '@datamaker/connectors';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applySeed } from '../apply/apply-seed.ts';
import { planSeed } from '../plan/plan-seed.ts';
import type { Receipt } from '../receipt/receipt.ts';
import { type SeedServer, SYSTEMS } from '../testing/systems.ts';
import { type UndoOptions, type UndoReport, undoSeed } from './undo-seed.ts';

const ROWS = 50;

describe.each(SYSTEMS)('an undo of %s while others write', (_, start) => {
  let server: SeedServer;
  let session: Session;
  let other: Session;
  let receipt: Receipt;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    const isTold = server.type === 'mysql' ? ' ENGINE = InnoDB' : '';
    await server.remake(`
      CREATE TABLE customer (id int PRIMARY KEY, full_name varchar(80) NOT NULL, boss_id int REFERENCES customer (id))${isTold};
      CREATE TABLE orders (
        id int PRIMARY KEY, customer_id int NOT NULL, note varchar(80),
        FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE)${isTold}`);
    session = await server.open();
    other = await server.open();
    const tables = { orders: { rows: 0 }, customer: { rows: ROWS } };
    const plan = await planSeed(session, await session.introspect(), { seed: 's', tables });
    receipt = await applySeed(session, plan);
  });
  afterEach(async () => {
    await session.close();
    await other.close();
  });

  const count = async (from: string): Promise<number> =>
    Number((await server.query<{ n: number }>(`SELECT count(*) AS n FROM ${from}`))[0]?.n);
  const waits = async (): Promise<boolean> =>
    server.type === 'postgres'
      ? (await count(`pg_stat_activity WHERE wait_event_type = 'Lock'`)) > 0
      : (await count(`information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'`)) > 0;
  /** An undo that begins while others have rows open, which they keep when it waits for them. */
  const beside = async (statements: readonly string[], options: UndoOptions): Promise<UndoReport> => {
    let undoing: Promise<UndoReport> | undefined;
    await other.transaction(async () => {
      for (const statement of statements) await other.execute?.(statement);
      undoing = undoSeed(session, receipt, options);
      let hasEnded = false;
      // What it says is looked at below.
      const end = (): void => {
        hasEnded = true;
      };
      undoing.then(end, end);
      // MariaDB looks anew only when nobody has asked for a tenth of a second.
      while (!(hasEnded || (await waits()))) await pause(server.type === 'mysql' ? 120 : 5);
      expect(hasEnded).toBe(false);
    });
    return (await undoing) as UndoReport;
  };

  describe.each(['transaction', 'chunks'] as const)('in %s', (mode) => {
    it('removes nothing where a row was changed meanwhile, and lists it', async () => {
      const report = await beside([`UPDATE customer SET full_name = 'EDITED' WHERE id = 1`], { mode });
      expect(report).toMatchObject({ isDone: false, reason: 'rows_edited', uses: [] });
      expect(report.edited).toEqual([{ table: `${server.schema}.customer`, key: { id: 1 }, columns: ['full_name'] }]);
      expect(await count(`customer WHERE full_name = 'EDITED'`)).toBe(1);
      if (mode === 'transaction') expect(await count('customer')).toBe(ROWS);
    });

    it('keeps a row that was changed meanwhile, where that is wished', async () => {
      const report = await beside([`UPDATE customer SET full_name = 'EDITED' WHERE id = 7`], { mode, edited: 'keep' });
      expect(report).toMatchObject({ isDone: true, edited: [{ key: { id: 7 } }] });
      const left = await server.query<{ id: number; boss_id: number | null }>('SELECT id, boss_id FROM customer');
      expect(left.map(({ id }) => Number(id))).toContain(7);
      // With those that it refers to.
      expect(left.length).toBe(report.tables.reduce((sum, { kept }) => sum + kept, 0));
      expect(report.tables).toMatchObject([{ written: ROWS, removed: ROWS - left.length }]);
    });

    it('removes no row that others refer to meanwhile', async () => {
      const report = await beside([`INSERT INTO orders VALUES (1, 7, 'of somebody else')`], { mode, edited: 'remove' });
      const uses = [{ table: `${server.schema}.orders`, to: `${server.schema}.customer`, rows: 1 }];
      expect(report).toMatchObject({ isDone: false, reason: 'rows_in_use', uses });
      expect(await count('orders')).toBe(1);
      expect(await count('customer WHERE id = 7')).toBe(1);
      if (mode === 'transaction') expect(await count('customer')).toBe(ROWS);
    });

    it('waits no longer than it may, and is done later', async () => {
      await other.transaction(async () => {
        await other.execute?.(`UPDATE customer SET full_name = full_name WHERE id = 1`);
        const undone = undoSeed(session, receipt, { mode, waitMs: 1000 });
        await expect(undone).rejects.toMatchObject({
          problem: 'busy',
          isTransient: true,
          hint: expect.stringContaining('transaction'),
        });
      });
      if (mode === 'transaction') expect(await count('customer')).toBe(ROWS);
      expect(await undoSeed(session, receipt, { mode })).toMatchObject({ isDone: true });
      expect(await count('customer')).toBe(0);
    });
  });
});
