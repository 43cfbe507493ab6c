import { createHash } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FormatOptions } from '../format/format-options.ts';
import { exampleFormats } from '../format/testing/example-formats.ts';
import type { Plan } from '../plan/plan.ts';
import { generateBytes } from '../rows/generate-bytes.ts';
import { generateFile } from '../rows/generate-file.ts';
import { planOf } from '../types/testing/compiled.ts';
import { pump, run, stream } from './index.ts';

const formats = exampleFormats(['id', 'text', 'label']);
const csv: FormatOptions = { format: 'csv' };

/** Rows wide enough for a few thousand of them to be several shards. */
const widePlan = (): Promise<Plan> =>
  planOf([
    { name: 'id', type: 'sequence' },
    { name: 'text', type: 'paragraph', options: { sentences: { min: 1, max: 60 } } },
    { name: 'label', type: 'derived', options: { expression: 'row {{id}}' } },
  ]);

async function digest(feed: (take: (chunk: Uint8Array) => void) => unknown): Promise<string> {
  const hash = createHash('sha256');
  await feed((chunk) => void hash.update(Buffer.from(chunk)));
  return hash.digest('hex');
}

/** Waits until the process has used next to no processor time for a while. */
async function untilQuiet(): Promise<void> {
  for (let quiet = 0; quiet < 5; ) {
    const before = process.cpuUsage();
    await pause(20);
    const { user } = process.cpuUsage(before);
    quiet = user < 5000 ? quiet + 1 : 0;
  }
}

describe('a run', () => {
  it.each(formats)('gives the same bytes for any number of threads, streamed or not ($format)', async (format) => {
    const plan = await widePlan();
    const range = { format, from: 11, to: 6000 };
    const expected = await digest(async (take) => {
      for await (const chunk of generateFile(plan, format, 11, 6000)) take(chunk);
    });
    for (const threads of [1, 2, 3])
      expect(await digest((take) => run(plan, { ...range, threads }, take))).toBe(expected);
    expect(await digest((take) => pump(plan, range, async (chunk) => take(chunk)))).toBe(expected);
    const streamed = await digest(async (take) => {
      for await (const chunk of stream(plan, range)) take(chunk);
    });
    expect(streamed).toBe(expected);
  });

  it.each([1, 2])('produces no faster than the sink takes (%i threads)', async (threads) => {
    const plan = await widePlan();
    let inside = 0;
    let most = 0;
    let chunks = 0;
    const slow = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await nextTurn();
      chunks++;
      inside--;
    };
    await run(plan, { format: csv, to: 20_000, threads }, slow);
    expect(chunks).toBeGreaterThan(10);
    expect(most).toBe(1);
  });

  it('leaves a chunk as it is until the sink is done with it, though workers are ahead', async () => {
    const plan = await widePlan();
    const range = { format: csv, to: 20_000, threads: 3 };
    const expected = await digest((take) => run(plan, { ...range, threads: 1 }, take));
    const slowly = await digest((take) =>
      run(plan, range, async (chunk) => {
        for (let turn = 0; turn < 5; turn++) await nextTurn();
        take(chunk);
      }),
    );
    expect(slowly).toBe(expected);
  });

  it('holds only a bounded part of the output while the sink waits', async () => {
    const plan = await widePlan();
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const baseline = process.memoryUsage().rss;
    const done = run(plan, { format: csv, to: 400_000, threads: 2 }, () => {
      reached.resolve();
      return gate.promise;
    });
    await reached.promise;
    // The workers fill their areas and then stop: their processor time stands still.
    await untilQuiet();
    expect(process.memoryUsage().rss - baseline).toBeLessThan(250e6);
    gate.resolve();
    expect((await done).rows).toBe(400_000);
  });

  it.each([1, 2])('lets the event loop run though the sink is busy (%i threads)', async (threads) => {
    const plan = await widePlan();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const spin = (): void => {
      const end = performance.now() + 1;
      while (performance.now() < end);
    };
    await run(plan, { format: csv, to: 60_000, threads }, spin);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });

  it.each([1, 2])("rejects with the sink's error (%i threads)", async (threads) => {
    const plan = await widePlan();
    const failing = run(plan, { format: csv, to: 100_000, threads }, () => Promise.reject(new Error('disk full')));
    await expect(failing).rejects.toThrow('disk full');
  });

  it('ends when aborted, before and during the work', async () => {
    const plan = await widePlan();
    await expect(
      run(plan, { format: csv, to: 10, signal: AbortSignal.abort(new Error('no')) }, () => undefined),
    ).rejects.toThrow('no');
    for (const threads of [1, 2]) {
      const controller = new AbortController();
      const running = run(plan, { format: csv, to: 1e9, threads, signal: controller.signal }, () =>
        controller.abort(new Error('stop')),
      );
      await expect(running).rejects.toThrow('stop');
    }
  });

  it('refuses ranges that the plan cannot fill', async () => {
    const plan = await planOf([{ name: 'n', type: 'number', options: { min: 1, max: 5, unique: true } }]);
    await expect(run(plan, { format: csv, to: 6 }, () => undefined)).rejects.toThrow(RangeError);
    await expect(run(plan, { format: csv, from: 3, to: 2 }, () => undefined)).rejects.toThrow(RangeError);
  });

  it('reports progress that ends at the total', async () => {
    const plan = await widePlan();
    const seen: number[] = [];
    const result = await run(
      plan,
      { format: csv, to: 5000, threads: 2, onProgress: ({ rows }) => seen.push(rows) },
      () => undefined,
    );
    expect(seen.at(-1)).toBe(5000);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(result.rows).toBe(5000);
  });
});

describe('a stream', () => {
  it('hands out chunks that stay as they are', async () => {
    const plan = await widePlan();
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream(plan, { format: csv, to: 4000 })) chunks.push(chunk);
    const expected =
      [...generateBytes(plan, csv, 0, 4000)].length > 0
        ? await digest((take) => run(plan, { format: csv, to: 4000 }, take))
        : '';
    expect(await digest(async (take) => chunks.forEach((chunk) => void take(chunk)))).toBe(expected);
    expect(chunks.length).toBeGreaterThan(1);
  });

  it('gives up the rest when it is closed', async () => {
    const plan = await widePlan();
    let rows = 0;
    for await (const _ of stream(plan, { format: csv, to: 1e9, onProgress: (progress) => (rows = progress.rows) }))
      break;
    expect(rows).toBeLessThan(1e6);
  });
});

it.each([1, 2])('names the error of an expression, whatever thread it ran on (%i threads)', async (threads) => {
  const plan = await planOf([
    { name: 'text', type: 'paragraph', options: { sentences: 60 } },
    { name: 'bad', type: 'derived', options: { expression: 'year(text)' } },
  ]);
  const failing = run(plan, { format: csv, to: 5000, threads }, () => undefined);
  await expect(failing).rejects.toMatchObject({ name: 'ExpressionError', code: expect.stringContaining('expression') });
  await expect(pump(plan, { format: csv, to: 10 }, async () => undefined)).rejects.toMatchObject({
    name: 'ExpressionError',
  });
});
