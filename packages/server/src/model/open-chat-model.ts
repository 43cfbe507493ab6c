import type { ChatModel, ModelMessage, ModelPart, ModelStep } from './chat-model.ts';
import { ModelError } from './chat-model.ts';
import { isNotSpoken, type KnownModel, languageModel } from './language-model.ts';
import type { ModelProtocol, ModelSettings } from './model-settings.ts';

type CallOptions = Parameters<KnownModel['doStream']>[0];
type Prompt = CallOptions['prompt'];

/** So often the same step is asked for before its failure is told. */
const TRIES = 4;
const FIRST_WAIT_MS = 500;
/** Nobody waits longer for an endpoint, whatever it asks for. */
const MOST_WAIT_MS = 20_000;
/** A model that says nothing for so long says nothing more. */
const SILENCE_MS = 60_000;

/** How long is waited; tests wait less. */
export interface ChatModelTimes {
  readonly firstWaitMs?: number;
  readonly silenceMs?: number;
}

/**
 * The model of the settings, to talk to. What may pass by itself is tried again, with pauses that double; nothing is loaded or
 * connected before the first step.
 */
export function openChatModel(settings: ModelSettings, times: ChatModelTimes = {}): ChatModel {
  const { firstWaitMs = FIRST_WAIT_MS, silenceMs = SILENCE_MS } = times;
  let spoken = settings.protocol;
  const once = async function* (step: ModelStep): AsyncGenerator<ModelPart> {
    const tries: readonly ModelProtocol[] = spoken === undefined ? ['anthropic', 'openai'] : [spoken];
    for (const [index, protocol] of tries.entries()) {
      try {
        yield* stream(await languageModel(settings, protocol), step, silenceMs);
        spoken = protocol;
        return;
      } catch (error) {
        if (index === tries.length - 1 || !isNotSpoken(error)) throw error;
      }
    }
  };
  return {
    name: settings.model,
    step: async function* (step) {
      for (let tried = 1; ; tried += 1) {
        try {
          yield* once(step);
          return;
        } catch (error) {
          step.signal.throwIfAborted();
          const told = toModelError(error);
          if (!told.mayPass || tried === TRIES) throw told;
          const waitMs = Math.min(MOST_WAIT_MS, told.waitMs ?? firstWaitMs * 2 ** (tried - 1) * (1 + Math.random()));
          yield { type: 'again', problem: told.message, waitMs: Math.round(waitMs) };
          await pause(waitMs, step.signal);
        }
      }
    },
  };
}

async function* stream(model: KnownModel, step: ModelStep, silenceMs: number): AsyncGenerator<ModelPart> {
  const silence = new AbortController();
  const tooSlow = (): void => silence.abort(SLOW);
  let timer = setTimeout(tooSlow, silenceMs);
  try {
    const { stream: parts } = await model.doStream({
      prompt: promptOf(step),
      maxOutputTokens: step.maxTokens,
      abortSignal: AbortSignal.any([step.signal, silence.signal]),
      ...(step.tools.length === 0 ? {} : { tools: toolsOf(step) }),
    });
    for await (const part of parts) {
      clearTimeout(timer);
      timer = setTimeout(tooSlow, silenceMs);
      if (part.type === 'error') throw part.error;
      if (part.type === 'text-delta') yield { type: 'text', text: part.delta };
      if (part.type === 'tool-call') {
        yield { type: 'call', call: { id: part.toolCallId, name: part.toolName, input: part.input } };
      }
      if (part.type !== 'finish') continue;
      if (part.finishReason.unified === 'interrupted' || part.finishReason.unified === 'error') throw CUT_OFF;
      const { inputTokens, outputTokens } = part.usage;
      yield {
        type: 'end',
        inputTokens: countOf(inputTokens.total),
        outputTokens: countOf(outputTokens.total),
        isCut: part.finishReason.unified === 'length',
      };
      return;
    }
    throw CUT_OFF;
  } catch (error) {
    throw silence.signal.aborted ? SLOW : error;
  } finally {
    clearTimeout(timer);
  }
}

/** What an endpoint says it has counted. */
const countOf = (said: number | undefined): number =>
  Number.isSafeInteger(said) && (said as number) > 0 ? (said as number) : 0;

const toolsOf = ({ tools }: ModelStep): NonNullable<CallOptions['tools']> =>
  tools.map(({ name, description, schema }) => ({
    type: 'function',
    name,
    description,
    inputSchema: schema as never,
  }));

function promptOf({ instructions, messages }: ModelStep): Prompt {
  return [{ role: 'system', content: instructions }, ...messages.map(messageOf)];
}

function messageOf(message: ModelMessage): Prompt[number] {
  if (message.role === 'user') return { role: 'user', content: [{ type: 'text', text: message.text }] };
  if (message.role === 'tool') {
    return {
      role: 'tool',
      content: message.results.map(({ id, name, text, isError }) => ({
        type: 'tool-result',
        toolCallId: id,
        toolName: name,
        output: { type: isError ? 'error-text' : 'text', value: text },
      })),
    };
  }
  return {
    role: 'assistant',
    content: [
      ...(message.text === '' ? [] : [{ type: 'text' as const, text: message.text }]),
      ...message.calls.map(({ id, name, input }) => ({
        type: 'tool-call' as const,
        toolCallId: id,
        toolName: name,
        input: objectOf(input),
      })),
    ],
  };
}

/** What a model wrote that is no object goes back to it as one: endpoints take nothing else. */
function objectOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch {}
  return { not_json: text.slice(0, 1000) };
}

const CUT_OFF = new ModelError('model_cut_off', 'the model stopped in the middle of its answer', {
  hint: 'say it again',
  mayPass: true,
});
const SLOW = new ModelError('model_too_slow', 'the model said nothing for a long time', {
  hint: 'say it again later, or use another model',
  mayPass: true,
});

/** What went wrong, without what was sent: errors of the libraries carry the request. */
function toModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  const { statusCode: status, responseHeaders } = error as {
    readonly statusCode?: number;
    readonly responseHeaders?: Readonly<Record<string, string>>;
  };
  if (status === undefined) {
    const hint = 'see that its endpoint runs, and that DATAMAKER_MODEL_URL is right';
    return new ModelError('model_unreachable', 'the model cannot be reached, or broke the connection off', {
      hint,
      mayPass: true,
    });
  }
  const message = `the model answered with status ${status}`;
  if (status === 429 || status === 529) {
    const seconds = Number(responseHeaders?.['retry-after']);
    const waitMs = responseHeaders?.['retry-after'] !== undefined && seconds >= 0 ? seconds * 1000 : undefined;
    return new ModelError('model_busy', message, { hint: 'wait a little and say it again', mayPass: true, waitMs });
  }
  if (status >= 500 || status === 408) {
    return new ModelError('model_unreachable', message, { hint: 'wait a little and say it again', mayPass: true });
  }
  const hint =
    status === 401 || status === 403
      ? 'the key of the model is wrong: set ANTHROPIC_API_KEY or DATAMAKER_MODEL_KEY'
      : status === 404
        ? 'see that DATAMAKER_MODEL and DATAMAKER_MODEL_URL are right'
        : 'begin a new chat, or ask for less at a time';
  return new ModelError('model_refused', message, { hint, mayPass: false });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', over);
      resolve();
    }, ms);
    signal.addEventListener('abort', over, { once: true });
  });
}
