import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FormatOptions } from '../format/format-options.ts';
import type { Plan } from '../plan/plan.ts';
import { generateBytes } from '../rows/generate-bytes.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import { planOf } from '../types/testing/compiled.ts';
import { runInLanes } from './run-in-lanes.ts';
import { spawnWorker } from './spawn-worker.ts';

const csv: FormatOptions = { format: 'csv' };
const TEXT = { name: 'text', type: 'paragraph', options: { sentences: { min: 1, max: 60 } } };
/** Those of the rows below: a shard is a few hundred of them. */
const ROWS = 6000;

/** How a sink takes a chunk: at once, or some turns later; 0 turns are a promise all the same. */
const pauses = fc.array(fc.constantFrom(undefined, undefined, 0, 1, 4), { minLength: 1, maxLength: 12 });

let compiled: Plan;
let computed: Plan;

beforeAll(async () => {
  compiled = await planOf([{ name: 'id', type: 'sequence' }, TEXT]);
  // A column that is computed in JavaScript makes the kernel's memory grow.
  computed = await planOf([
    { name: 'id', type: 'sequence' },
    TEXT,
    { name: 'hash', type: 'derived', options: { expression: 'upper(text)' } },
  ]);
  expect(prepareBytes(computed, csv).columns).toBeDefined();
});

/** A worker that need not start any more, so that it is there in time for few rows. */
async function readyWorker(): Promise<Worker> {
  const worker = spawnWorker();
  worker.postMessage({ kind: 'shard', jobId: 0, job: undefined });
  await once(worker, 'message');
  return worker;
}

/** The digest of one chunk after the other. */
function digestOf(chunks: Iterable<Uint8Array>): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

describe('a run in lanes', () => {
  it.each(['compiled', 'computed'])(
    'gives the bytes of one thread, whatever its range, threads and sink (%s)',
    async (which) => {
      const plan = which === 'compiled' ? compiled : computed;
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: ROWS }),
          fc.integer({ min: 1, max: ROWS }),
          fc.integer({ min: 2, max: 4 }),
          fc.constantFrom<FormatOptions>(csv, { format: 'json' }, { format: 'sql', table: 't' }),
          pauses,
          async (from, count, threads, format, turns) => {
            const hash = createHash('sha256');
            let chunks = 0;
            let inside = 0;
            const take = (chunk: Uint8Array): void | Promise<void> => {
              expect(inside).toBe(0);
              const wait = turns[chunks++ % turns.length];
              if (wait === undefined) return void hash.update(Buffer.from(chunk));
              inside++;
              return (async () => {
                for (let turn = 0; turn < wait; turn++) await nextTurn();
                hash.update(Buffer.from(chunk));
                inside--;
              })();
            };
            const to = from + count;
            const seen: number[] = [];
            const options = { format, from, to, onProgress: ({ rows }: { rows: number }) => seen.push(rows) };
            const ready = await Promise.all(Array.from({ length: threads - 1 }, readyWorker));
            const result = await runInLanes(plan, options, take, threads, () => ready.pop() as Worker);
            expect(hash.digest('hex')).toBe(digestOf(generateBytes(plan, format, from, to)));
            expect(result.rows).toBe(count);
            expect(seen.at(-1)).toBe(count);
            expect(seen).toEqual(seen.toSorted((a, b) => a - b));
          },
        ),
        { numRuns: process.env['FULL'] === '1' ? 60 : 8 },
      );
    },
  );

  it.each(['compiled', 'computed'])('has shards of both threads in its output, in order (%s)', async (which) => {
    const plan = which === 'compiled' ? compiled : computed;
    // More than the calling thread could make ahead by itself.
    const to = 20_000;
    const worker = spawnWorker();
    const announced = once(worker, 'message');
    const hash = createHash('sha256');
    let hasBegun = false;
    const take = async (chunk: Uint8Array): Promise<void> => {
      // The other is given work after the first rows; it says where its memory is with its first chunk.
      if (hasBegun) await announced;
      hash.update(Buffer.from(chunk));
    };
    const begin = (): void => {
      hasBegun = true;
    };
    await runInLanes(plan, { format: csv, to, onProgress: begin }, take, 2, () => worker);
    expect(hash.digest('hex')).toBe(digestOf(generateBytes(plan, csv, 0, to)));
  });

  it('begins before any of the others is there', async () => {
    let asked = 0;
    const gone = new Worker('setInterval(() => undefined, 1e6)', { eval: true });
    gone.postMessage = () => void asked++;
    const first = new Error('the first');
    const running = runInLanes(
      compiled,
      { format: csv, to: ROWS },
      () => {
        expect(asked).toBe(0);
        throw first;
      },
      2,
      () => gone,
    );
    await expect(running).rejects.toBe(first);
  });

  it('makes all by itself while another has not begun', async () => {
    const idle = (): Worker => new Worker('setInterval(() => undefined, 1e6)', { eval: true });
    const hash = createHash('sha256');
    await runInLanes(compiled, { format: csv, to: ROWS }, (chunk) => void hash.update(Buffer.from(chunk)), 3, idle);
    expect(hash.digest('hex')).toBe(digestOf(generateBytes(compiled, csv, 0, ROWS)));
  });

  it.each([0, 3])('fails when a worker ends in the middle of a shard, with %i', async (code) => {
    const dying = (): Worker =>
      new Worker(
        `const { parentPort } = require('node:worker_threads');
         parentPort.once('message', ({ claims, lane }) => {
           const shard = Atomics.add(new BigInt64Array(claims, 0, 1), 0, 1n);
           Atomics.store(new Int32Array(claims, 8), Number(shard), lane + 1);
           process.exit(${code});
         });`,
        { eval: true },
      );
    const running = runInLanes(compiled, { format: csv, to: 1e6 }, () => undefined, 2, dying);
    await expect(running).rejects.toThrow(`a worker thread ended with ${code}`);
  });

  it("fails with a worker's error, though there is enough else to do", async () => {
    const failing = (): Worker => new Worker('throw new RangeError("no memory")', { eval: true });
    const running = runInLanes(compiled, { format: csv, to: 1e9 }, () => undefined, 2, failing);
    await expect(running).rejects.toThrow('no memory');
  });

  it('ends when aborted while the sink never takes what it was given', async () => {
    const gone = new AbortController();
    let chunks = 0;
    const stuck = (): Promise<void> | undefined => {
      if (chunks++ < 20) return undefined;
      setImmediate(() => gone.abort(new Error('stop')));
      return new Promise(() => undefined);
    };
    const running = runInLanes(compiled, { format: csv, to: 1e9, signal: gone.signal }, stuck, 3);
    await expect(running).rejects.toThrow('stop');
    expect(chunks).toBe(21);
  });

  it.each([0, 1, 30])('fails with what the sink says to chunk %i, at once or later', async (which) => {
    for (const later of [false, true]) {
      let chunks = 0;
      const full = (): void | Promise<void> => {
        if (chunks++ < which) return;
        if (!later) throw new Error('disk full');
        return nextTurn().then(() => Promise.reject(new Error('disk full')));
      };
      await expect(runInLanes(compiled, { format: csv, to: 1e9 }, full, 2, spawnWorker)).rejects.toThrow('disk full');
      expect(chunks).toBe(which + 1);
    }
  });
});
