/** How much a turn of a chat may use up before it ends. */
export interface AgentSettings {
  /** Answers of the model. */
  readonly maxSteps: number;
  /** Tokens, in and out, as the endpoint counts them. */
  readonly maxTokens: number;
  /** In the currency of the prices; undefined: no limit. */
  readonly maxCost: number | undefined;
  /** Of a million tokens; 0: not known. */
  readonly priceIn: number;
  readonly priceOut: number;
}

export const AGENT_DEFAULTS: AgentSettings = {
  maxSteps: 25,
  maxTokens: 500_000,
  maxCost: undefined,
  priceIn: 0,
  priceOut: 0,
};

/** In the mode `chat`: a question or two to the tools, and the answer. */
export const CHAT_STEPS = 4;

const READERS = {
  DATAMAKER_AGENT_MAX_STEPS: { name: 'maxSteps', most: 1000, isWhole: true },
  DATAMAKER_AGENT_MAX_TOKENS: { name: 'maxTokens', most: 1_000_000_000, isWhole: true },
  DATAMAKER_AGENT_MAX_COST: { name: 'maxCost', most: 1_000_000, isWhole: false },
  DATAMAKER_MODEL_PRICE_IN: { name: 'priceIn', most: 1_000_000, isWhole: false },
  DATAMAKER_MODEL_PRICE_OUT: { name: 'priceOut', most: 1_000_000, isWhole: false },
} as const;

/** Settings of the agent from variables of the environment. @throws TypeError naming the variable that cannot be right */
export function readAgentSettings(environment: NodeJS.ProcessEnv): AgentSettings {
  const settings: { -readonly [name in keyof AgentSettings]: AgentSettings[name] } = { ...AGENT_DEFAULTS };
  for (const [variable, { name, most, isWhole }] of Object.entries(READERS)) {
    const text = environment[variable]?.trim() ?? '';
    if (text === '') continue;
    const value = Number(text);
    const isRight = (isWhole ? /^\d{1,10}$/ : /^\d{1,7}(\.\d{1,9})?$/).test(text) && value > 0 && value <= most;
    if (!isRight)
      throw new TypeError(`${variable} must be a ${isWhole ? 'whole ' : ''}number above 0, at most ${most}`);
    settings[name] = value;
  }
  return settings;
}
