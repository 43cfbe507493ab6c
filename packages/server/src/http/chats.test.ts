import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, only, said, Talk, talkingTo } from '../testing/chats.ts';
import { type ScriptedModel, startScriptedModel } from '../testing/scripted-model.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

describe('a chat over HTTP', () => {
  let model: ScriptedModel;
  let server: TestServer;
  beforeAll(async () => {
    model = await startScriptedModel();
    server = await startOn('bundled', talkingTo(model));
  });
  afterAll(async () => {
    await server?.close();
    await model?.close();
  });
  const begin = (body: object = {}) => Talk.begin(server.client, server.key, body);

  it('streams what a model says, calls the tools it names with the rights of the author, and stores all of it', async () => {
    const template = await server.client.create([{ name: 'id', type: 'sequence' }], 'Customers');
    model.follow([
      { text: ['I look', ' first.'], calls: [{ name: 'list_templates' }] },
      ((request) => request)({ text: 'There is one.' }),
    ]);
    const talk = await begin();
    const events = await talk.say('Which templates are there?');
    expect(said(events)).toBe('I look first.There is one.');
    expect(only(events, 'call')).toMatchObject({ tool: 'list_templates', arguments: {}, risk: 'read' });
    expect(only(events, 'result')).toMatchObject({ ok: true });
    expect(JSON.stringify(only(events, 'result'))).toContain(template);
    expect(only(events, 'done')).toEqual({ state: 'done' });
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(await talk.follow()).toEqual(events);
    expect(await talk.follow(4)).toEqual(events.slice(4));
    expect(all(events, 'usage')).toHaveLength(2);
    expect(await talk.get()).toMatchObject({
      name: 'Which templates are there?',
      mode: 'agent',
      usage: { input_tokens: 20, output_tokens: 10, model_calls: 2 },
      turn: { state: 'done', steps: 2 },
    });
  });
});
