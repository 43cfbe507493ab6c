import type { ModelCall, ModelMessage, ModelResult } from '../model/chat-model.ts';
import type { StoredChatEvent } from '../store/chat-events.ts';
import type { ChatEvent } from './chat-events.ts';
import { shownToModel } from './shown-to-model.ts';

/** What was said and done in a chat, as a model is told it, and what is left to be done. */
export interface Transcript {
  readonly messages: readonly ModelMessage[];
  /** Calls of the last step that have no result yet, in order. */
  readonly pending: readonly ModelCall[];
  /** Approvals that were decided, by call. */
  readonly decisions: ReadonlyMap<string, { readonly id: string; readonly approved: boolean }>;
  /** Calls of the turn at hand, as `tool` and arguments, in order. */
  readonly made: readonly { readonly tool: string; readonly input: string }[];
}

const UNKNOWN =
  'the server went away before there was a result: whether the call was made is not known; look before doing it again';

/** Reads what is stored: the same events give the same transcript, whichever server asks. */
export function readTranscript(events: readonly StoredChatEvent[], turnId: string): Transcript {
  const messages: ModelMessage[] = [];
  const decisions = new Map<string, { id: string; approved: boolean }>();
  const made: { tool: string; input: string }[] = [];
  let text = '';
  let calls: ModelCall[] = [];
  let results = new Map<string, ModelResult>();
  const close = (): void => {
    if (text !== '' || calls.length > 0) messages.push({ role: 'assistant', text, calls });
    if (calls.length > 0) {
      const all = calls.map(
        ({ id, name }): ModelResult =>
          results.get(id) ?? {
            id,
            name,
            text: shownToModel.error({ code: 'unknown_outcome', message: UNKNOWN }),
            isError: true,
          },
      );
      messages.push({ role: 'tool', results: all });
    }
    text = '';
    calls = [];
    results = new Map();
  };
  const isAnswered = (): boolean => calls.length > 0 && calls.every(({ id }) => results.has(id));
  let isBegun = false;
  for (const stored of events) {
    const { type, data } = stored as unknown as ChatEvent;
    if (type === 'message') isBegun = true;
    // What is older than what is kept of the chat for the model begins in the middle of a turn.
    if (!isBegun) continue;
    switch (type) {
      case 'message':
        close();
        messages.push({ role: 'user', text: data.text });
        break;
      case 'text':
        if (isAnswered()) close();
        text += data.text;
        break;
      case 'again':
        text = '';
        break;
      case 'call':
        if (isAnswered()) close();
        calls.push({ id: data.id, name: data.tool, input: JSON.stringify(data.arguments) });
        if (stored.turnId === turnId) made.push({ tool: data.tool, input: JSON.stringify(data.arguments) });
        break;
      case 'result':
        results.set(data.id, {
          id: data.id,
          name: data.tool,
          text: data.ok
            ? shownToModel.result(data.result, data.untrusted, data.truncated)
            : shownToModel.error(data.error ?? {}),
          isError: !data.ok,
        });
        break;
      case 'decision':
        decisions.set(data.call, { id: data.id, approved: data.approved });
        break;
    }
  }
  const pending = calls.filter(({ id }) => !results.has(id));
  if (pending.length === 0) close();
  return { messages, pending, decisions, made };
}
