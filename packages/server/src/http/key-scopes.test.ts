import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCOPES, type Scope, scopeFor } from '../security/permissions.ts';
import { all, Talk, talkingTo } from '../testing/chats.ts';
import { type Client, expectError } from '../testing/client.ts';
import { join } from '../testing/people.ts';
import { PlainSandbox } from '../testing/plain-sandbox.ts';
import { routesOfApp } from '../testing/routes-of-app.ts';
import { type ScriptedModel, startScriptedModel } from '../testing/scripted-model.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface MadeKey {
  readonly id: string;
  readonly key: string;
  readonly scopes: readonly Scope[] | null;
}

let model: ScriptedModel;
let server: TestServer;
let owner: Client;
beforeAll(async () => {
  model = await startScriptedModel();
  server = await startOn('bundled', { ...talkingTo(model), sandbox: new PlainSandbox() });
  owner = server.client;
});
afterAll(async () => {
  await server?.close();
  await model?.close();
});

const make = async (body: object, by = owner): Promise<MadeKey> => {
  const answer = await by.post<MadeKey>('/keys', { name: 'scoped', ...body });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
  return answer.body;
};
const clientFor = async (...scopes: Scope[]): Promise<Client> => owner.as((await make({ scopes })).key);

describe('scopes of keys', () => {
  it('refuse each route that is not in them, even to an owner', async () => {
    const wrong: string[] = [];
    for (const scope of SCOPES) {
      const client = await clientFor(scope);
      for (const { method, path, permission } of await routesOfApp()) {
        if (permission === undefined || scopeFor(permission) === scope) continue;
        const body = method === 'GET' || method === 'DELETE' ? undefined : {};
        const { status, text } = await client.send(method, path.replaceAll(/:\w+|\*/g, 'absent'), body);
        if (status === 403 && text.includes(`a key with the scope ${scopeFor(permission)};`)) continue;
        wrong.push(`${scope} got ${status} for ${method} ${path}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['read', 'GET', '/templates', undefined, 200],
    ['generate', 'POST', '/templates', { name: 'a', fields: [{ name: 'id', type: 'sequence' }] }, 201],
    ['run', 'POST', '/scenarios', { name: 'a', code: 'print(1)' }, 201],
    ['run', 'POST', '/runs/run_absent/cancel', {}, 404],
    ['push', 'POST', '/connections', { name: 'a', type: 'postgres', url: 'postgres://x@127.0.0.1:1/x' }, 201],
    ['push', 'POST', '/runs/run_absent/undo', {}, 404],
    ['admin', 'GET', '/audit', undefined, 200],
    ['admin', 'POST', '/secrets', { name: 'A', value: 'b' }, 201],
  ] as const)('let %s do %s %s', async (scope, method, path, body, status) => {
    const answer = await (await clientFor(scope)).send(method, path, body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
  });

  it('are shown, and are read and generate for MCP unless it is said otherwise', async () => {
    const { id, scopes } = await make({ for: 'mcp' });
    expect(scopes).toEqual(['read', 'generate']);
    expect((await owner.get<MadeKey>(`/keys/${id}`)).body.scopes).toEqual(['read', 'generate']);
    expect((await make({ for: 'mcp', scopes: ['read'] })).scopes).toEqual(['read']);
    expect((await make({})).scopes).toBe(null);
    const reader = await clientFor('read');
    expect((await reader.get<{ scopes: unknown }>('/people/me')).status).toBe(200);
    expect((await reader.get('/session')).body).toMatchObject({ scopes: ['read'] });
    for (const scopes of [[], ['all'], ['read', 'read'], 'read']) {
      expectError(await owner.post('/keys', { name: 'x', scopes }), 422, 'validation_error');
    }
  });

  it('are in no key that is made with another, by its making or anew', async () => {
    const wide = await make({});
    const admin = await clientFor('read', 'admin');
    expect((await make({}, admin)).scopes).toEqual(['read', 'admin']);
    expect((await make({ scopes: ['admin'] }, admin)).scopes).toEqual(['admin']);
    for (const body of [{ scopes: ['push'] }, { scopes: ['read', 'run'] }, { for: 'mcp' }]) {
      expectError(await admin.post('/keys', { name: 'x', ...body }), 403, 'forbidden');
    }
    expectError(await admin.post(`/keys/${wide.id}/rotate`, {}), 403, 'forbidden');
    const narrow = await make({ scopes: ['read'] });
    expect((await admin.post<MadeKey>(`/keys/${narrow.id}/rotate`, {})).body.scopes).toEqual(['read']);
  });

  it('give nothing that the role does not', async () => {
    const { client } = await join(owner, 'viewer');
    const { key } = await make({ scopes: [...SCOPES] }, client);
    expectError(await owner.as(key).post('/templates', { name: 'x', fields: [] }), 403, 'forbidden');
  });

  it('count behind the door of DataGen', async () => {
    const wanted = { schema: [{ name: 'id', type: 'uuid' }], count: 1 };
    const statuses = await Promise.all(
      SCOPES.map(async (scope) => (await (await clientFor(scope)).post('/api/v1/generate', wanted)).status),
    );
    expect(statuses).toEqual(SCOPES.map((scope) => (scope === 'generate' ? 200 : 403)));
  });

  it('bind the agent of a chat as they bind whoever spoke', async () => {
    const { key } = await make({ for: 'mcp' });
    model.follow([
      {
        calls: [
          { name: 'create_template', input: { name: 'by chat', fields: [{ name: 'id', type: 'sequence' }] } },
          { name: 'save_scenario', input: { name: 'by chat', code: 'print(1)' } },
        ],
      },
      { text: 'done' },
    ]);
    const events = await (await Talk.begin(owner.as(key), key)).say('go');
    expect(all(events, 'result')).toMatchObject([
      { tool: 'create_template', ok: true },
      { tool: 'save_scenario', ok: false, error: { code: 'forbidden' } },
    ]);
  });

  it('are written down with runs and schedules, for what acts for them later', async () => {
    const runner = await clientFor('read', 'run');
    const { body: scenario } = await runner.post<{ id: string }>('/scenarios', { name: 'b', code: 'print(1)' });
    const begun = await runner.post<{ run_id: string }>(`/scenarios/${scenario.id}/run`, {});
    expect({ status: begun.status, text: begun.text }).toMatchObject({ status: 202 });
    const { body: schedule } = await runner.post<{ id: string }>(`/scenarios/${scenario.id}/schedules`, {
      cron: '0 5 * * *',
    });
    const store = await server.openDatabase();
    const scopes = ['read', 'run'];
    const found = [
      await store.selectFrom('run').where('id', '=', begun.body.run_id).select('scopes').executeTakeFirst(),
      await store.selectFrom('scenario_schedule').where('id', '=', schedule.id).select('scopes').executeTakeFirst(),
    ];
    await store.destroy();
    expect(found).toEqual([{ scopes }, { scopes }]);
  });
});
