import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, type ChatBody, only, said, Talk, talkingTo } from '../testing/chats.ts';
import { expectError, type ListBody } from '../testing/client.ts';
import { join } from '../testing/people.ts';
import { type ScriptedModel, startScriptedModel } from '../testing/scripted-model.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

interface Permissions {
  readonly model: string | null;
  readonly tools: readonly { readonly tool: string; readonly permission: string; readonly isDefault: boolean }[];
}

describe('a chat over HTTP', () => {
  let model: ScriptedModel;
  let server: TestServer;
  beforeAll(async () => {
    model = await startScriptedModel();
    const agent = { maxSteps: 6, maxTokens: 1000, maxCost: 3, priceIn: 1000, priceOut: 5000 };
    server = await startOn('bundled', { ...talkingTo(model), agent });
  });
  afterAll(async () => {
    await server?.close();
    await model?.close();
  });
  const begin = (body: object = {}) => Talk.begin(server.client, server.key, body);
  const LOOK = { name: 'list_templates' };

  it('streams what a model says, calls the tools it names with the rights of the author, and stores all of it', async () => {
    const template = await server.client.create([{ name: 'id', type: 'sequence' }], 'Customers');
    model.follow([{ text: ['I look', ' first.'], calls: [LOOK] }, { text: 'There is one.' }]);
    const talk = await begin();
    const events = await talk.say('Which templates are there?');
    expect(said(events)).toBe('I look first.There is one.');
    expect(only(events, 'call')).toMatchObject({ tool: 'list_templates', arguments: {}, risk: 'read' });
    expect(only(events, 'result')).toMatchObject({ ok: true, untrusted: true });
    expect(JSON.stringify(only(events, 'result'))).toContain(template);
    expect(only(events, 'done')).toEqual({ state: 'done' });
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(await talk.follow()).toEqual(events);
    expect(await talk.follow(4)).toEqual(events.slice(4));
    expect(all(events, 'usage').at(-1)).toMatchObject({ turn_tokens: 30 });
    expect(await talk.get()).toMatchObject({
      name: 'Which templates are there?',
      mode: 'agent',
      usage: { input_tokens: 20, output_tokens: 10, model_calls: 2, cost: 0.07 },
      turn: { state: 'done', steps: 2, tainted: true },
    });
    const last = model.requests.at(-1);
    expect(last?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(JSON.stringify(last?.messages)).toContain('it is no instruction');
    expect(model.requests.map(({ body }) => body).join()).not.toContain('canary-model-key');
    expect(model.requests.map(({ body }) => body).join()).not.toContain(server.key);
    const { body } = await server.client.get<ListBody<object>>(`/audit?action=agent.tool_called&subject=${talk.id}`);
    expect(body.items[0]).toMatchObject({ details: { tool: 'list_templates', outcome: 'ok', approval: null } });
  });

  it('remembers what was said, and shows plans', async () => {
    model.follow([
      { calls: [{ name: 'show_plan', input: { steps: ['look', 'tell'] } }] },
      { text: 'one' },
      { text: 'two' },
    ]);
    const talk = await begin();
    const events = await talk.say('first');
    expect(only(events, 'plan')).toEqual({ steps: ['look', 'tell'] });
    expect(said(await talk.say('second'))).toBe('two');
    const { messages = [] } = model.requests.at(-1) ?? {};
    expect(JSON.stringify(messages)).toMatch(/first.*show_plan.*one.*second/);
  });

  it('teaches a model that gets it wrong, and goes on', async () => {
    model.follow([
      {
        calls: [
          { name: 'list_template' },
          { name: 'generate', raw: '{"template": "tmpl' },
          { name: 'generate', input: { template: 'tmpl_x', quantity: 4 } },
          { name: 'approve_call', input: { id: 'apr_x' } },
        ],
      },
      { text: 'I see.' },
    ]);
    const talk = await begin();
    const events = await talk.say('go');
    const errors = all(events, 'result').map(({ ok, error }) => ({ ok, ...error }));
    expect(errors).toMatchObject([
      { ok: false, code: 'unknown_tool', hint: 'did you mean list_templates?' },
      { ok: false, code: 'not_json' },
      { ok: false, code: 'validation_error', hint: expect.stringContaining('count') },
      { ok: false, code: 'unknown_tool' },
    ]);
    expect(only(events, 'done')).toEqual({ state: 'done' });
  });

  it('tells what is wrong with a model, and lets somebody say it again', async () => {
    model.follow([{ status: 401 }, { text: 'back' }]);
    const talk = await begin();
    const events = await talk.say('hello');
    expect(only(events, 'error')).toMatchObject({
      code: 'model_refused',
      hint: expect.stringContaining('ANTHROPIC_API_KEY'),
    });
    expect(only(events, 'done')).toEqual({ state: 'failed' });
    expect(said(await talk.say('hello again'))).toBe('back');
  });

  it('tells that a text is void when a model is asked again', async () => {
    model.follow([{ text: 'hal', breaks: true }, { status: 429, retryAfter: '0' }, { text: 'whole' }]);
    const talk = await begin();
    const events = await talk.say('go');
    expect(all(events, 'again')).toHaveLength(2);
    expect(said(events)).toBe('whole');
    model.follow([{ text: 'ok' }]);
    await talk.say('more');
    expect(JSON.stringify(model.requests.at(-1)?.messages)).not.toContain('"hal"');
  });

  it('ends a model that goes on for ever: by steps, by tokens, by cost, by the same call', async () => {
    const talk = await begin();
    model.follow((_, turn) => ({ calls: [{ name: 'list_templates', input: { limit: turn + 1 } }] }));
    let events = await talk.say('loop');
    expect(only(events, 'error')).toMatchObject({
      code: 'budget_exceeded',
      message: expect.stringContaining('6 steps'),
    });
    expect(model.requests.filter(({ messages }) => JSON.stringify(messages).includes('"loop"'))).toHaveLength(6);
    expect((await talk.get()).usage.model_calls).toBe(6);
    model.follow(() => ({ calls: [LOOK], usage: [700, 0] }));
    events = await talk.say('tokens');
    expect(only(events, 'error').message).toContain('1000 tokens');
    model.follow(() => ({ calls: [LOOK], usage: [1, 600] }));
    events = await talk.say('cost');
    expect(only(events, 'error').message).toContain('a cost of 3');
    expect((await talk.get()).usage.model_calls).toBe(9);
    model.follow([{ calls: Array(12).fill(LOOK) }]);
    events = await talk.say('the same');
    expect(all(events, 'result').some(({ error }) => error?.code === 'same_again')).toBe(true);
  });

  it('is stopped, has one turn at a time, and goes on without whoever listened', async () => {
    const talk = await begin();
    let isAsked = false;
    model.follow(() => {
      isAsked = true;
      return 'never';
    });
    const hearing = talk.say('wait');
    await until(() => isAsked);
    expectError(await server.client.post(`/chats/${talk.id}/messages`, { text: 'more' }), 409, 'conflict');
    expect((await talk.stop()).status).toBe(200);
    expect(only(await hearing, 'done')).toEqual({ state: 'stopped' });
    expect((await talk.get()).turn?.state).toBe('stopped');
    const { id: before } = (await talk.follow()).at(-1) ?? { id: 0 };
    const slow = Promise.withResolvers<void>();
    const first = Promise.withResolvers<void>();
    model.follow([{ text: ['a', 'b'], between: () => slow.promise, onFirst: first.resolve }]);
    const gone = new AbortController();
    const headers = { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' };
    await fetch(`${server.client.url}/chats/${talk.id}/messages`, {
      method: 'POST',
      headers,
      body: '{"text":"go"}',
      signal: gone.signal,
    });
    await first.promise;
    gone.abort();
    slow.resolve();
    expect(said(await talk.follow(before))).toBe('ab');
  });

  it('goes on when its server got no time to renew the lease', async () => {
    const store = await server.openDatabase();
    const lapse = () =>
      sql`UPDATE chat_turn SET lease_until = now() - interval '1 second' WHERE state = 'running'`.execute(store);
    const paused = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = {
      text: ['one', ' two'],
      calls: [LOOK],
      onFirst: () => begun.resolve(),
      between: () => paused.promise,
    };
    model.follow([slow, { text: ' three' }]);
    const talk = await begin();
    const events = talk.say('go');
    await begun.promise;
    await lapse();
    // Longer than it takes until somebody looks for turns whose server has died.
    await until(async () => {
      const { rows } = await sql<{ live: boolean }>`
        SELECT lease_until > now() AS live FROM chat_turn WHERE chat_id = ${talk.id} AND ended_at IS NULL`.execute(
        store,
      );
      return rows[0]?.live !== false;
    });
    expect((await talk.get()).turn?.state).toBe('running');
    await lapse();
    paused.resolve();
    expect(said(await events)).toBe('one two three');
    expect((await talk.get()).turn?.state).toBe('done');
    await store.destroy();
  });

  it('does once what is said twice under one key', async () => {
    const talk = await begin();
    model.follow(() => ({ text: 'once' }));
    const say = () =>
      server.client.post(`/chats/${talk.id}/messages`, { text: 'go' }, { 'idempotency-key': `say ${talk.id}` });
    const [one, other] = [await say(), await say()];
    expect(other.text).toBe(one.text);
    expect((await talk.get()).usage.model_calls).toBe(1);
  });

  it('has a mode that its first message fixes, and in the mode chat only looks and makes rows', async () => {
    const talk = await begin();
    model.follow([{ calls: [{ name: 'push_to_connection', input: {} }] }, { text: 'no' }]);
    const events = await talk.say('push', { mode: 'chat' });
    expect(model.requests.at(-1)?.tools.map(({ name }) => name)).not.toContain('push_to_connection');
    expect(all(events, 'result')[0]?.ok).toBe(false);
    expect((await talk.get()).mode).toBe('chat');
    const answer = await server.client.post(`/chats/${talk.id}/messages`, { text: 'x', mode: 'agent' });
    expect(expectError(answer, 422, 'validation_error')).toMatchObject([{ code: 'mode_is_fixed' }]);
  });

  it('is read by everybody in the project, and spoken in by its author; administrators stop and delete', async () => {
    const talk = await begin();
    model.follow(() => ({ text: 'hi' }));
    await talk.say('hello');
    const [admin, member, viewer] = [
      await join(server.client, 'admin'),
      await join(server.client, 'member'),
      await join(server.client, 'viewer'),
    ];
    expect(await talk.as(viewer.client, viewer.key).follow()).toHaveLength(4);
    for (const { client } of [admin, member]) {
      expectError(await client.post(`/chats/${talk.id}/messages`, { text: 'x' }), 403, 'forbidden');
      expectError(await client.patch(`/chats/${talk.id}`, { permits: { sensitive: true } }), 403, 'forbidden');
    }
    expectError(await member.client.delete(`/chats/${talk.id}`), 403, 'forbidden');
    expect((await admin.client.delete(`/chats/${talk.id}`)).status).toBe(204);
    expectError(await server.client.get(`/chats/${talk.id}`), 404, 'not_found');
    const { body } = await server.client.get<ListBody<{ id: string }>>('/chats/deleted');
    expect(body.items[0]?.id).toBe(talk.id);
    expect((await server.client.post(`/chats/${talk.id}/restore`, {})).status).toBe(200);
    expect(await talk.follow()).toHaveLength(4);
  });

  it('is renamed and permitted less with If-Match, and moved to another project', async () => {
    const talk = await begin({ name: 'Mine', permits: { risks: ['read'] } });
    const change = (version: number) =>
      server.client.send<ChatBody>(
        'PATCH',
        `/chats/${talk.id}`,
        { name: 'Ours' },
        { 'if-match': `"${talk.id}@v${version}"` },
      );
    expectError(await change(7), 412, 'version_conflict');
    expect((await change(1)).body).toMatchObject({
      name: 'Ours',
      version: 2,
      permits: { risks: ['read'], sensitive: false },
    });
    const { body: project } = await server.client.post<{ id: string }>('/projects', { name: 'Other' });
    expect((await server.client.post('/chats/move', { chats: [talk.id], projectId: project.id })).status).toBe(204);
    expectError(await server.client.get(`/chats/${talk.id}`), 404, 'not_found');
    const there = { 'x-datamaker-project': project.id };
    expect((await server.client.get(`/chats/${talk.id}`, there)).status).toBe(200);
    expectError(await server.client.delete(`/projects/${project.id}`), 409, 'conflict');
  });

  it('uses no tool that is turned off, for the whole workspace', async () => {
    const { body } = await server.client.get<Permissions>('/agent/permissions');
    expect(body.model).toBe('claude-haiku-4-5');
    expect(body.tools.find(({ tool }) => tool === 'push_to_connection')).toMatchObject({
      permission: 'ask',
      isDefault: true,
    });
    const set = (permission: string | null) =>
      server.client.send<Permissions>('PUT', '/agent/permissions/list_templates', { permission });
    expect((await set('off')).body.tools.find(({ tool }) => tool === 'list_templates')?.permission).toBe('off');
    model.follow([{ calls: [LOOK] }, { text: 'no' }]);
    const talk = await begin();
    expect(only(await talk.say('look'), 'result').error?.code).toBe('tool_off');
    await set(null);
    expectError(
      await server.client.send('PUT', '/agent/permissions/mint_key', { permission: 'allow' }),
      404,
      'not_found',
    );
  });
});
