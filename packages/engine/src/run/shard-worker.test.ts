import { expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { KEPT_JOBS } from './kept-jobs.ts';
import { type Job, ShardMaker } from './shard-worker.ts';

async function jobOf(id: number): Promise<Job> {
  const parsed = parseTemplate({ name: 'job', fields: [{ name: 'id', type: 'sequence', options: { start: id } }] });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed: 'any', now: 0 });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return { id, prepared: prepareBytes(plan.value, { format: 'csv', header: false }) };
}

it('keeps the jobs that were used last, and asks for the others again', async () => {
  const maker = new ShardMaker();
  const ask = async (jobId: number, job?: Job): Promise<string | undefined> => {
    const stretch = { start: 0, end: 1, from: 0, to: 1 };
    const part = await maker.make({ kind: 'shard', jobId, job, seed: 'any', stretch, buffer: 64 });
    return part && Buffer.from(part.bytes).toString().trim();
  };
  for (let id = 0; id <= KEPT_JOBS; id++) {
    expect(await ask(id, await jobOf(id))).toBe(String(id));
    if (id > 0) expect(await ask(1)).toBe('1');
  }
  expect(await ask(0)).toBeUndefined();
  expect(await ask(1)).toBe('1');
  expect(await ask(2)).toBe('2');
  expect(await ask(0, await jobOf(0))).toBe('0');
  expect(await ask(3)).toBeUndefined();
});
