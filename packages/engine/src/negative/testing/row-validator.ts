import type { Rule } from '../../plan/negative-plan.ts';
import { parsePattern } from '../../regex/index.ts';
import type { Field, Template } from '../../template/template.ts';
import type { FieldType } from '../../types/field-type.ts';
import type { TypeRules } from '../../types/type-rules.ts';
import { checksums } from './checksums.ts';

export interface Violation {
  readonly field: string;
  readonly rule: Rule;
}

export interface ValidatorOptions {
  /** What "now" means. */
  readonly now?: number;
  /** Country of the locale of all fields. */
  readonly country?: string | null;
  /** Whether "42" in place of 42 counts. */
  readonly typed?: boolean;
}

/** A rule, or undefined when the value breaks none. */
type Verdict = Rule | undefined;

/** Types by what their values are; the others are texts. */
const INTEGERS = ['number', 'sequence'];
const DECIMALS = ['float', 'currency'];
const UNJUDGED = ['derived', 'null'];
const KNOWN = [
  ...INTEGERS,
  ...DECIMALS,
  ...UNJUDGED,
  'boolean',
  'enum',
  'constant',
  'date',
  'datetime',
  'time',
  'uuid',
  'template',
];

/** Types whose values depend on other fields, files or nothing at all. */
const COMPOSED = ['switch', 'mapped', 'sample', 'state_machine', 'blank', 'reference'];

/** Whether the validator knows a type: by name, or as texts of which the type says all there is to say. */
export const isKnown = ({ key, example }: FieldType): boolean =>
  KNOWN.includes(key) || (!COMPOSED.includes(key) && typeof example === 'string' && !/^[\d:.TZ-]+$/.test(example));

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Judges rows by the template alone, sharing no code with what breaks them: values come from parsed JSON, patterns run in the
 * engine of JavaScript, checksums are the textbook's. For each value the first rule broken counts; that a value was there
 * before is asked last, and of values that are right otherwise.
 */
export class RowValidator {
  readonly #template: Template;
  readonly #options: ValidatorOptions;
  readonly #seen = new Map<string, Set<string>>();

  constructor(template: Template, options: ValidatorOptions = {}) {
    this.#template = template;
    this.#options = options;
  }

  /** What is wrong with the next row. */
  check(row: Readonly<Record<string, unknown>>): Violation[] {
    return this.#object(this.#template.fields, row, '', '');
  }

  #object(fields: readonly Field[], row: Readonly<Record<string, unknown>>, at: string, path: string): Violation[] {
    return fields.flatMap((field) => this.#field(field, row[field.name], `${at}${field.name}`, `${path}${field.name}`));
  }

  #field(field: Field, value: unknown, at: string, path: string): Violation[] {
    if (UNJUDGED.includes(field.type.key)) return [];
    const wrong = (rule: Verdict): Violation[] => (rule === undefined ? [] : [{ field: at, rule }]);
    if (value === null || value === undefined) return wrong(mayBeNull(field) ? undefined : 'required');
    const { nested } = field;
    if (nested !== undefined && !nested.ended) {
      if (!nested.array) {
        if (typeof value !== 'object' || Array.isArray(value)) return wrong('type');
        return this.#object(nested.fields, value as Record<string, unknown>, `${at}.`, `${path}.`);
      }
      if (!Array.isArray(value)) return wrong('type');
      const { min, max } = nested.count;
      return [
        ...wrong(value.length < min || value.length > max ? 'length' : undefined),
        ...value.flatMap((item, i) => this.#object(nested.fields, item, `${at}[${i}].`, `${path}[].`)),
      ];
    }
    const rule = this.#scalar(field, value);
    if (rule !== undefined || !field.common.unique) return wrong(rule);
    const seen = this.#seen.get(path) ?? new Set();
    this.#seen.set(path, seen);
    const key = JSON.stringify(value);
    if (seen.has(key)) return wrong('unique');
    seen.add(key);
    return [];
  }

  #scalar(field: Field, value: unknown): Verdict {
    const { key } = field.type;
    const { min, max } = field.options as { min?: unknown; max?: unknown };
    const rules = field.type.rules?.(field.options, this.#options.country ?? null) ?? {};
    if (INTEGERS.includes(key) && !isText(field))
      return Number.isInteger(value) || typeof value !== 'number' ? number(value, 0, min, max) : 'type';
    if (DECIMALS.includes(key)) return number(value, field.options['decimals'] as number, min, max);
    const now = this.#options.now ?? 0;
    switch (key) {
      case 'boolean':
        return typeof value === 'boolean' ? undefined : 'type';
      case 'enum':
        return listed(value, field.options['values'] as unknown[]);
      case 'constant':
        return listed(value, [field.options['value']]);
      case 'date':
        return moment(value, /^(\d{4})-(\d\d)-(\d\d)$/, dayOf(min, now), dayOf(max, now));
      case 'datetime':
        return moment(
          value,
          /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{3})?Z$/,
          millisOf(min, now),
          millisOf(max, now),
        );
      case 'time':
        return clock(value, String(min), String(max));
    }
    if (typeof value !== 'string') return this.#options.typed === false ? undefined : 'type';
    if (key === 'uuid')
      return value === '' ? 'required' : value.length !== 36 ? 'length' : GUID.test(value) ? undefined : 'pattern';
    return text(value, rules, mayBeEmpty(field));
  }
}

const isText = ({ options }: Field): boolean =>
  (options['prefix'] ?? '') !== '' || (options['suffix'] ?? '') !== '' || ((options['width'] as number) ?? 0) > 0;

function mayBeNull({ common, type, options, nested }: Field): boolean {
  if (common.nullPercentage > 0 || nested?.ended === true) return true;
  if (type.key === 'enum') return (options['values'] as unknown[]).includes(null);
  return type.key === 'constant' && options['value'] === null;
}

const mayBeEmpty = ({ type, options }: Field): boolean => {
  if (type.key !== 'regex') return type.key === 'postcode';
  return new RegExp(`^(?:${options['pattern']})$`).test('');
};

function number(value: unknown, decimals: number, min: unknown, max: unknown): Verdict {
  if (typeof value !== 'number') return 'type';
  const digits = /\.(\d+)/.exec(String(value))?.[1]?.length ?? 0;
  if (digits > decimals) return 'pattern';
  if (typeof min === 'number' && value < min) return 'range';
  return typeof max === 'number' && value > max ? 'range' : undefined;
}

function listed(value: unknown, values: readonly unknown[]): Verdict {
  if (values.some((one) => JSON.stringify(one) === JSON.stringify(value))) return undefined;
  const texts = values.every((one) => typeof one === 'string');
  return texts && value === '' ? 'required' : 'enum';
}

const millisOf = (bound: unknown, now: number): number => (bound === 'now' ? now : Date.parse(String(bound)));
const dayOf = (bound: unknown, now: number): number =>
  Date.parse(new Date(millisOf(bound, now)).toISOString().slice(0, 10));

function moment(value: unknown, form: RegExp, min: number, max: number): Verdict {
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = 0] = form.exec(String(value)) ?? [];
  if (year === undefined || typeof value !== 'string') return 'type';
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return 'type';
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return 'type';
  const millis =
    date.getTime() + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second) + Number(fraction)) * 1000;
  return millis < min || millis > max ? 'range' : undefined;
}

function clock(value: unknown, min: string, max: string): Verdict {
  if (typeof value !== 'string' || !/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value)) return 'type';
  return value < min || value > max ? 'range' : undefined;
}

function text(value: string, rules: TypeRules, mayBeEmptyText: boolean): Verdict {
  if (value === '') return mayBeEmptyText ? undefined : 'required';
  const { parts, pattern, except, checksum } = rules;
  if (parts !== undefined) {
    const count = value.slice(0, value.length - parts.close.length).split(parts.separator).length;
    return count < parts.min || count > parts.max ? 'length' : undefined;
  }
  const { min, max } = lengths(rules);
  const length = [...value].length;
  if (length < min || length > max) return 'length';
  if (except?.includes(value)) return 'enum';
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) return 'pattern';
  return checksum === undefined || checksums[checksum.name](value) ? undefined : 'checksum';
}

function lengths({ pattern, minLength, maxLength }: TypeRules): { min: number; max: number } {
  const parsed = pattern === undefined ? undefined : parsePattern(pattern);
  const bounded = parsed?.ok === true ? parsed.value : undefined;
  // A quantifier without an end in the pattern, where neither class nor escape hides one, has no longest text.
  const endless = pattern === undefined || /[*+]|,\}/.test(pattern);
  return {
    min: minLength ?? bounded?.minLength ?? 0,
    max: maxLength ?? (endless ? Number.POSITIVE_INFINITY : (bounded?.maxLength ?? Number.POSITIVE_INFINITY)),
  };
}
