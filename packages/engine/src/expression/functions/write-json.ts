import { tooDeep } from '../equals.ts';
import type { Evaluation } from '../evaluation.ts';
import { MAX_TEXT_LENGTH } from '../limits.ts';
import { isList, type Value } from '../value.ts';

/** The value as compact JSON, paid for on the way. Not `JSON.stringify`, which would call a `toJSON` of the row. */
export function writeJson(evaluation: Evaluation, value: Value, depth = 0): string {
  if (typeof value === 'string') {
    evaluation.allowText(value.length);
    return JSON.stringify(value);
  }
  if (value === null || typeof value !== 'object') return String(value);
  tooDeep(evaluation, depth);
  const list = isList(value);
  const keys = list ? undefined : Object.keys(value);
  const count = keys?.length ?? (value as readonly Value[]).length;
  evaluation.charge(count);
  let text = list ? '[' : '{';
  for (let i = 0; i < count && text.length <= MAX_TEXT_LENGTH; i++) {
    if (i > 0) text += ',';
    const key = keys?.[i] ?? i;
    if (!list) text += `${JSON.stringify(key)}:`;
    text += writeJson(evaluation, evaluation.read(value, key), depth + 1);
  }
  return evaluation.text(text + (list ? ']' : '}'));
}
