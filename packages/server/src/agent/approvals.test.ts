import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import type { Store } from '../store/open-store.ts';
import { all, only, type SeenEvent, Talk, talkingTo } from '../testing/chats.ts';
import { expectError, type ListBody } from '../testing/client.ts';
import { join } from '../testing/people.ts';
import { givenBy, type ScriptedModel, startScriptedModel } from '../testing/scripted-model.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

describe('an approval', () => {
  let model: ScriptedModel;
  let server: TestServer;
  let store: Store;
  let target: PostgresServer;
  let connection: string;
  let plain: string;
  let personal: string;
  beforeAll(async () => {
    [model, target] = [await startScriptedModel(), await startPostgres()];
    await target.query('CREATE TABLE rows_taken (number bigint, mail text)');
    server = await startOn('bundled', { ...talkingTo(model), privateTargets: ['127.0.0.1'] });
    store = await server.openDatabase();
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    const body = { name: 'Shop', type: 'postgres', url };
    connection = (await server.client.post<{ id: string }>('/connections', body)).body.id;
    plain = await server.client.create([{ name: 'number', type: 'sequence' }], 'Plain');
    personal = await server.client.create([{ name: 'mail', type: 'email' }], 'Personal');
  });
  beforeEach(() => target.query('TRUNCATE rows_taken'));
  const taken = async (): Promise<number> => (await target.query('SELECT FROM rows_taken')).length;
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
    await model?.close();
    await target?.stop();
  });

  /** Plans a push, pushes what was planned, and says that it did. */
  const pushing = (template: string, change: (next: object) => object = (next) => next): void =>
    model.follow((request, turn) => {
      if (turn === 0)
        return { calls: [{ name: 'plan_push', input: { template, connection, table: 'rows_taken', count: 3 } }] };
      const next = givenBy(request, 'plan_push')?.['next'] as object | undefined;
      if (turn === 1 && next !== undefined) return { calls: [{ name: 'push_to_connection', input: change(next) }] };
      return { text: 'That was it.' };
    });
  const asked = async (template = plain): Promise<{ talk: Talk; events: SeenEvent[]; id: string }> => {
    pushing(template);
    const talk = await Talk.begin(server.client, server.key);
    const events = await talk.say('Push three rows');
    return { talk, events, id: only(events, 'approval').id };
  };

  it('lets a call be made once, with the arguments that were shown, and says whose authority it was', async () => {
    const { talk, events, id } = await asked();
    const card = only(events, 'approval');
    expect(card).toMatchObject({ tool: 'push_to_connection', arguments: { connection, count: 3 } });
    expect((await talk.get()).turn?.state).toBe('waiting');
    expect(await taken()).toBe(0);
    const after = await talk.approve(events);
    expect(only(after, 'decision')).toMatchObject({ id, approved: true });
    expect(only(after, 'result').error).toBeUndefined();
    expect(only(after, 'result').tool).toBe('push_to_connection');
    expect(only(after, 'done')).toEqual({ state: 'done' });
    await until(async () => (await taken()) === 3);
    expectError(await talk.decide(id, 'approve'), 409, 'conflict');
    const { body } = await server.client.get<ListBody<{ action: string; details: object; personId: string }>>(
      `/audit?subject=${talk.id}`,
    );
    const acts = body.items.map(({ action }) => action);
    expect(acts.slice(0, 2)).toEqual(['agent.tool_called', 'chat.approved']);
    expect(body.items[0]?.details).toMatchObject({ outcome: 'ok', approval: id, tool: 'push_to_connection' });
  });

  it('that is refused leaves the call undone, and the model knows', async () => {
    const { talk, events, id } = await asked();
    expect((await talk.decide(id, 'refuse')).status).toBe(200);
    const after = await talk.follow(events.at(-1)?.id);
    expect(only(after, 'result').error?.code).toBe('not_approved');
    expect(only(after, 'done')).toEqual({ state: 'done' });
    expect(await taken()).toBe(0);
  });

  it('is nobody else’s to give, of no other chat, and over when it is too old', async () => {
    const { talk, id } = await asked();
    const admin = await join(server.client, 'admin');
    expectError(await talk.as(admin.client, admin.key).decide(id, 'approve'), 403, 'forbidden');
    const other = await Talk.begin(server.client, server.key);
    expectError(await other.decide(id, 'approve'), 404, 'not_found');
    await sql`UPDATE chat_approval SET expires_at = now() - interval '1 second' WHERE id = ${id}`.execute(store);
    expectError(await talk.decide(id, 'approve'), 409, 'conflict');
    await until(async () => (await talk.get()).turn?.state === 'stopped');
    expect(await taken()).toBe(0);
  });

  it('is used up by one of many who give it at once', async () => {
    const { talk, id } = await asked();
    const answers = await Promise.all(Array.from({ length: 5 }, () => talk.decide(id, 'approve')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409]);
    await until(async () => (await taken()) >= 3);
    await until(async () => (await talk.get()).turn?.state === 'done');
    expect(await taken()).toBe(3);
  });

  it('does not do for another call: what is called is what was shown, by its hash', async () => {
    const { talk, events, id } = await asked();
    // As if somebody had changed what was stored while the card was shown.
    await sql`UPDATE chat_event SET data = replace(data::text, '"count":3', '"count":4')::json
               WHERE chat_id = ${talk.id} AND type = 'call'`.execute(store);
    expect((await talk.decide(id, 'approve')).status).toBe(200);
    const after = await talk.follow(events.at(-1)?.id);
    expect(only(after, 'result').error?.code).toBe('approval_void');
    expect(await taken()).toBe(0);
  });

  it('is over when something else is said, when somebody stops, and for the next turn', async () => {
    const { talk, id } = await asked();
    model.follow([{ text: 'Fine.' }]);
    await talk.say('never mind');
    expectError(await talk.decide(id, 'approve'), 409, 'conflict');
    const second = await asked();
    await second.talk.stop();
    expectError(await second.talk.decide(second.id, 'approve'), 409, 'conflict');
    expect(await taken()).toBe(0);
  });

  it('is not needed where the workspace allows a tool, unless the chat has read what others wrote', async () => {
    const allow = (permission: string | null) =>
      server.client.send('PUT', '/agent/permissions/push_to_connection', { permission });
    expect((await allow('allow')).status).toBe(200);
    const { events } = await asked();
    // The plan has shown rows and names: whatever they say has no part in it.
    expect(only(events, 'approval').reason).toContain('data of others');
    await allow(null);
  });

  it('is worth nothing when the key is revoked by which the message was sent', async () => {
    const member = await join(server.client, 'member');
    pushing(plain);
    const talk = await Talk.begin(member.client, member.key);
    const events = await talk.say('Push');
    const { body: key } = await member.client.post<{ key: string }>('/keys', { name: 'second' });
    await server.client.delete(`/keys/${member.keyId}`);
    const again = talk.as(server.client.as(key.key), key.key);
    await again.decide(only(events, 'approval').id, 'approve');
    expect(only(await again.follow(events.at(-1)?.id), 'result').error?.code).toBe('unauthorized');
    expect(await taken()).toBe(0);
  });

  describe('and values of sensitive fields', () => {
    const generated = async (talk: Talk): Promise<string> => {
      model.follow([{ calls: [{ name: 'generate', input: { template: personal, count: 2 } }] }, { text: 'there' }]);
      const events = await talk.say('make two');
      return JSON.stringify(all(events, 'result'));
    };

    it('are shown and sent for owners', async () => {
      expect(await generated(await Talk.begin(server.client, server.key))).toContain('@');
      const { talk, events } = await asked(personal);
      await talk.approve(events);
      await until(async () => (await taken()) === 3);
    });

    it('are not for others, unless the author lets their chat', async () => {
      const member = await join(server.client, 'member');
      const talk = await Talk.begin(member.client, member.key);
      const text = await generated(talk);
      expect(text).toContain('[REDACTED]');
      expect(text).not.toContain('@');
      expect(model.requests.at(-1)?.body).not.toMatch(/\w@\w+\.\w/);
      pushing(personal);
      const refused = await talk.say('push to rows_taken');
      expect(all(refused, 'result').at(-1)?.error?.code).toBe('sensitive_refused');
      expect(all(refused, 'approval')).toEqual([]);
      expect((await member.client.patch(`/chats/${talk.id}`, { permits: { sensitive: true } })).status).toBe(200);
      pushing(personal);
      const events = await talk.say('push to rows_taken');
      await talk.approve(events);
      await until(async () => (await taken()) === 3);
      const { body } = await server.client.get<ListBody<{ details: object }>>(`/audit?action=chat.changed`);
      expect(body.items[0]).toMatchObject({ details: { permits: { sensitive: true } } });
    });
  });
});
