import type { TurnState } from '../chat-kinds.ts';
import { newId } from '../ids.ts';
import { type ChatModel, type ModelCall, ModelError, type ModelTool } from '../model/chat-model.ts';
import { addChatEvents, lastEvents } from '../store/chat-events.ts';
import { asHolder, countUse, endOf, endTurn } from '../store/chat-turns.ts';
import { type AgentSettings, CHAT_STEPS } from './agent-settings.ts';
import { type EventOf, event } from './chat-events.ts';
import { TextWriter, TurnLost } from './event-writer.ts';
import { handleCall } from './handle-call.ts';
import { instructionsFor } from './instructions.ts';
import { readTranscript, type Transcript } from './transcript.ts';
import type { TurnSurroundings } from './turn-surroundings.ts';

/** Of what was said before a model is told so much at most. */
const MOST_EVENTS = 4000;
const MOST_BYTES = 1024 * 1024;
/** Of one answer of a model. */
const MOST_TEXT = 256 * 1024;
const MOST_CALLS = 16;
const MOST_ARGUMENTS = 256 * 1024;
const MAX_TOKENS = 8192;

export interface Turn extends TurnSurroundings {
  readonly model: ChatModel;
  readonly settings: AgentSettings;
  /** What the model may name. */
  readonly offered: readonly ModelTool[];
  /** Called when something was noted. */
  readonly told: () => void;
}

/** Why somebody wants a turn to end. */
export class StopAsked extends Error {}

/**
 * Goes on with a turn from what is stored of it, until it has ended or waits for somebody. One step is an answer of the model; each
 * call and each result is stored before the next thing is done, so nothing is in memory alone.
 */
export async function runTurn(turn: Turn): Promise<void> {
  try {
    for (;;) {
      turn.signal.throwIfAborted();
      const transcript = await transcriptOf(turn);
      const [next] = transcript.pending;
      if (next !== undefined) {
        const outcome = await handleCall(next, transcript, turn);
        turn.told();
        if (outcome === 'paused') return;
        continue;
      }
      const why = await overBudget(turn);
      if (why !== undefined) return await end(turn, 'failed', why);
      if ((await step(turn, transcript)) === 0) return await end(turn, 'done');
    }
  } catch (error) {
    if (error instanceof TurnLost) return;
    const { reason } = turn.signal;
    if (turn.signal.aborted) {
      if (reason instanceof TurnLost) return;
      if (reason instanceof StopAsked) return await end(turn, 'stopped');
      return await end(turn, 'lost', {
        code: 'server_stopped',
        message: 'the server was stopped while it worked on this',
        hint: 'say how to go on',
      });
    }
    if (error instanceof ModelError) {
      return await end(turn, 'failed', { code: error.code, message: error.message, hint: error.hint });
    }
    turn.onFault(error);
    await end(turn, 'failed', {
      code: 'internal_error',
      message: 'something went wrong in the server',
      hint: 'say it again; if it goes wrong again, quote the request id',
    });
  }
}

async function transcriptOf({ tenant, turn }: Turn): Promise<Transcript> {
  return readTranscript(await lastEvents(tenant, turn.chatId, MOST_EVENTS, MOST_BYTES), turn.id);
}

/** Asks the model for one answer and notes it. @returns how many calls it wants */
async function step(turn: Turn, transcript: Transcript): Promise<number> {
  const { model, tenant, settings, signal } = turn;
  const writer = new TextWriter(tenant, turn.turn, turn.told);
  let calls: ModelCall[] = [];
  let length = 0;
  let used = { inputTokens: 0, outputTokens: 0 };
  const { messages } = transcript;
  const given = {
    instructions: instructionsFor(turn.mode),
    messages,
    tools: turn.offered,
    maxTokens: MAX_TOKENS,
    signal,
  };
  for await (const part of model.step(given)) {
    signal.throwIfAborted();
    if (part.type === 'text') {
      length += part.text.length;
      if (length > MOST_TEXT) throw TOO_LONG;
      writer.add(event('text', { text: part.text }));
    } else if (part.type === 'call') {
      if (calls.length === MOST_CALLS || part.call.input.length > MOST_ARGUMENTS) throw TOO_LONG;
      // Ids are the server's own: what a model names cannot be another call's.
      calls.push({ ...part.call, id: newId('call') });
    } else if (part.type === 'again') {
      calls = [];
      length = 0;
      writer.add(event('again', { problem: part.problem, wait_ms: part.waitMs }));
    } else used = part;
  }
  await writer.flush();
  const { chatId, workspaceId, id: turnId } = turn.turn;
  const cost = (used.inputTokens * settings.priceIn + used.outputTokens * settings.priceOut) / 1_000_000;
  const noted = await asHolder(tenant, turn.turn, async (tx, now) => {
    await countUse(tx, turn.turn, { ...used, cost });
    const counted = {
      input_tokens: used.inputTokens,
      output_tokens: used.outputTokens,
      turn_tokens: now.tokens + used.inputTokens + used.outputTokens,
      turn_cost: now.cost + cost,
    };
    const wanted = calls.map(({ id, name, input }) =>
      event('call', {
        id,
        tool: name.slice(0, 80),
        arguments: argumentsOf(input),
        risk: turn.tools.find((tool) => tool.name === name)?.risk ?? null,
      }),
    );
    await addChatEvents(tx, { chatId, workspaceId, turnId }, [event('usage', counted), ...wanted]);
    return true;
  });
  if (noted === undefined) throw new TurnLost();
  turn.told();
  return calls.length;
}

const TOO_LONG = new ModelError('model_refused', 'the model says more at a time than is taken', {
  hint: 'ask for less at a time',
  mayPass: false,
});

/** As an object; what is none stays the text that it is, for the model to see. */
function argumentsOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 4096);
  }
}

/** Why the turn has to end before the model is asked again; undefined: it has not. */
async function overBudget({ tenant, turn, mode, settings }: Turn): Promise<EventOf<'error'> | undefined> {
  const now = await asHolder(tenant, turn, async (_tx, held) => held);
  if (now === undefined) throw new TurnLost();
  const maxSteps = mode === 'chat' ? Math.min(CHAT_STEPS, settings.maxSteps) : settings.maxSteps;
  const over =
    now.steps >= maxSteps
      ? `${maxSteps} steps`
      : now.tokens >= settings.maxTokens
        ? `${settings.maxTokens} tokens`
        : settings.maxCost !== undefined && now.cost >= settings.maxCost
          ? `a cost of ${settings.maxCost}`
          : undefined;
  if (over === undefined) return undefined;
  return {
    code: 'budget_exceeded',
    message: `the turn has used what one may use: ${over}`,
    hint: 'look at what is done, and say how to go on',
  };
}

async function end(
  turn: Turn,
  state: Exclude<TurnState, 'running' | 'waiting'>,
  error?: EventOf<'error'>,
): Promise<void> {
  const { chatId, workspaceId, id: turnId } = turn.turn;
  await asHolder(turn.tenant, turn.turn, async (tx) => {
    await endTurn(tx, turnId, state);
    const events = error === undefined ? [] : [event('error', error)];
    await addChatEvents(tx, { chatId, workspaceId, turnId }, [...events, endOf(state)]);
  });
  turn.told();
}
