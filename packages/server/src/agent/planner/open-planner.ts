import { newId } from '../../ids.ts';
import type { ChatModel, ModelMessage, ModelPart, ModelResult } from '../../model/chat-model.ts';
import { HELP } from './help.ts';
import { readWish } from './read-wish.ts';
import { dataOf, tellResult } from './tell-result.ts';

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
      yield* answer(messages, new Set(tools.map(({ name }) => name)));
      yield { type: 'end', inputTokens: 0, outputTokens: 0, isCut: false };
    },
  };
}

function* answer(messages: readonly ModelMessage[], tools: ReadonlySet<string>): Generator<ModelPart> {
  const at = messages.findLastIndex(({ role }) => role === 'user');
  const message = messages[at];
  if (message?.role !== 'user') return;
  const wish = readWish(message.text);
  if (wish === undefined) return yield said(HELP);
  const results = messages.slice(at + 1).flatMap((one) => (one.role === 'tool' ? one.results : []));
  const failed = results.find(({ isError }) => isError);
  if (failed !== undefined) return yield said(tellResult(failed));
  const next = wish.steps[results.length]?.(results.map(dataOf));
  if (next === undefined) return yield said(tellResult(results.at(-1) as ModelResult));
  if (typeof next === 'string') return yield said(next);
  if (!tools.has(next.tool)) {
    return yield said(
      `That needs the tool ${next.tool}, which this chat does not have. Begin a chat in the mode agent, or see which tools are turned off.`,
    );
  }
  if (results.length === 0) yield said(`I read that as ${wish.reading}. No model is set up: I go by patterns.`);
  yield { type: 'call', call: { id: newId('call'), name: next.tool, input: JSON.stringify(next.input) } };
}

const said = (text: string): ModelPart => ({ type: 'text', text });
