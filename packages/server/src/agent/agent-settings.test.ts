import { expect, it } from 'vitest';
import { AGENT_DEFAULTS, readAgentSettings } from './agent-settings.ts';

it('settings of the agent are read from the environment, and named where they cannot be right', () => {
  expect(readAgentSettings({})).toEqual(AGENT_DEFAULTS);
  const given = { DATAMAKER_AGENT_MAX_STEPS: '7', DATAMAKER_MODEL_PRICE_IN: ' 0.8 ', DATAMAKER_AGENT_MAX_COST: '' };
  expect(readAgentSettings(given)).toEqual({ ...AGENT_DEFAULTS, maxSteps: 7, priceIn: 0.8 });
  for (const [name, value] of [
    ['DATAMAKER_AGENT_MAX_STEPS', '0'],
    ['DATAMAKER_AGENT_MAX_STEPS', '1.5'],
    ['DATAMAKER_AGENT_MAX_TOKENS', 'many'],
    ['DATAMAKER_AGENT_MAX_COST', '-1'],
  ] as const) {
    expect(() => readAgentSettings({ [name]: value })).toThrow(name);
  }
});
