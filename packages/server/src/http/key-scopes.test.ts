import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCOPES, type Scope, scopeFor } from '../security/permissions.ts';
import { all, only, Talk, talkingTo } from '../testing/chats.ts';
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
    const looked = SCOPES.map(async (scope) => {
      const client = await clientFor(scope);
      const answers = [
        await client.post('/api/v1/infer-schema', { field_names: ['id'] }),
        await client.get('/api/v1/contracts/ctr_0123456789ab'),
        await client.post('/api/v1/validate', wanted),
      ];
      return answers.map(({ status }) => status);
    });
    expect(await Promise.all(looked)).toEqual(
      SCOPES.map((scope) => (scope === 'read' ? [200, 404, 200] : [403, 403, 403])),
    );
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

  it('do not let a call be made that was begun with more, nor a chat do more', async () => {
    model.follow([
      {
        calls: [
          { name: 'delete_template', input: { template: await owner.create([{ name: 'a', type: 'sequence' }]) } },
        ],
      },
      { text: 'done' },
    ]);
    const talk = await Talk.begin(owner, server.key, { permits: { risks: ['read', 'outbound_or_destructive'] } });
    const events = await talk.say('delete it');
    const { id } = only(events, 'approval');
    const narrow = await make({ for: 'mcp' });
    const other = talk.as(owner.as(narrow.key), narrow.key);
    expectError(await other.decide(id, 'approve'), 403, 'forbidden');
    expect((await talk.get()).turn?.state).toBe('waiting');
    const patch = (permits: object) => owner.as(narrow.key).send('PATCH', `/chats/${talk.id}`, { permits });
    expectError(await patch({ sensitive: true }), 403, 'forbidden');
    expectError(await patch({ risks: ['read', 'write'] }), 403, 'forbidden');
    expect((await patch({ sensitive: false, risks: ['read'] })).status).toBe(200);
    expectError(await owner.as(narrow.key).post('/chats', { permits: { sensitive: true } }), 403, 'forbidden');
    expect((await owner.send('PATCH', `/chats/${talk.id}`, { permits: { sensitive: true } })).status).toBe(200);
    // It may still say no.
    expect((await other.decide(id, 'refuse')).status).toBe(200);
    expect(only(await talk.follow(events.at(-1)?.id), 'result').error?.code).toBe('not_approved');
  });

  it('let a call be made that was begun with no more', async () => {
    const template = await owner.create([{ name: 'a', type: 'sequence' }]);
    model.follow([{ calls: [{ name: 'delete_template', input: { template } }] }, { text: 'done' }]);
    const [narrow, same] = [await make({ for: 'mcp' }), await make({ for: 'mcp' })];
    const talk = await Talk.begin(owner.as(narrow.key), narrow.key);
    const events = await talk.say('delete it');
    const after = await talk.as(owner.as(same.key), same.key).approve(events);
    expect(only(after, 'result')).toMatchObject({ tool: 'delete_template', ok: true });
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

  it('bind what schedules of others do from when a key has changed it', async () => {
    const store = await server.openDatabase();
    const keyFor = async (scopes: readonly Scope[] | null) =>
      scopes === null ? owner : clientFor(...(scopes as Scope[]));
    type Act = (by: Client, scenario: string, schedule: string) => Promise<{ readonly status: number }>;
    /** What a schedule may that was made with scopes, when somebody with others has acted. */
    const left = async (made: readonly Scope[] | null, changing: readonly Scope[] | null, act: Act) => {
      const { body: scenario } = await owner.post<{ id: string }>('/scenarios', { name: 'c', code: 'print(1)' });
      await owner.send('PUT', `/scenarios/${scenario.id}`, { code: 'print(2)' });
      const path = `/scenarios/${scenario.id}/schedules`;
      const { body } = await (await keyFor(made)).post<{ id: string }>(path, { cron: '0 5 * * *' });
      expect((await act(await keyFor(changing), scenario.id, body.id)).status).toBe(200);
      const found = store.selectFrom('scenario_schedule').where('id', '=', body.id).select('scopes');
      return (await found.executeTakeFirstOrThrow()).scopes;
    };
    const write: Act = (by, id) => by.send('PUT', `/scenarios/${id}`, { code: 'print(3)' });
    const rename: Act = (by, id) => by.send('PUT', `/scenarios/${id}`, { name: 'd' });
    const rollBack: Act = (by, id) => by.post(`/scenarios/${id}/rollback`, { version: 1 });
    const change =
      (body: object): Act =>
      (by, id, schedule) =>
        by.send('PATCH', `/scenarios/${id}/schedules/${schedule}`, body);
    try {
      expect(await left(null, ['run'], write)).toEqual(['run']);
      expect(await left(null, ['run'], rollBack)).toEqual(['run']);
      expect(await left(['run', 'push', 'read'], ['read', 'run', 'generate'], write)).toEqual(['read', 'run']);
      expect(await left(['run'], ['run', 'push'], write)).toEqual(['run']);
      expect(await left(['run'], null, write)).toEqual(['run']);
      expect(await left(null, null, write)).toBe(null);
      expect(await left(null, ['run'], rename)).toBe(null);
      expect(await left(null, ['run'], change({ params: { a: 1 } }))).toEqual(['run']);
      expect(await left(null, ['run'], change({ paused: true }))).toBe(null);
    } finally {
      await store.destroy();
    }
  });
});
