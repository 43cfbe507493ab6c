import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RemotePart } from '../jobs/remote-job.ts';
import { DATAMAKER, execute, temporaryFolder } from '../testing/run-datamaker.ts';
import { type ScenarioServer, startCutter, startScenarioServer } from '../testing/scenario-server.ts';

const TEMPLATE = {
  name: 'customer',
  fields: [
    { name: 'id', type: 'sequence' },
    { name: 'name', type: 'full_name' },
  ],
};

let server: ScenarioServer;
let template: string;
beforeAll(async () => {
  server = await startScenarioServer();
  template = (await server.ask<{ id: string }>('POST', '/templates', TEMPLATE)).id;
});
afterAll(() => server?.close());

const run = async (words: readonly string[], cwd = '.', url = server.url) => {
  const env = ['env', `DM_URL=${url}`, `DM_API_KEY=${server.key}`];
  const ended = await execute([...env, ...DATAMAKER, 'jobs', ...words], { cwd });
  return { ...ended, stdout: ended.stdout.toString() };
};

describe('datamaker stream', () => {
  it('sends rows of a template of a server, and of those that it nests', { timeout: 60_000 }, async () => {
    const outer = await server.ask<{ id: string }>('POST', '/templates', {
      name: 'order',
      fields: [
        { name: 'number', type: 'sequence' },
        { name: 'customer', type: 'template', options: { template_id: template } },
      ],
    });
    const made = await server.ask<object[]>('POST', `/templates/${outer.id}/generate`, { count: 7, seed: 'demo' });
    const env = ['env', `DM_URL=${server.url}`, `DM_API_KEY=${server.key}`];
    const stream = (id: string) =>
      execute([...env, ...DATAMAKER, 'stream', id, '--rate', '1e6', '-n', '7', '--seed', 'demo'], {});
    for (const id of [outer.id, `${outer.id}@v1`]) {
      const { code, stdout } = await stream(id);
      expect(code).toBe(0);
      const lines = stdout.toString().trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line) as object)).toEqual(made);
    }
    expect(await stream('tmpl_00000000000000000000')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not_found'),
    });
  });
});

describe('datamaker jobs', () => {
  it('makes parts whose bytes are those of `datamaker generate`, over connections that break', {
    timeout: 120_000,
  }, async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'customer.json');
    writeFileSync(file, JSON.stringify(TEMPLATE));
    const options = ['-n', '20000', '--seed', 'demo', '-f', 'csv', '--delimiter', ';'];
    await execute([...DATAMAKER, 'generate', file, ...options, '--out', 'here.csv'], { cwd: folder });
    const made = await run(['create', template, ...options, '--part-rows', '3000', '--wait', '--json']);
    expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/^run_\w+\n$/) });
    const job = JSON.parse(made.stdout) as { id: string };
    expect(job).toMatchObject({ state: 'done', parts: { total: 7, done: 7, running: 0 }, progress: { rows: 20_000 } });
    const shown = await run(['status', job.id]);
    expect(shown.stdout).toMatch(/^id +run_\w+\nstate +done\nrows +20,000 of 20,000, [\d,]+ rows\/s\n/);
    const cutter = await startCutter(server.url, 40_000, 3);
    const taken = await run(['download', job.id, '--out', 'there.csv'], folder, cutter.url);
    cutter.close();
    expect(taken).toMatchObject({ code: 0, stderr: '' });
    expect(cutter.cuts).toBeGreaterThan(0);
    const [here, there] = ['here.csv', 'there.csv'].map((name) => readFileSync(join(folder, name)));
    expect(there?.equals(here as Buffer)).toBe(true);
    const manifest = JSON.parse((await run(['manifest', job.id])).stdout) as {
      parts: { bytes: number; sha256: string }[];
    };
    let first = 0;
    for (const { bytes, sha256 } of manifest.parts) {
      const part = here?.subarray(first, first + bytes) as Buffer;
      expect(createHash('sha256').update(part).digest('hex')).toBe(sha256);
      first += bytes;
    }
    expect((await run(['verify', job.id])).stdout).toBe(`7 parts are what was made, ${here?.length} bytes\n`);
  });

  it('writes parts that are files under their names, and goes on where they are whole', {
    timeout: 120_000,
  }, async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'customer.json'), JSON.stringify(TEMPLATE));
    const options = ['--seed', 'demo', '-f', 'parquet', '--compression', 'none'];
    const asked = ['-n', '20000', '--from', '5', ...options, '--part-files', '--part-rows', '7000'];
    const made = await run(['create', template, ...asked, '--wait', '--json']);
    expect(made).toMatchObject({ code: 0 });
    const job = JSON.parse(made.stdout) as { id: string };
    expect(job).toMatchObject({ part_files: true, content_url: null, parts: { total: 3 } });
    expect((await run(['status', job.id])).stdout).toContain('sink   files, one for each part\n');
    const refused = async (words: string[], code: string): Promise<void> => {
      const { code: exit, stderr } = await run(['download', job.id, ...words], folder);
      expect([exit, stderr]).toEqual([2, expect.stringContaining(`[${code}]`)]);
    };
    await refused([], 'folder_needed');
    await refused(['--out', 'absent'], 'folder_not_found');
    await refused(['--out', 'customer.json'], 'not_a_folder');
    const out = join(folder, 'out');
    mkdirSync(out);
    const cutter = await startCutter(server.url, 40_000, 2);
    expect(await run(['download', job.id, '--out', 'out'], folder, cutter.url)).toMatchObject({ code: 0, stderr: '' });
    cutter.close();
    expect(cutter.cuts).toBeGreaterThan(0);
    const manifest = JSON.parse((await run(['manifest', job.id])).stdout) as { parts: RemotePart[] };
    const names = manifest.parts.map(({ name }) => name);
    expect(readdirSync(out).toSorted()).toEqual(names);
    expect(names).toEqual([1, 2, 3].map((n) => `${template}.0000${n}-of-00003.parquet`));
    for (const { name, from, to } of manifest.parts) {
      const range = ['--from', String(from), '-n', String(to - from), ...options, '--out', 'alone'];
      expect(await execute([...DATAMAKER, 'generate', 'customer.json', ...range], { cwd: folder })).toMatchObject({
        code: 0,
      });
      expect(readFileSync(join(out, name)).equals(readFileSync(join(folder, 'alone')))).toBe(true);
    }
    // One is whole, one is gone, and one is another of the same length.
    const [first = '', second = '', third = ''] = names.map((name) => join(out, name));
    const [before, bytes] = [statSync(first), readFileSync(third)];
    rmSync(second);
    writeFileSync(third, Buffer.alloc(bytes.length));
    expect(await run(['download', job.id, '--out', out])).toMatchObject({ code: 0 });
    expect([statSync(first).ino, statSync(first).mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect(readFileSync(third).equals(bytes)).toBe(true);
    expect(readdirSync(out).toSorted()).toEqual(names);
  });

  it('cancels a job, and says what cannot be', { timeout: 60_000 }, async () => {
    const id = (await run(['create', template, '-n', '4e9', '--sink', 'hash'])).stdout.trim();
    expect(await run(['cancel', id])).toMatchObject({ code: 0, stderr: `${id} was cancelled, and keeps nothing\n` });
    expect(await run(['status', id, '--wait'])).toMatchObject({ code: 5 });
    expect(await run(['cancel', id])).toMatchObject({ code: 1, stderr: expect.stringContaining('it is cancelled') });
    expect(await run(['resume', id])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('only those that failed'),
    });
    expect(await run(['download', id])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the job is cancelled'),
    });
    for (const words of [['status', '../etc'], ['create'], ['create', template, '-n', '10', '--part-rows', 'x']]) {
      expect(await run(words)).toMatchObject({ code: 2, stdout: '' });
    }
  });
});
