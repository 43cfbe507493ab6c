import type { ModelMessage } from '../model/chat-model.ts';
import { mayRespond } from '../services/responses/may-respond.ts';
import type { Tool } from '../tools/tool.ts';

/** Ids of things of the workspace say nothing: they have 26 signs, older ones 20. */
const OWN_ID = /^[a-z]{2,5}_([0-9a-z]{20}|[0-9a-z]{26})(@v\d{1,9})?$/;
/** Words that a schema lists, and numbers of rows, carry next to nothing. */
const SHORT = 2;
const FEW = 100_000;

/**
 * Why a call could carry what was read to where others see it; undefined: it could not. Whoever reads a system's requests can be told
 * anything by what is asked of it, so texts that go out are ids, words of the person, or what that same system has said itself.
 * @param isTainted whether the turn has read what others wrote
 */
export function mayLeak(
  tool: Tool,
  input: Readonly<Record<string, unknown>>,
  messages: readonly ModelMessage[],
  isTainted: boolean,
): string | undefined {
  if (mayRespond([input])) return 'rows of such a template are made with what another system is asked';
  if (!isTainted || !tool.annotations.openWorldHint || tool.risk === 'outbound_or_destructive') return undefined;
  const connection = typeof input['connection'] === 'string' ? input['connection'] : undefined;
  const known = wordsKnown(messages, connection);
  const strange = textsOf(input).find((text) => !known.includes(text));
  return strange === undefined
    ? undefined
    : 'after data of others was read, it tells another system what you have not said';
}

/** What the person said, and what the system of a connection has said. */
function wordsKnown(messages: readonly ModelMessage[], connection: string | undefined): string {
  const asked = new Set<string>();
  let known = '';
  for (const message of messages) {
    if (message.role === 'user') known += `${message.text}\n`;
    if (message.role === 'assistant' && connection !== undefined) {
      for (const { id, input } of message.calls) if (input.includes(JSON.stringify(connection))) asked.add(id);
    }
    if (message.role === 'tool') for (const { id, text } of message.results) if (asked.has(id)) known += `${text}\n`;
  }
  return known;
}

/** All that could tell something. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'number') return Math.abs(value) <= FEW && Number.isInteger(value) ? [] : [String(value)];
  if (typeof value === 'string') return value.length <= SHORT || OWN_ID.test(value) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) => [...(LISTED.has(name) ? [] : textsOf(one)), ...nameOf(name)]);
}

/** Arguments that a schema lists the values of. */
const LISTED = new Set(['on_conflict', 'references', 'mode', 'edited', 'is']);
/** Names of arguments are the schema's; those of columns are not. */
const nameOf = (name: string): string[] => (/^[a-z_]{1,20}$/.test(name) ? [] : [name]);
