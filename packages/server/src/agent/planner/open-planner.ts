import { newId } from '../../ids.ts';
import type { ChatModel, ModelMessage, ModelPart } from '../../model/chat-model.ts';
import { HELP } from './help.ts';
import { readWish, type Wish } from './read-wish.ts';
import { tellResult } from './tell-result.ts';

/** What stands in for a model where there is none. */
export const PLANNER_NAME = 'built-in patterns';

/**
 * Reads everyday requests by patterns, proposes calls of tools, and says what came of them. It understands nothing: what it does not
 * recognise it answers with the list of what it can do. Like a model it knows only what was said, so it goes on after a restart.
 */
export function openPlanner(): ChatModel {
  return {
    name: PLANNER_NAME,
    step: async function* ({ messages, tools }) {
      const names = new Set(tools.map(({ name }) => name));
      yield* answer(messages, names);
      yield { type: 'end', inputTokens: 0, outputTokens: 0, isCut: false };
    },
  };
}

function* answer(messages: readonly ModelMessage[], tools: ReadonlySet<string>): Generator<ModelPart> {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const message = messages[last];
  if (message?.role !== 'user') return;
  const since = messages.slice(last + 1);
  const wish = readWish(message.text, messages.slice(0, last));
  if (wish === undefined) return yield text(HELP);
  const made = since.flatMap((one) => (one.role === 'assistant' ? one.calls : []));
  const results = since.flatMap((one) => (one.role === 'tool' ? one.results : []));
  const failed = results.find(({ isError }) => isError);
  if (failed !== undefined) return yield text(tellResult(failed));
  const next = nextOf(
    wish,
    results.map(({ text: said }) => said),
  );
  if (next === undefined) return yield text(results.map(tellResult).join('\n\n'));
  if (typeof next === 'string') return yield text(next);
  if (!tools.has(next.tool)) {
    return yield text(
      `That needs the tool ${next.tool}, which this chat does not have: begin one in the mode agent, or see which tools are turned off.`,
    );
  }
  if (made.length === 0) yield text(`I read that as: ${wish.reading}. (No model is set up; I go by patterns.)`);
  yield { type: 'call', call: { id: newId('call'), name: next.tool, input: JSON.stringify(next.input) } };
}

const nextOf = (wish: Wish, results: readonly string[]) => wish.next(results);

const text = (said: string): ModelPart => ({ type: 'text', text: said });
