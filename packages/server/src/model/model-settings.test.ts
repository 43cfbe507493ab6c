import { describe, expect, it } from 'vitest';
import { readModelSettings } from './model-settings.ts';

describe('settings of a model', () => {
  it('are none unless the environment names one', () => {
    expect(readModelSettings({})).toBeUndefined();
    expect(readModelSettings({ ANTHROPIC_API_KEY: ' ', DATAMAKER_MODEL_URL: '' })).toBeUndefined();
  });

  it('are those of Anthropic when only its key is given', () => {
    expect(readModelSettings({ ANTHROPIC_API_KEY: 'k' })).toMatchObject({
      url: 'https://api.anthropic.com/v1',
      key: 'k',
      protocol: 'anthropic',
      timeoutMs: 8000,
    });
  });

  it.each([
    ['http://localhost:11434', 'http://localhost:11434/v1', undefined],
    ['http://localhost:11434/v1/', 'http://localhost:11434/v1', undefined],
    ['https://gate.example/llm/v1/messages', 'https://gate.example/llm/v1', 'anthropic'],
    ['https://gate.example/v1/chat/completions', 'https://gate.example/v1', 'openai'],
    ['https://gate.example/v1beta/openai', 'https://gate.example/v1beta/openai', undefined],
  ])('take the URL %s', (given, url, protocol) => {
    expect(readModelSettings({ DATAMAKER_MODEL_URL: given })).toMatchObject({ url, protocol });
  });

  it.each([
    [{ DATAMAKER_MODEL_URL: 'ftp://x' }, 'DATAMAKER_MODEL_URL'],
    [{ DATAMAKER_MODEL_URL: 'nonsense' }, 'DATAMAKER_MODEL_URL'],
    [{ DATAMAKER_MODEL_URL: 'http://x', DATAMAKER_MODEL_PROTOCOL: 'soap' }, 'DATAMAKER_MODEL_PROTOCOL'],
    [{ ANTHROPIC_API_KEY: 'k', DATAMAKER_MODEL_TIMEOUT_MS: '1.5' }, 'DATAMAKER_MODEL_TIMEOUT_MS'],
  ])('%j are refused by name', (environment, name) => {
    expect(() => readModelSettings(environment)).toThrow(name);
  });
});
