/** Where a language model answers, and how it is asked. */
export interface ModelSettings {
  /** Base of the endpoint, up to and with `/v1`. */
  readonly url: string;
  readonly key: string | undefined;
  /** Name of the model, as its endpoint calls it. */
  readonly model: string;
  /** Which of the two wire formats it speaks; undefined: both are tried once. */
  readonly protocol: ModelProtocol | undefined;
  /** Milliseconds after which an answer is no longer waited for. */
  readonly timeoutMs: number;
}

/** The Messages API of Anthropic, or the chat completions of OpenAI, which many servers speak. */
export type ModelProtocol = 'anthropic' | 'openai';

const ANTHROPIC = 'https://api.anthropic.com/v1';
const ANTHROPIC_MODEL = 'claude-haiku-4-5';
const DEFAULT_TIMEOUT_MS = 8000;
const MAX_TIMEOUT_MS = 120_000;

/**
 * The model that the environment names; undefined when none is, and then none is ever asked.
 * @throws TypeError naming the variable, when one cannot be right
 */
export function readModelSettings(environment: NodeJS.ProcessEnv): ModelSettings | undefined {
  const url = environment['DATAMAKER_MODEL_URL']?.trim() || undefined;
  const anthropicKey = environment['ANTHROPIC_API_KEY']?.trim() || undefined;
  if (url === undefined && anthropicKey === undefined) return undefined;
  return {
    url: url === undefined ? ANTHROPIC : baseOf(url),
    key: environment['DATAMAKER_MODEL_KEY']?.trim() || anthropicKey,
    model: environment['DATAMAKER_MODEL']?.trim() || ANTHROPIC_MODEL,
    protocol: url === undefined ? 'anthropic' : protocolOf(url, environment['DATAMAKER_MODEL_PROTOCOL']?.trim()),
    timeoutMs: timeoutOf(environment['DATAMAKER_MODEL_TIMEOUT_MS']?.trim()),
  };
}

/** People give the base, the base with its version, or the whole path of a call. */
function baseOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new TypeError('DATAMAKER_MODEL_URL must be an http or https URL, such as http://localhost:11434/v1');
  }
  const path = url.replace(/\/+$/, '').replace(/\/(messages|chat\/completions)$/, '');
  return /\/v\d+(beta\d*)?(\/|$)/.test(new URL(path).pathname) ? path : `${path}/v1`;
}

function protocolOf(url: string, named: string | undefined): ModelProtocol | undefined {
  if (named === 'anthropic' || named === 'openai') return named;
  if (named !== undefined && named !== '') {
    throw new TypeError('DATAMAKER_MODEL_PROTOCOL must be anthropic or openai');
  }
  if (/\/messages\/*$/.test(url)) return 'anthropic';
  return /\/chat\/completions\/*$/.test(url) ? 'openai' : undefined;
}

function timeoutOf(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_TIMEOUT_MS;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_TIMEOUT_MS) return value;
  throw new TypeError(`DATAMAKER_MODEL_TIMEOUT_MS must be a whole number of milliseconds, 1 to ${MAX_TIMEOUT_MS}`);
}
