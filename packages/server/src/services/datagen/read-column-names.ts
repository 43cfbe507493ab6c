import { limits } from '@datamaker/engine';
import { type BodyReader, show } from './body-reader.ts';
import scripts from './data/known-scripts.json' with { type: 'json' };
import { firstFree } from './first-free.ts';

export const MAX_COLUMNS = 80;
const EXAMPLE = ['customer_id', 'email', 'created_at'];
/** Writing systems of which inference knows words, or at least which language they may be. */
const UNKNOWN_SCRIPT = new RegExp(`[^\\P{L}${scripts.map((script) => `\\p{Script=${script}}`).join('')}]`, 'gu');
const TAG = /<\/?[a-z!][^>]{0,500}>?/gi;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** What is wrong with the name of a column, as code, message and hint. */
function problemOf(name: unknown): readonly [code: string, message: string, hint: string] | undefined {
  if (typeof name !== 'string') return ['invalid_name', `is ${show(name)}, not a text`, 'put it in quotes'];
  if (name.trim() === '') return ['empty_name', 'is empty', 'give the column a name, or leave it out'];
  if (name.length > limits.MAX_NAME_LENGTH) {
    const message = `has ${name.length} characters, more than ${limits.MAX_NAME_LENGTH}`;
    return ['name_too_long', message, 'use the name of the column, not its description: that goes into domain_hint'];
  }
  if (!name.isWellFormed()) return ['invalid_name', 'is not valid Unicode', 'encode the text anew'];
  if (name.search(CONTROL) >= 0)
    return ['invalid_name', 'holds control characters', 'leave out line breaks and the like'];
  if (name.search(TAG) >= 0) return ['markup_in_name', `holds markup: ${show(name)}`, 'send the name without tags'];
  if (name.search(UNKNOWN_SCRIPT) >= 0) {
    const message = `is in a script of which nothing is known: ${show(name)}`;
    return ['unknown_script', message, 'translate it, or declare its type with POST /api/v1/generate'];
  }
  return undefined;
}

/** The names of the columns, all checked. */
export function readColumnNames(reader: BodyReader): readonly string[] {
  const given = reader.take('field_names');
  if (!Array.isArray(given) || given.length === 0) {
    const message =
      given === undefined
        ? 'field_names is missing'
        : Array.isArray(given)
          ? 'field_names is empty'
          : `field_names must be a list of names, not ${show(given)}`;
    reader.report('field_names', 'missing_names', message, `for instance ${JSON.stringify(EXAMPLE)}`, EXAMPLE);
    return [];
  }
  const before = reader.problems.length;
  const names = given.slice(0, MAX_COLUMNS) as unknown[];
  const fix = { suggested_fix: { field_names: repaired(names) } };
  const report = (field: string, code: string, message: string, hint: string): void =>
    reader.report(field, code, message, hint, undefined, fix);
  if (given.length > MAX_COLUMNS) {
    const message = `${given.length} names; a call takes at most ${MAX_COLUMNS}`;
    report('field_names', 'too_many_names', message, 'send the rest in another call');
  }
  const seen = new Map<unknown, number>();
  for (const [index, name] of names.entries()) {
    const field = `field_names[${index}]`;
    const problem = problemOf(name);
    const first = seen.get(name);
    if (problem !== undefined) report(field, problem[0], `${field} ${problem[1]}`, problem[2]);
    else if (first !== undefined) {
      const message = `${field} and field_names[${first}] are both ${show(name)}`;
      report(field, 'duplicate_name', message, 'give each column its own name');
    } else seen.set(name, index);
  }
  return reader.problems.length > before ? [] : (names as string[]);
}

/** Names as they might have been meant: all right, all different. */
function repaired(names: readonly unknown[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const text = typeof name === 'string' || typeof name === 'number' ? String(name) : '';
    const clean =
      text
        .slice(0, 1000)
        .toWellFormed()
        .replaceAll('\ufffd', '')
        .replaceAll(TAG, ' ')
        .replaceAll(/[<>]/g, ' ')
        .replaceAll(CONTROL, ' ')
        .replaceAll(UNKNOWN_SCRIPT, '')
        .slice(0, limits.MAX_NAME_LENGTH - 10)
        .toWellFormed()
        .trim() || `column_${index + 1}`;
    return firstFree(clean, taken);
  });
}
