import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DATAMAKER, execute, temporaryFolder } from '../testing/run-datamaker.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A server that names the only part of a job as it likes, and answers `text`. */
async function startNamer(name: string, text: string, promised = text): Promise<string> {
  const part = { number: 1, name, from: 0, to: 1, bytes: promised.length, sha256: sha256(promised) };
  const manifest = JSON.stringify({ rows: 1, bytes: promised.length, part_files: true, parts: [part] });
  const server = createServer(({ url = '' }, response) => {
    const isManifest = url.endsWith('/manifest');
    response.setHeader('content-type', isManifest ? 'application/json' : 'text/csv');
    response.end(isManifest ? manifest : text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const download = (url: string, folder: string) =>
  execute(['env', `DM_URL=${url}`, 'DM_API_KEY=dm_x', ...DATAMAKER, 'jobs', 'download', 'run_x', '--out', folder], {});

it('writes nothing outside of the folder, whatever a server calls its files', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  mkdirSync(out);
  for (const name of ['../evil.csv', join(folder, 'evil.csv'), '..', '.profile', 'a\\b.csv', '', 'a\u0000.csv']) {
    const ended = await download(await startNamer(name, 'id'), out);
    expect({ name, ...ended }).toMatchObject({ code: 1, stderr: expect.stringContaining('no name of a file') });
  }
  expect([readdirSync(folder), readdirSync(out)]).toEqual([['out'], []]);
});

it('leaves a file as it is when the part is not what the manifest says', { timeout: 60_000 }, async () => {
  const out = temporaryFolder();
  writeFileSync(join(out, 'a.csv'), 'mine');
  const ended = await download(await startNamer('a.csv', 'theirs', 'others'), out);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('part 1 is not what was made') });
  expect([readdirSync(out), readFileSync(join(out, 'a.csv'), 'utf8')]).toEqual([['a.csv'], 'mine']);
});
