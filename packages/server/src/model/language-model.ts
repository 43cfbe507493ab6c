import type { LanguageModel } from 'ai';
import type { ModelProtocol, ModelSettings } from './model-settings.ts';

/** A model as the library knows it. */
export type KnownModel = Exclude<LanguageModel, string> & { readonly specificationVersion: 'v4' };

/** The model of the settings, spoken to in a protocol. What speaks it is loaded when it is needed. */
export async function languageModel({ url, key, model }: ModelSettings, protocol: ModelProtocol): Promise<KnownModel> {
  if (protocol === 'anthropic') {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    return createAnthropic({ baseURL: url, apiKey: key ?? 'none' })(model);
  }
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  return createOpenAICompatible({
    name: 'model',
    baseURL: url,
    includeUsage: true,
    ...(key === undefined ? {} : { apiKey: key }),
  })(model);
}

/** Endpoints that do not speak a protocol answer its path with one of these. */
const NOT_SPOKEN = new Set([404, 405, 501]);

/** Whether an error says that an endpoint does not speak a protocol. */
export const isNotSpoken = (error: unknown): boolean =>
  NOT_SPOKEN.has((error as { statusCode?: number } | undefined)?.statusCode ?? 0);
