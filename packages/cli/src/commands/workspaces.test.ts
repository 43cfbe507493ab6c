import { join } from 'node:path';
import { startServer } from '@datamaker/server';
import { describe, expect, it } from 'vitest';
import { datamaker, temporaryFolder } from '../testing/run-datamaker.ts';

describe('datamaker workspaces', () => {
  it('makes, lists, plans and removes workspaces of a server that runs, and of one that does not', async () => {
    const dataDirectory = join(temporaryFolder(), 'data');
    const start = () => startServer({ dataDirectory, port: 0, logLevel: 'fatal' });
    const work = (...words: string[]) => datamaker(['workspaces', ...words, '--data-dir', dataDirectory]);
    let server = await start();
    const ask = async (path: string, key: string) => {
      const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
      return (await response.json()) as { name?: string; plan?: string; error?: { code: string } };
    };
    const added = await work('add', '--name', 'Team B', '--plan', 'pro', '--server', 'https://data.example.org/');
    expect(added).toMatchObject({ code: 0, stderr: '' });
    const told = added.stdout.toString();
    const [, id = ''] = /^The workspace Team B is (ws_\w+), on the plan pro\.$/m.exec(told) ?? [];
    const [, key = ''] = /shown only this once: (dmk_owner_\w+)$/m.exec(told) ?? [];
    expect(told).toContain(`https://data.example.org/app/welcome#key=${key}\n`);
    expect(await ask('/workspace', key)).toMatchObject({ name: 'Team B', plan: 'pro' });
    const plan = await work('plan', 'Team B', 'free');
    expect(plan).toMatchObject({ code: 0, stderr: '' });
    expect(plan.stdout.toString()).toBe(`Team B (${id}) is on the plan free.\n`);
    expect(await ask('/workspace', key)).toMatchObject({ plan: 'free' });
    await server.close();

    const json = await work('add', '--name', 'Team C', '--json');
    const other = JSON.parse(json.stdout.toString());
    expect(other).toMatchObject({ name: 'Team C', plan: 'self-hosted', key: expect.stringMatching(/^dmk_owner_/) });
    const list = await work('list');
    expect(list.stdout.toString()).toMatch(new RegExp(`^${id} +Team B +free +1 +1 +20`, 'm'));
    expect(list.stdout.toString()).not.toContain(key);
    const removed = await work('remove', id, '--name', 'Team B');
    expect(removed.stdout.toString()).toMatch(/^Team B \(ws_\w+\) is deleted\. Its owner can restore it until 20/);
    const listed = JSON.parse((await work('list', '--json')).stdout.toString());
    expect(listed).toMatchObject([{ name: 'My workspace' }, { id, purgeAt: expect.any(String) }, { id: other.id }]);
    server = await start();
    expect(server.newKey).toBeUndefined();
    expect(await ask('/workspace', other.key)).toMatchObject({ name: 'Team C' });
    expect((await ask('/templates', key)).error?.code).toBe('workspace_deleted');
    await server.close();
  });

  it.each([
    [['add'], 2, 'missing_option'],
    [['add', '--name', 'x', '--server', 'nowhere'], 2, 'invalid_value'],
    [['add', 'Team B', '--name', 'x'], 2, 'unexpected_argument'],
    [['add', '--name', ' '], 2, 'invalid_name'],
    [['add', '--name', 'x', '--plan', 'gold'], 2, 'unknown_plan'],
    [['list', '--name', 'x'], 2, 'unexpected_option'],
    [['plan', 'x'], 2, 'missing_argument'],
    [['plan', 'x', 'gold'], 2, 'unknown_plan'],
    [['remove', 'x'], 2, 'missing_option'],
    [['ad'], 2, 'unknown_action'],
    [['list'], 1, 'cannot_open'],
  ])('refuses %j with %i, %s', async (words, code, problem) => {
    const none = join(temporaryFolder(), 'none');
    const ended = await datamaker(['workspaces', ...words, '--data-dir', none]);
    expect(ended).toMatchObject({ code, stderr: expect.stringContaining(problem) });
  });
});
