import { isNotSpoken, languageModel } from './language-model.ts';
import type { ModelProtocol, ModelSettings } from './model-settings.ts';

/** What a model is told, and what it is asked. */
export interface Question {
  readonly instructions: string;
  readonly prompt: string;
  /** Most tokens of the answer. */
  readonly maxTokens: number;
}

/**
 * Asks a model and gives the text of its answer.
 * @throws Error when it does not answer, or not in time; the message shows neither key nor endpoint
 */
export type AskModel = (question: Question) => Promise<string>;

/** A way to ask the model of the settings. Nothing is loaded or connected before the first question. */
export function openModel(settings: ModelSettings): AskModel {
  let spoken = settings.protocol;
  return async (question) => {
    const tries: readonly ModelProtocol[] = spoken === undefined ? ['anthropic', 'openai'] : [spoken];
    const signal = AbortSignal.timeout(settings.timeoutMs);
    for (const [index, protocol] of tries.entries()) {
      try {
        const text = await ask(settings, protocol, question, signal);
        spoken = protocol;
        return text;
      } catch (error) {
        if (index === tries.length - 1 || !isNotSpoken(error)) throw plain(error, signal);
      }
    }
    throw new Error('the model was not asked');
  };
}

async function ask(
  settings: ModelSettings,
  protocol: ModelProtocol,
  { instructions, prompt, maxTokens }: Question,
  abortSignal: AbortSignal,
): Promise<string> {
  const { generateText } = await import('ai');
  const model = await languageModel(settings, protocol);
  const result = await generateText({
    model,
    instructions,
    prompt,
    maxOutputTokens: maxTokens,
    maxRetries: 0,
    abortSignal,
  });
  return result.text;
}

/** What went wrong, without what was sent: errors of the libraries carry the request. */
function plain(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return new Error('the model did not answer in time');
  const status = (error as { statusCode?: number }).statusCode;
  return new Error(status === undefined ? 'the model cannot be reached' : `the model answered with status ${status}`);
}
