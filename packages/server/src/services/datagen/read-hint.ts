import type { BodyReader } from './body-reader.ts';

const MAX_HINT = 2000;

/**
 * What only stands in a text that is to steer a program that reads it. The hint is searched for known words and nothing in it
 * is ever obeyed; but where a model is asked as well, such a hint must not reach it, and its writer should know.
 */
const ORDERS = [
  /<\/?[a-z!|][^>]{0,200}>?/i,
  /\b(ignore|disregard|forget|override|bypass)\b[^.\n]{0,60}\b(instruction|prompt|rule|previous|above|prior|earlier|guideline)/i,
  /\b(system|developer|hidden|initial)\s+(prompt|message|instruction)/i,
  /\b(you are|act as|pretend to be|from now on you)\b[^.\n]{0,60}\b(now|an?|the)\b/i,
  /\b(reveal|print|repeat|output|leak|show me)\b[^.\n]{0,60}\b(prompt|api.?key|secret|password|credential|environment)/i,
  /(^|\n)\s*(system|assistant|user|human)\s*:/i,
  /\[\/?INST\]|```/i,
];

/** What the rows are about, in the user's words. */
export function readHint(reader: BodyReader): string | undefined {
  const hint = reader.text('domain_hint', MAX_HINT);
  if (hint === undefined || !ORDERS.some((order) => order.test(hint))) return hint?.trim() || undefined;
  const kept = hint
    .split(/(?<=[.!?\n])/)
    .filter((sentence) => !ORDERS.some((order) => order.test(sentence)))
    .join('')
    .trim();
  const clean = ORDERS.some((order) => order.test(kept)) ? '' : kept;
  reader.report(
    'domain_hint',
    'instructions_in_hint',
    'domain_hint holds instructions or markup; it only says what the rows are about and nothing in it is obeyed',
    'a few words will do, such as "UAE retail loyalty program"',
    clean === '' ? null : clean,
  );
  return undefined;
}
