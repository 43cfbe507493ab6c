import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { exampleTextFormats } from '../format/testing/example-formats.ts';
import type { Plan } from '../plan/plan.ts';
import { reseed } from '../plan/reseed.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { textOf } from '../types/testing/compiled.ts';
import { pump, stream } from './index.ts';
import { jobs } from './jobs.ts';
import { openStreams } from './open-streams.ts';

const FIELDS = [
  { name: 'id', type: 'number', options: { min: 1, max: 100_000, unique: true } },
  { name: 'name', type: 'full_name', options: { null_percentage: 10 } },
  { name: 'text', type: 'paragraph', options: { sentences: { min: 1, max: 40 } } },
  { name: 'amount', type: 'currency', options: { min: 0, max: 500 } },
  { name: 'sum', type: 'running_total', options: { field: 'amount', every: 70 } },
  { name: 'label', type: 'derived', options: { expression: 'row {{id}}' } },
];

async function planOf(negative: boolean): Promise<Plan> {
  const parsed = parseTemplate({ name: 'many', fields: FIELDS });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const wrong = negative ? { negative: { mode: 'negative', share: 30 } as const } : {};
  const plan = await compileTemplate(parsed.value, { seed: 'first', now: 0, ...wrong });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return plan.value;
}

async function textOfStream(plan: Plan, format: Parameters<typeof textOf>[1], from: number, to: number) {
  const chunks: Buffer[] = [];
  await pump(plan, { format, from, to }, async (chunk) => void chunks.push(Buffer.from(chunk)));
  return Buffer.concat(chunks).toString();
}

describe('many streams at once', () => {
  it.each(exampleTextFormats(['id', 'name', 'label']))(
    'of one template give what each gives alone, whatever their seeds ($format)',
    async (format) => {
      for (const plan of [await planOf(false), await planOf(true)]) {
        const seeds = ['first', 'second', 'third', 'fourth'];
        const plans = [...seeds, ...seeds].map((seed) => reseed(plan, seed));
        const texts = await Promise.all(plans.map((one, index) => textOfStream(one, format, index * 10, 900)));
        for (const [index, text] of texts.entries()) {
          expect(text === textOf(plans[index] as Plan, format, index * 10, 900), `stream ${index}`).toBe(true);
        }
      }
    },
  );

  it('share what is compiled when only their seeds differ, and nothing otherwise', async () => {
    const [plan, other, wrong] = [await planOf(false), await planOf(false), await planOf(true)];
    const job = jobs.of(plan, { format: 'csv' });
    expect(jobs.of(reseed(plan, 'another'), { format: 'csv' })).toBe(job);
    expect(jobs.of(plan, { format: 'csv', delimiter: ';' })).not.toBe(job);
    expect(jobs.of(plan, { format: 'json' })).not.toBe(job);
    expect(jobs.of(other, { format: 'csv' })).not.toBe(job);
    expect(jobs.of(wrong, { format: 'csv' })).not.toBe(job);
    expect(jobs.of({ ...plan, name: 'renamed' }, { format: 'csv' })).not.toBe(job);
    // What joins the parts of a file has the seed in it.
    expect(jobs.of(plan, { format: 'avro' })).not.toBe(jobs.of(plan, { format: 'avro' }));
  });

  it('hold about as much together as a few, and a stream alone holds as much as ever', async () => {
    const plan = await planOf(false);
    const alone = openStreams.shardBytes;
    const open = Array.from({ length: 100 }, () => stream(plan, { format: { format: 'csv' }, to: 90_000 }));
    const sizes = await Promise.all(
      open.map(async (one) => {
        await one.next();
        // The second shard is one that was measured by the first.
        await one.next();
        return (await one.next()).value?.length ?? 0;
      }),
    );
    expect(openStreams.shardBytes).toBeLessThan(alone / 10);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100 * 1.5 * openStreams.shardBytes);
    await Promise.all(open.map((one) => one.return()));
    expect(openStreams.shardBytes).toBe(alone);
  });

  it('fill memory that another has left, and nobody sees what was in it', async () => {
    const plan = await planOf(false);
    const formats = [{ format: 'csv' }, { format: 'json' }] as const;
    const texts = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        textOfStream(plan, formats[index % 2] ?? formats[0], 0, 3000 + 900 * index),
      ),
    );
    for (const [index, text] of texts.entries()) {
      expect(text === textOf(plan, formats[index % 2] ?? formats[0], 0, 3000 + 900 * index), `stream ${index}`).toBe(
        true,
      );
    }
  });

  it('leave nothing counted as open, however they end', async () => {
    const plan = await planOf(false);
    const before = openStreams.shardBytes;
    const many = Array.from({ length: 60 }, async (_, index) => {
      const gone = new AbortController();
      const taken = pump(plan, { format: { format: 'csv' }, to: 5000, signal: gone.signal }, async () => {
        if (index % 3 === 0) throw new Error('the sink is full');
        if (index % 3 === 1) gone.abort(new Error('the reader is gone'));
      });
      return taken.catch((error: Error) => error.message);
    });
    expect(new Set(await Promise.all(many)).size).toBeGreaterThan(2);
    expect(openStreams.shardBytes).toBe(before);
  });

  it('get their turn beside others whose readers are never done', async () => {
    const plan = await planOf(false);
    const gone = new AbortController();
    const busy = Array.from({ length: availableParallelism() + 1 }, async () => {
      // Plans of their own, so that threads would rather stay with them.
      const own = await planOf(false);
      for (;;) {
        if (gone.signal.aborted) return;
        await pump(own, { format: { format: 'csv' }, to: 90_000, signal: gone.signal }, async () => undefined).catch(
          () => undefined,
        );
      }
    });
    expect(await textOfStream(plan, { format: 'json' }, 0, 500)).toBe(textOf(plan, { format: 'json' }, 0, 500));
    gone.abort();
    await Promise.all(busy);
  });
});
