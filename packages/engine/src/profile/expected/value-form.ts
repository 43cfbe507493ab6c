import { rangeOf } from '../../kernel/range.ts';
import type { Program, ProgramField } from '../../plan/program.ts';
import { computedForm } from './computed-form.ts';
import { documentForm } from './document-form.ts';
import { numberForm } from './number-form.ts';
import { isMadeOf, type Ranges, textForm } from './text-form.ts';

/** Whether a value is one that a program may make; `siblings` is the object that it stands in. */
export type Form = (value: unknown, siblings: Readonly<Record<string, unknown>>) => boolean;

/** The form of a program's values. @returns undefined where any value is right, as with expressions */
export function valueForm(program: Program, ranges: Ranges = new Map()): Form | undefined {
  switch (program.kind) {
    case 'nullable': {
      const inner = valueForm(program.program, ranges);
      return inner === undefined ? undefined : (value, siblings) => value === null || inner(value, siblings);
    }
    case 'unique':
      return valueForm(program.program, new Map([['unique', { lo: 0n, hi: program.size - 1n }]]));
    case 'column':
      return valueForm(program.program, ranges);
    case 'reference':
      return valueForm(program.program);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'choice': {
      const values = new Set(program.values.map((value) => JSON.stringify(value)));
      return (value) => values.has(JSON.stringify(value));
    }
    case 'document':
      return documentForm(program.parts);
    case 'object':
      return objectForm(program.fields);
    case 'array': {
      const item = objectForm(program.fields);
      return listForm(program, (value) => item(value, {}));
    }
    case 'list': {
      const item = valueForm(program.item.program) ?? (() => true);
      return listForm(program, (value) => item(value, {}));
    }
    case 'selected':
      return selectedForm(program);
    case 'computed':
      return computedForm(program);
    case 'running':
      return (value) => typeof value === 'number';
    case 'derived':
    case 'external':
    case 'either':
      return undefined;
    case 'integer':
    case 'decimal':
      return numberForm(program.body, ranges);
    default: {
      const form = textForm(program.body, new Map(ranges));
      return (value) => typeof value === 'string' && isMadeOf(form, value);
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function objectForm(fields: readonly ProgramField[]): Form {
  const forms = fields.map(({ name, program }) => ({ name, form: valueForm(program) }));
  return (value) =>
    isObject(value) &&
    forms.every(({ name, form }) => Object.hasOwn(value, name) && (form === undefined || form(value[name], value)));
}

function listForm({ count }: Extract<Program, { kind: 'array' | 'list' }>, item: (value: unknown) => boolean): Form {
  const { lo, hi } = rangeOf(count, new Map());
  return (value) => Array.isArray(value) && value.length >= lo && value.length <= hi && value.every(item);
}

function selectedForm({ by, keys, cases }: Extract<Program, { kind: 'selected' }>): Form {
  const forms = cases.map(({ program }) => valueForm(program) ?? (() => true));
  const byKey = new Map(keys.map((key, index) => [key, forms[index]]));
  return (value, siblings) => (byKey.get(String(siblings[by])) ?? forms.at(-1) ?? (() => true))(value, siblings);
}
