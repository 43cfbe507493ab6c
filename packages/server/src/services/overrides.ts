import { type Diagnostic, nearest } from '@datamaker/engine';
import type { WrittenTemplate } from './template-document.ts';

/**
 * Field name → what it is in place of what the template says: a value that every row has, or `{ pick_from, weights? }`, from which each
 * row takes one. `{ constant }` is for values that look like the latter.
 */
export type Overrides = Readonly<Record<string, unknown>>;

/** For so many unknown names the nearest known one is looked for. */
const MAX_GUESSES = 10;

const stepOf = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
const nameOf = (field: unknown): string => (field as { name: string }).name;

/** The template with the overridden fields replaced. */
export function applyOverrides(
  written: WrittenTemplate,
  overrides: Overrides,
  diagnostics: Pick<Diagnostic[], 'push'>,
): WrittenTemplate {
  const names = written.fields.map(nameOf);
  const known = new Set(names);
  const unknown = Object.keys(overrides).filter((name) => !known.has(name));
  for (const [index, name] of unknown.entries()) {
    // Looking for what was meant takes time: 10 ms for a name beside a thousand fields.
    const near = index < MAX_GUESSES ? nearest(name.slice(0, 80), names) : undefined;
    diagnostics.push({
      code: 'unknown_field',
      pointer: `/overrides/${stepOf(name)}`,
      message: `the template has no field ${JSON.stringify(name.slice(0, 80))}`,
      hint: near === undefined ? `fields: ${names.slice(0, 20).join(', ')}` : `did you mean \`${near}\`?`,
    });
  }
  const fields = written.fields.map((field) => {
    const name = nameOf(field);
    return Object.hasOwn(overrides, name) ? { name, ...replacementOf(overrides[name]) } : field;
  });
  return { ...written, fields };
}

function replacementOf(value: unknown): { readonly type: string; readonly options: object } {
  if (hasKeys(value, ['constant'])) return { type: 'constant', options: { value: value['constant'] } };
  if (hasKeys(value, ['pick_from']) || hasKeys(value, ['pick_from', 'weights'])) {
    const { pick_from: values, weights } = value;
    return { type: 'enum', options: { values, ...(weights === undefined ? {} : { weights }) } };
  }
  return { type: 'constant', options: { value } };
}

/** Whether a value is an object of these keys and no others. */
const hasKeys = (value: unknown, keys: readonly string[]): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === keys.length &&
  keys.every((key) => Object.hasOwn(value, key));

/** Diagnostics of a template with overrides, where those who sent them look: at what they sent. */
export function placedInOverrides<T extends { readonly pointer: string }>(
  diagnostics: readonly T[],
  written: WrittenTemplate,
  overrides: Overrides,
): T[] {
  return diagnostics.map((diagnostic) => {
    const [, index, rest = ''] = /^\/fields\/(\d+)(\/.*)?$/.exec(diagnostic.pointer) ?? [];
    const field = index === undefined ? undefined : written.fields[Number(index)];
    if (field === undefined || !Object.hasOwn(overrides, nameOf(field))) return diagnostic;
    const within = rest
      .replace(/^\/options\/value(?=\/|$)/, '')
      .replace(/^\/options\/values(?=\/|$)/, '/pick_from')
      .replace(/^\/options/, '');
    return { ...diagnostic, pointer: `/overrides/${stepOf(nameOf(field))}${within}` };
  });
}
