import { afterEach, describe, expect, it } from 'vitest';
import { type FakeModel, type FakeModelOptions, startFakeModel } from '../testing/fake-model.ts';
import { readModelSettings } from './model-settings.ts';
import { openModel } from './open-model.ts';

const question = { instructions: 'be brief', prompt: 'hello', maxTokens: 50 };

describe('a model', () => {
  let fake: FakeModel | undefined;
  const ask = async (options: FakeModelOptions, environment: NodeJS.ProcessEnv = {}) => {
    fake = await startFakeModel(options);
    const settings = readModelSettings({ DATAMAKER_MODEL_URL: fake.url, ...environment });
    return openModel(settings as NonNullable<typeof settings>);
  };
  afterEach(() => fake?.close());

  it('is asked over the Messages API', async () => {
    const model = await ask({ answer: (prompt) => `${prompt} yourself` }, { ANTHROPIC_API_KEY: 'canary-key' });
    expect(await model(question)).toBe('hello yourself');
    expect(fake?.requests.map(({ path }) => path)).toEqual(['/v1/messages']);
    expect(fake?.requests[0]?.headers['x-api-key']).toBe('canary-key');
    expect(JSON.parse(fake?.requests[0]?.body ?? '')).toMatchObject({ max_tokens: 50, system: [{ text: 'be brief' }] });
  });

  it('is asked over chat completions where it does not speak Messages, and from then on at once', async () => {
    const model = await ask({ answer: () => 'yes', protocols: ['openai'] }, { DATAMAKER_MODEL_KEY: 'k' });
    expect([await model(question), await model(question)]).toEqual(['yes', 'yes']);
    expect(fake?.requests.map(({ path }) => path)).toEqual([
      '/v1/messages',
      '/v1/chat/completions',
      '/v1/chat/completions',
    ]);
    expect(fake?.requests[1]?.headers.authorization).toBe('Bearer k');
  });

  it('that does not answer is not waited for', async () => {
    const model = await ask({ answer: () => 'never' }, { DATAMAKER_MODEL_TIMEOUT_MS: '50' });
    await expect(model(question)).rejects.toThrow('the model did not answer in time');
  });

  it('that fails says how, and shows neither key nor question', async () => {
    const model = await ask({ answer: () => 500 }, { ANTHROPIC_API_KEY: 'canary-key' });
    const error = await model(question).catch((thrown: Error) => thrown);
    expect(String(error)).toBe('Error: the model answered with status 500');
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/canary|hello|127\.0\.0\.1/);
  });

  it('that is not there cannot be reached', async () => {
    const model = await ask({ answer: () => 'yes' });
    await fake?.close();
    await expect(model(question)).rejects.toThrow('the model cannot be reached');
  });
});
