import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectionError } from '../../connection-error.ts';
import type { ConnectionInput } from '../../connector.ts';
import type { Row } from '../../value.ts';
import { type FaultProxy, startFaultProxy } from '../fault-proxy.ts';
import { allOf, errorOf, type Workbench } from './workbench.ts';

const TABLE = {
  columns: [
    { name: 'id', kind: 'integer' },
    { name: 'v', kind: 'text', maxLength: 300 },
  ],
  primaryKey: ['id'],
} as const;

const PADDING = 'x'.repeat(200);
const numbered = (from: number, to: number): Row[] =>
  Array.from({ length: to - from }, (_, i) => ({ id: from + i + 1, v: PADDING }));

const numbersTo = (most: number): number[] => Array.from({ length: most + 1 }, (_, i) => i);

async function* endless(size = 100): AsyncGenerator<Row[]> {
  for (let from = 0; ; from += size) yield numbered(from, from + size);
}

/** Breaks, silence, stops, and rows without end. */
export function faults(bench: Workbench): void {
  const { capabilities } = bench.subject.connector;
  const { limits = {} } = bench.subject;
  const { commit, manyRows = 100_000, breaks = 20, keepsEachRow = false, patience = 'idleTimeoutSeconds' } = limits;
  const impatient = (input: ConnectionInput): ConnectionInput => ({
    ...input,
    options: { ...input.options, [patience]: 1 },
  });
  const proxies: FaultProxy[] = [];
  const proxied = async () => {
    const proxy = await startFaultProxy(bench.server);
    proxies.push(proxy);
    return { proxy, input: bench.server.input({ host: '127.0.0.1', port: proxy.port }) };
  };
  afterEach(async () => {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
  });

  describe('faults', () => {
    it('leave whole batches and their number, when the system breaks the connection', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      let batches = 0;
      const broken = session.insert(table, endless(), {
        batchSize: 100,
        onBatch: () => {
          // And again, should it have gone on over connections that were made just then.
          if (++batches >= 3) void bench.server.breakSessions();
        },
      });
      const error = await errorOf(broken);
      expect(['broken', 'unknown_outcome']).toContain(error.problem);
      await expectKept(error, table);
      const after = await session.count(table).catch((failure: ConnectionError) => failure.problem);
      expect(after).toBe(bench.can('one_connection') ? 'broken' : await bench.server.count(table));
    });

    it('leave whole batches and their number, when the network breaks anywhere', async () => {
      for (let round = 0; round < breaks; round++) {
        const table = await bench.table(TABLE);
        const { proxy, input } = await proxied();
        const session = await bench.open({ input });
        await session.describe(table);
        // After some chunk or other of what is sent.
        let left = 1 + round * 3;
        proxy.onClient = () => (left-- > 0 ? 'pass' : round % 2 === 0 ? 'cut' : 'pass_then_cut');
        const error = await errorOf(
          session.insert(table, endless(), { batchSize: 100, ...(round % 3 === 0 ? { returning: ['id'] } : {}) }),
        );
        expect(['broken', 'unknown_outcome']).toContain(error.problem);
        await expectKept(error, table);
        await proxy.stop();
      }
    });

    it.runIf(bench.can('one_doubt'))(
      'leave a doubt only when the connection breaks as rows are being kept',
      async () => {
        for (const deed of ['pass_then_cut', 'cut'] as const) {
          const table = await bench.table(TABLE);
          const { proxy, input } = await proxied();
          const session = await bench.open({ input });
          let commits = 0;
          proxy.onClient = (chunk) => (chunk.includes(commit as Buffer) && ++commits === 3 ? deed : 'pass');
          const error = await errorOf(session.insert(table, endless(), { batchSize: 100 }));
          expect(error).toMatchObject({ problem: 'unknown_outcome', written: 200, isTransient: false });
          expect(await bench.server.count(table)).toBe(deed === 'cut' ? 200 : 300);
        }
      },
    );

    it.runIf(bench.can('one_doubt') && capabilities.transactions)(
      'leave a doubt at the end of a transaction',
      async () => {
        const table = await bench.table(TABLE);
        const { proxy, input } = await proxied();
        const session = await bench.open({ input });
        proxy.onClient = (chunk) => (chunk.includes(commit as Buffer) ? 'pass_then_cut' : 'pass');
        const error = await errorOf(
          session.transaction(() => session.insert(table, [numbered(0, 250)], { batchSize: 100 })),
        );
        expect(error).toMatchObject({ problem: 'unknown_outcome' });
        expect(await bench.server.count(table)).toBe(250);
      },
    );

    it('end a query when the signal says so, and the session goes on or is closed', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      await session.insert(table, [numbered(0, 3000)]);
      const stop = new AbortController();
      let rows = 0;
      const reading = (async () => {
        for await (const some of session.read({ table, signal: stop.signal })) {
          rows += some.length;
          stop.abort(new Error('enough'));
        }
      })();
      expect((await errorOf(reading)).message).toBe('enough');
      expect(rows).toBeLessThan(3000);
      expect((await errorOf(allOf(session, { table, signal: stop.signal }))).message).toBe('enough');
      const again = await session.count(table).catch((error: ConnectionError) => error.problem);
      expect([3000, 'broken']).toContain(again);
    });

    it('end an insert when the signal says so, with whole batches', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      const stop = new AbortController();
      let written = 0;
      const inserting = session.insert(table, endless(), {
        batchSize: 100,
        signal: stop.signal,
        onBatch: (one) => {
          written += one.written;
          if (written === 500) stop.abort(new Error('enough'));
        },
      });
      expect((await errorOf(inserting)).message).toBe('enough');
      expect(written).toBe(500);
      expect(await bench.server.count(table)).toBe(500);
    });

    it('are found when nothing comes any more, in the time that is allowed', async () => {
      const table = await bench.table(TABLE);
      const { proxy, input } = await proxied();
      const session = await bench.open({ input: impatient(input) });
      const stuck = session.insert(table, endless(), { batchSize: 100, onBatch: () => proxy.freeze() });
      expect(await errorOf(stuck)).toMatchObject({
        problem: keepsEachRow || capabilities.rowOutcomes ? 'unknown_outcome' : 'timeout',
        written: 100,
      });
      expect(await bench.server.count(table)).toBe(100);
    });

    it('are not seen in a source of rows that takes its time', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open({ input: impatient(bench.server.input()) });
      const slow = async function* () {
        yield numbered(0, 10);
        await pause(1500);
        yield numbered(10, 20);
      };
      await session.insert(table, slow(), { batchSize: 10 });
      expect(await bench.server.count(table)).toBe(20);
    });

    it('of the source of rows are told as they are', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      const rows = async function* () {
        yield numbered(0, 10);
        throw new TypeError('the source ran dry');
      };
      expect(await errorOf(session.insert(table, rows(), { batchSize: 10 }))).toBeInstanceOf(TypeError);
      expect(await session.count(table)).toBeLessThanOrEqual(10);
    });

    it('do not come from many rows: they are read in a memory that stays the same', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      const rowsOf = function* () {
        for (let from = 0; from < manyRows; from += 5000) yield numbered(from, Math.min(from + 5000, manyRows));
      };
      if (bench.server.fill === undefined) await session.insert(table, rowsOf(), { batchSize: 5000 });
      else for (const some of rowsOf()) bench.server.fill(table, some);
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const used = (): number => {
        collect();
        const { heapUsed, external } = process.memoryUsage();
        return heapUsed + external;
      };
      let [rows, next, first, most] = [0, 0, 0, 0];
      for await (const some of session.read({ table })) {
        rows += some.length;
        if (rows < next) continue;
        next += manyRows / 10;
        const now = used();
        first ||= now;
        most = Math.max(most, now);
      }
      expect(rows).toBe(manyRows);
      // All of them would be 250 bytes each, and more.
      expect(most - first).toBeLessThan(manyRows * 100);
    });

    /** What an error says of the rows is so; where it is not known, one batch more may be there. */
    async function expectKept(error: ConnectionError, table: { schema: string; name: string }): Promise<void> {
      const kept = await bench.server.count(table);
      const more = kept - (error.written ?? Number.NaN);
      const isWhole = bench.can('whole_batches') || more === 100;
      if (error.problem === 'unknown_outcome') expect(isWhole ? [0, 100] : numbersTo(100)).toContain(more);
      else expect(more).toBe(0);
    }
  });
}
