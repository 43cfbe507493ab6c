import { afterEach, describe, expect, it } from 'vitest';
import { type ScriptedModel, type ScriptedReply, startScriptedModel } from '../testing/scripted-model.ts';
import type { ModelPart, ModelStep } from './chat-model.ts';
import { readModelSettings } from './model-settings.ts';
import { openChatModel } from './open-chat-model.ts';

const STEP: Omit<ModelStep, 'signal'> = {
  instructions: 'be brief',
  messages: [
    { role: 'user', text: 'look' },
    { role: 'assistant', text: 'I look', calls: [{ id: 'call_a', name: 'look_up', input: '{"id":1}' }] },
    { role: 'tool', results: [{ id: 'call_a', name: 'look_up', text: '{"found":true}', isError: false }] },
  ],
  tools: [
    { name: 'look_up', description: 'Looks.', schema: { type: 'object', properties: { id: { type: 'integer' } } } },
  ],
  maxTokens: 100,
};

describe.each(['anthropic', 'openai'] as const)('a model to talk to, over the protocol of %s', (protocol) => {
  let scripted: ScriptedModel | undefined;
  afterEach(() => scripted?.close());
  const ask = async (script: readonly ScriptedReply[], times = {}, signal = new AbortController().signal) => {
    scripted = await startScriptedModel(protocol);
    scripted.follow(script);
    const settings = readModelSettings({ DATAMAKER_MODEL_URL: scripted.url, DATAMAKER_MODEL_KEY: 'canary-key' });
    const model = openChatModel(settings as NonNullable<typeof settings>, { firstWaitMs: 1, ...times });
    const parts: ModelPart[] = [];
    for await (const part of model.step({ ...STEP, signal })) parts.push(part);
    return parts;
  };

  it('tells in pieces what it says, what it wants to be called, and what it counts', async () => {
    const parts = await ask([{ text: ['a', 'b'], calls: [{ name: 'look_up', input: { id: 2 } }], usage: [7, 3] }]);
    expect(parts).toMatchObject([
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
      { type: 'call', call: { name: 'look_up', input: '{"id":2}' } },
      { type: 'end', inputTokens: 7, outputTokens: 3, isCut: false },
    ]);
    const [asked] = scripted?.requests ?? [];
    expect(asked?.body).toContain('found');
    expect(asked?.body).toContain('be brief');
    expect(asked?.body).not.toContain('canary-key');
    expect(JSON.stringify(asked?.headers)).toContain('canary-key');
  });

  it.each<[string, ScriptedReply]>([
    ['a rate limit', { status: 429, retryAfter: '0' }],
    ['an error of its own', { status: 500 }],
    ['a connection that is dropped', 'drop'],
    ['an answer that breaks off', { text: 'half', breaks: true }],
  ])('is asked again after %s, and says that what came before is void', async (_, failure) => {
    const parts = await ask([failure, failure, { text: 'whole' }]);
    const after = parts.slice(parts.findLastIndex(({ type }) => type === 'again') + 1);
    expect(after).toMatchObject([{ type: 'text', text: 'whole' }, { type: 'end' }]);
    expect(parts.filter(({ type }) => type === 'again')).toHaveLength(2);
  });

  it('is not asked for ever, and what is wrong is told without what was sent', async () => {
    const failed = ask(Array(9).fill({ status: 503 }));
    await expect(failed).rejects.toMatchObject({
      code: 'model_unreachable',
      message: 'the model answered with status 503',
    });
    expect(scripted?.requests).toHaveLength(4);
  });

  it('is not asked again where that is of no use', async () => {
    await expect(ask([{ status: 401 }])).rejects.toMatchObject({ code: 'model_refused' });
    expect(scripted?.requests).toHaveLength(1);
  });

  it('is left when it says nothing, or when nobody wants to hear it', async () => {
    await expect(ask(Array(4).fill('never'), { silenceMs: 20 })).rejects.toMatchObject({ code: 'model_too_slow' });
    await scripted?.close();
    await expect(ask(['never'], {}, AbortSignal.timeout(20))).rejects.toThrow('timeout');
  });
});
