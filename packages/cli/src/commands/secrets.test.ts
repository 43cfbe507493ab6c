import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '@datamaker/server';
import { describe, expect, it } from 'vitest';
import { datamaker, temporaryFolder } from '../testing/run-datamaker.ts';

describe('datamaker secrets', () => {
  it('rotates the keys of a server that runs, and of one that does not', async () => {
    const dataDirectory = join(temporaryFolder(), 'data');
    const file = join(dataDirectory, 'master-keys');
    const server = await startServer({ dataDirectory, port: 0, logLevel: 'fatal' });
    const send = (name: string) =>
      fetch(`${server.url}/secrets`, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.newKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name, value: 'hunter-2' }),
      });
    expect((await send('BEFORE')).status).toBe(201);
    const [old = ''] = readFileSync(file, 'utf8').split('\n');
    const words = ['secrets', 'rotate', '--data-dir', dataDirectory];
    const running = await datamaker(words);
    expect(running).toMatchObject({ code: 0, stderr: '' });
    const told = running.stdout.toString();
    expect(told).toMatch(/^All secrets are under the master key mk_\w+, the first in .*: 1 data keys wrapped anew/m);
    expect(told).toMatch(/^Needed only for backups from before: mk_\w+\.$/m);
    expect((await send('AFTER')).status).toBe(201);
    await server.close();
    const after = await datamaker([...words, '--data-keys', '--forget']);
    expect(after).toMatchObject({ code: 0, stderr: '' });
    expect(after.stdout.toString()).toContain('1 replaced, 2 values sealed anew');
    const kept = readFileSync(file, 'utf8').trim().split('\n');
    expect(kept).toHaveLength(1);
    for (const key of [old, ...kept]) expect(told + after.stdout).not.toContain(key);
  });

  it('refuses what it cannot do', async () => {
    expect(await datamaker(['secrets', 'show'])).toMatchObject({ code: 2, stderr: expect.stringContaining('rotate') });
    const folder = temporaryFolder();
    const rotate = (where: string) => datamaker(['secrets', 'rotate', '--data-dir', where]);
    expect(await rotate(join(folder, 'none'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no data directory'),
    });
    expect(await rotate(folder)).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no database in') });
  });
});
