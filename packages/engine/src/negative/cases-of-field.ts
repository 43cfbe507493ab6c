import type { Case, Edit, Rule, StepForm } from '../plan/negative-plan.ts';
import { parsePattern, wordAt } from '../regex/index.ts';
import type { Constraints, ValueKind } from './constraints.ts';
import { isOpenEnded, type Work } from './make/match-tree.ts';
import { unmatchSurely } from './make/unmatch.ts';

/** One way to break a rule of a field. */
export type Way = Pick<Case, 'rule' | 'variant' | 'edit'>;

const way = (rule: Rule, variant: string, edit: Edit): Way => ({ rule, variant, edit });
const set = (...values: readonly unknown[]): Edit => ({ do: 'set', values });

/** Values beyond a bound are drawn from so many. */
const SPREAD = 10;

/**
 * The ways in which a field's value can be wrong. Each breaks one rule only, where rules are looked at in the order of RULES
 * and one that is broken hides those behind it: a text that is too long is not asked for its pattern.
 * @param typed whether the output tells 42 from "42": JSON does, CSV and SQL text do not
 * @param inList whether there may be several values of the field in one row
 * @param work what may be spent on finding texts that do not match
 */
export function waysOfField(constraints: Constraints, typed: boolean, inList: boolean, work: Work): Way[] {
  const { kind, unique, rules } = constraints;
  return [
    ...missing(constraints),
    ...wrongType(kind, typed),
    ...wrongLength(constraints),
    ...wrongValue(constraints),
    ...wrongPattern(constraints, work),
    ...(rules.checksum === undefined
      ? []
      : [way('checksum', 'wrong check digit', { do: 'change', at: rules.checksum.at })]),
    ...outOfRange(constraints),
    ...(rules.wrong ?? []),
    ...(unique && !inList ? [way('unique', 'value of an earlier row', { do: 'duplicate' })] : []),
  ];
}

/** Texts in the output, where an empty text is a value. */
const TEXTS: readonly ValueKind[] = ['string'];

function missing({ kind, mayBeNull, mayBeEmpty, values, rules }: Constraints): Way[] {
  const never = (rules.minLength ?? rules.parts?.min ?? 0) > 0;
  const isText = TEXTS.includes(kind) || values?.every((value) => typeof value === 'string') === true;
  return [
    ...(mayBeNull ? [] : [way('required', 'null', set(null))]),
    ...(isText && (never || !mayBeEmpty) ? [way('required', 'empty text', set(''))] : []),
  ];
}

function wrongType(kind: ValueKind, typed: boolean): Way[] {
  switch (kind) {
    case 'integer':
      return [
        way('type', 'text in a number', set('abc', 'n/a', '12abc', 'twelve')),
        way('type', 'fraction in a whole number', { do: 'fraction' }),
        ...(typed ? [way('type', 'number in quotes', set('42', '7'))] : []),
      ];
    case 'decimal':
      return [
        way('type', 'text in a number', set('abc', 'n/a', '12,50', '1.2.3')),
        ...(typed ? [way('type', 'number in quotes', set('42.5', '7'))] : []),
      ];
    case 'boolean':
      return [
        way('type', 'word in a boolean', set('maybe', 'unknown', 'perhaps')),
        ...(typed ? [way('type', 'boolean in quotes', set('true', 'false'))] : []),
      ];
    case 'date':
      return [
        way('type', 'day that does not exist', set('2024-02-30', '2023-02-29', '2024-04-31', '2024-13-01')),
        way('type', 'text in a date', set('not a date', 'someday')),
      ];
    case 'datetime':
      return [
        way('type', 'moment that does not exist', set('2024-02-30T12:00:00Z', '2024-01-01T25:00:00Z')),
        way('type', 'text in a moment', set('not a moment', 'sometime')),
      ];
    case 'time':
      return [
        way('type', 'time that does not exist', set('25:00:00', '12:61:00', '24:00:01')),
        way('type', 'text in a time', set('half past', 'teatime')),
      ];
    case 'string':
    case 'uuid':
      return typed ? [way('type', 'number in place of a text', set(42, 0, -1))] : [];
    case 'object':
      return [way('type', 'text in place of an object', set('not an object'))];
    case 'array':
      return [way('type', 'text in place of a list', set('not a list'))];
    default:
      return [];
  }
}

/** Least and greatest length of texts, of the pattern where the type says nothing. */
export function lengthsOf({ rules, kind }: Constraints): { min: number | undefined; max: number | undefined } {
  if (kind === 'uuid') return { min: 36, max: 36 };
  const parsed = rules.pattern === undefined ? undefined : parsePattern(rules.pattern);
  const open = rules.pattern === undefined || isOpenEnded(rules.pattern);
  return {
    min: rules.minLength ?? (parsed?.ok === true ? parsed.value.minLength : undefined),
    max: rules.maxLength ?? (parsed?.ok === true && !open ? parsed.value.maxLength : undefined),
  };
}

function wrongLength(constraints: Constraints): Way[] {
  const { parts } = constraints.rules;
  if (parts !== undefined) {
    const edit = (to: number): Edit => ({ do: 'parts', separator: parts.separator, close: parts.close, to });
    return [
      ...(parts.min > 1 ? [way('length', `too few ${parts.what}`, edit(parts.min - 1))] : []),
      way('length', `too many ${parts.what}`, edit(parts.max + 1)),
    ];
  }
  const { min, max } = lengthsOf(constraints);
  return [
    ...((min ?? 0) > 1 ? [way('length', 'too short', { do: 'length', to: (min ?? 0) - 1 })] : []),
    ...(max === undefined || max === 0 ? [] : [way('length', 'too long', { do: 'length', to: max + 1 })]),
  ];
}

function wrongValue({ values, rules }: Constraints): Way[] {
  const ways: Way[] = [];
  if (rules.except !== undefined && rules.except.length > 0)
    ways.push(way('enum', 'code that stands for nothing', set(...rules.except)));
  if (values === undefined || values.every((value) => value === null)) return ways;
  const known = new Set(values.map((value) => JSON.stringify(value)));
  const strangers = strangersTo(values).filter((value) => !known.has(JSON.stringify(value)));
  if (strangers.length > 0) ways.push(way('enum', 'not in the list', set(...strangers)));
  const recased = values
    .filter((value) => typeof value === 'string')
    .map((text) => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()))
    .filter((text) => !known.has(JSON.stringify(text)));
  if (recased.length > 0) ways.push(way('enum', 'other case', set(...recased.slice(0, 100))));
  return ways;
}

/** Values of the kind that the list has, and not in it unless by chance. */
function strangersTo(values: readonly unknown[]): readonly unknown[] {
  if (values.every((value) => typeof value === 'number')) {
    const most = Math.max(...values);
    const stranger = Number.isInteger(most) ? most + 1 : Math.ceil(most);
    return Number.isSafeInteger(stranger) ? [stranger, stranger + 1] : [-1, -2];
  }
  return ['not-in-the-list', 'unlisted', 'other?'];
}

const GUIDS: readonly Way[] = [
  way('pattern', 'character that is none of hexadecimal', { do: 'put', at: -1, text: 'g' }),
  way('pattern', 'missing hyphen', { do: 'replace', find: '-', by: '0' }),
];

function wrongPattern({ kind, rules, bounds }: Constraints, work: Work): Way[] {
  if (kind === 'uuid') return [...GUIDS];
  if (kind === 'decimal') {
    const decimals = bounds?.form.kind === 'number' ? bounds.form.decimals : undefined;
    return decimals === undefined || decimals > 12
      ? []
      : [way('pattern', 'too many decimals', { do: 'decimals', decimals })];
  }
  if (rules.pattern === undefined) return [];
  const parsed = parsePattern(rules.pattern);
  if (!parsed.ok) return [];
  const otherwise = unmatchSurely(rules.pattern, parsed.value, wordAt(parsed.value, 0n), work);
  if (otherwise === undefined) return [];
  return [way('pattern', 'wrong character', { do: 'unmatch', pattern: rules.pattern, otherwise })];
}

/** The places that a form can write. Years have four digits. */
const WRITABLE: Readonly<Record<StepForm['kind'], (form: StepForm) => readonly [number, number]>> = {
  number: () => [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  date: () => [-719_162, 2_932_896],
  datetime: (form) => {
    const unit = form.kind === 'datetime' && form.precision === 'seconds' ? 1000 : 1;
    return [(-719_162 * 86_400_000) / unit, Math.floor((2_932_897 * 86_400_000 - 1) / unit)];
  },
  time: () => [0, 86_399],
};

/** Whether a value at this place can be written at all: no time of day comes before 00:00:00. */
export function isWritable(form: StepForm, place: number): boolean {
  const [first, last] = WRITABLE[form.kind](form);
  return place >= first && place <= last;
}

function outOfRange({ bounds }: Constraints): Way[] {
  if (bounds === undefined) return [];
  const { form, min, max } = bounds;
  const step = (variant: string, start: number, direction: 1 | -1): Way[] => {
    const spread =
      SPREAD -
      Array.from({ length: SPREAD }, (_, k) => start + direction * k).filter((p) => !isWritable(form, p)).length;
    return spread > 0 ? [way('range', variant, { do: 'step', form, start, direction, spread })] : [];
  };
  return [...step('below min', min - 1, -1), ...step('above max', max + 1, 1)];
}
