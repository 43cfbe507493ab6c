import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startCutter } from '../../packages/cli/src/testing/scenario-server.ts';
import { DataMaker, type DataMakerError } from '../../packages/sdk/src/index.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'email', type: 'email' },
];

let server: TestServer;
let dm: DataMaker;
beforeAll(async () => {
  server = await startOn('bundled');
  dm = new DataMaker({ url: server.client.url, apiKey: server.key });
  await dm.call('createTemplate', { body: { name: 'Customer', fields: FIELDS } });
});
afterAll(() => server?.close());

const codeOf = (made: Promise<unknown>): Promise<unknown> =>
  made.then(
    () => expect.unreachable('it was done'),
    (error: unknown) => (error as DataMakerError).code,
  );

async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const OPTIONS = { count: 20_000, format: 'csv', delimiter: ';', seed: 'demo' };

it('makes a job whose bytes are those of one answer, over connections that break', async () => {
  const job = await dm.jobs.create('Customer', { ...OPTIONS, partRows: 3000 });
  expect(await job.wait()).toMatchObject({ id: job.id, state: 'done', parts: { total: 7, done: 7 } });
  const whole = Buffer.from(await (await dm.template('Customer').export(OPTIONS)).arrayBuffer());
  const cutter = await startCutter(server.client.url, 100_000, 3);
  onTestFinished(() => cutter.close());
  const through = new DataMaker({ url: cutter.url, apiKey: server.key }).jobs.get(job.id);
  expect((await gathered(through.download())).equals(whole)).toBe(true);
  expect(cutter.cuts).toBe(3);
  const { parts, rows } = await job.manifest();
  expect(rows).toBe(20_000);
  const third = await gathered(job.part(3));
  expect(createHash('sha256').update(third).digest('hex')).toBe(parts[2]?.sha256);
  expect(await job.verify()).toEqual({ ok: true, parts: 7, bytes: whole.length, damaged: [] });
});

it('gives parts that are files of their own one by one', async () => {
  const options = { format: 'parquet', seed: 'demo' };
  const job = await dm.jobs.create('Customer', { ...options, count: 2500, partRows: 1000, partFiles: true });
  expect(await job.wait()).toMatchObject({ part_files: true, content_url: null });
  const names: string[] = [];
  for await (const { name, from, to, bytes, sha256, content } of job.parts()) {
    const file = await gathered(content());
    const alone = await dm.template('Customer').export({ ...options, from, count: to - from });
    expect(file.equals(Buffer.from(await alone.arrayBuffer()))).toBe(true);
    expect([file.length, createHash('sha256').update(file).digest('hex')]).toEqual([bytes, sha256]);
    names.push(name);
  }
  expect(names).toEqual([1, 2, 3].map((n) => expect.stringMatching(`^tmpl_\\w+\\.0000${n}-of-00003\\.parquet$`)));
  expect(await codeOf(gathered(job.download()))).toBe('job_of_files');
  const stop = { signal: AbortSignal.abort(new Error('enough')) };
  for await (const { content } of job.parts(stop)) await expect(gathered(content())).rejects.toThrow('enough');
});

it('ends one, and tells what cannot be', async () => {
  const job = await dm.jobs.create('Customer', { count: 4e9, format: 'ndjson', sink: 'hash' });
  const waiting = codeOf(job.wait());
  await job.cancel();
  expect(await waiting).toBe('run_failed');
  expect(await job.read()).toMatchObject({ state: 'cancelled' });
  expect(await codeOf(job.resume())).toBe('conflict');
  expect(await codeOf(job.manifest())).toBe('conflict');
  expect(await codeOf(gathered(job.download()))).toBe('conflict');
  expect(await codeOf(dm.jobs.get('run_00000000000000000000').read())).toBe('not_found');
  expect(await codeOf(dm.jobs.create('Nobody', { count: 1, format: 'csv' }))).toBe('not_found');
  const stop = AbortSignal.abort(new Error('enough'));
  await expect(dm.jobs.get(job.id).wait({ signal: stop })).rejects.toThrow('enough');
});
