import { type Diagnostic, failure, pointerTo, type Result, show, success } from '../template/diagnostic.ts';
import { hasControlCharacters } from '../text/control-characters.ts';
import { nearest } from '../text/nearest.ts';
import { findType, nearestType } from '../types/registry.ts';
import { isFieldPath, isInside, parentOf } from './field-path.ts';
import { type MaskPolicy, type MaskRule, STRATEGIES, STRATEGY_ALIASES, type Strategy } from './policy.ts';
import { isDateFormat } from './shift-date.ts';

const POLICY_KEYS = ['name', 'fields', 'strategies', 'consistent', 'reversible', 'keyMapName'];
/** Keys of a rule, and the strategies that know them; those of every strategy have none. */
const RULE_KEYS: Readonly<Record<string, readonly Strategy[]>> = {
  field: [],
  strategy: [],
  optional: [],
  note: [],
  detectedAs: [],
  consistent: [],
  reversible: [],
  token: ['redact'],
  days: ['shift'],
  per: ['shift'],
  format: ['shift'],
  length: ['hash', 'tokenize'],
  prefix: ['tokenize'],
  type: ['replace'],
  options: ['replace'],
};
const MAX_RULES = 4000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * Parses a masking policy: `{ name?, fields: [{ field, strategy, … }] }`, or in short
 * `{ strategies: { email: "replace", born: { strategy: "shift", days: 30 } } }`. Everything wrong with it is reported.
 */
export function parsePolicy(source: unknown): Result<MaskPolicy> {
  const diagnostics: Diagnostic[] = [];
  const report = (code: string, pointer: string, message: string, hint?: string): void => {
    if (diagnostics.length < 100) diagnostics.push({ code, pointer, message, ...(hint === undefined ? {} : { hint }) });
  };
  if (!isObject(source)) {
    report('invalid_policy', '', `a policy is an object, not ${show(source)}`, 'write { "fields": [ … ] }');
    return failure(...diagnostics);
  }
  for (const key of Object.keys(source).filter((key) => !POLICY_KEYS.includes(key))) {
    const near = nearest(key, POLICY_KEYS);
    const hint = near === undefined ? `a policy has ${POLICY_KEYS.join(', ')}` : `did you mean \`${near}\`?`;
    report('unknown_key', pointerTo('', key), `unknown key ${show(key)}`, hint);
  }
  const { fields, strategies } = source;
  if ((fields === undefined) === (strategies === undefined)) {
    const message = fields === undefined ? '`fields` is missing' : '`fields` and `strategies` exclude each other';
    report('invalid_policy', '', message, 'write { "fields": [{ "field": "email", "strategy": "replace" }] }');
    return failure(...diagnostics);
  }
  const entries = toEntries(fields ?? strategies, fields === undefined ? '/strategies' : '/fields');
  if (entries === undefined || entries.length > MAX_RULES) {
    const message = entries === undefined ? '`fields` must be a list, or an object' : `more than ${MAX_RULES} fields`;
    report('invalid_policy', fields === undefined ? '/strategies' : '/fields', message);
    return failure(...diagnostics);
  }
  const rules = entries.map(({ rule, pointer }) => parseRule(rule, pointer, source, report));
  const seen = new Set<string>();
  for (const rule of rules) {
    if (rule === undefined) continue;
    if (seen.has(rule.field))
      report('duplicate_field', rule.pointer, `field ${show(rule.field)} is named twice`, 'give it one strategy');
    seen.add(rule.field);
  }
  if (diagnostics.length > 0) return failure(...diagnostics);
  const name = typeof source['name'] === 'string' ? source['name'] : '';
  return success({ name, rules: rules.filter((rule) => rule !== undefined) });
}

/** The rules of both forms as objects with `field` and `strategy`. */
function toEntries(source: unknown, pointer: string): { rule: unknown; pointer: string }[] | undefined {
  if (Array.isArray(source)) return source.map((rule: unknown, i) => ({ rule, pointer: pointerTo(pointer, i) }));
  if (!isObject(source)) return undefined;
  return Object.entries(source).map(([field, rule]) => ({
    rule: isObject(rule) ? { ...rule, field } : { field, strategy: rule },
    pointer: pointerTo(pointer, field),
  }));
}

type Report = (code: string, pointer: string, message: string, hint?: string) => void;

function parseRule(
  source: unknown,
  pointer: string,
  policy: Record<string, unknown>,
  report: Report,
): MaskRule | undefined {
  if (!isObject(source)) {
    report(
      'invalid_policy',
      pointer,
      `a rule is an object, not ${show(source)}`,
      'write { "field": …, "strategy": … }',
    );
    return undefined;
  }
  const { field, strategy: named } = source;
  if (typeof field !== 'string' || !isFieldPath(field) || hasControlCharacters(field)) {
    const hint = 'for instance "email", "address.city" or "items[*].email"';
    report('invalid_field_path', pointerTo(pointer, 'field'), `${show(field)} names no field`, hint);
    return undefined;
  }
  const strategy = toStrategy(named);
  if (strategy === undefined) {
    const all = [...STRATEGIES, ...Object.keys(STRATEGY_ALIASES)];
    const near = typeof named === 'string' ? nearest(named, all) : undefined;
    const hint = near === undefined ? `strategies: ${STRATEGIES.join(', ')}` : `did you mean \`${near}\`?`;
    report(
      'unknown_strategy',
      pointerTo(pointer, 'strategy'),
      `unknown strategy ${show(named)} for ${show(field)}`,
      hint,
    );
    return undefined;
  }
  for (const key of Object.keys(source)) {
    const knownBy = RULE_KEYS[key];
    if (knownBy === undefined) {
      const near = nearest(key, Object.keys(RULE_KEYS));
      const hint = near === undefined ? undefined : `did you mean \`${near}\`?`;
      report('unknown_key', pointerTo(pointer, key), `unknown key ${show(key)}`, hint);
    } else if (knownBy.length > 0 && !knownBy.includes(strategy)) {
      const message = `\`${key}\` has no meaning for strategy ${strategy}`;
      report('invalid_option', pointerTo(pointer, key), message, `it belongs to ${knownBy.join(' and ')}`);
    }
  }
  const option = <T>(key: string, otherwise: T, fits: (value: unknown) => boolean, wanted: string): T => {
    const value = source[key];
    if (value === undefined || value === null || fits(value)) return (value ?? otherwise) as T;
    report('invalid_option', pointerTo(pointer, key), `\`${key}\` must be ${wanted}, not ${show(value)}`);
    return otherwise;
  };
  const flag = (key: string): boolean =>
    option(key, policy[key] === true, (value) => typeof value === 'boolean', 'true or false');
  if (flag('consistent') && strategy === 'replace') {
    report(
      'mask_not_consistent',
      pointer,
      `strategy replace draws a fresh fake for ${show(field)} each time, so it cannot be consistent`,
      'use format-preserve, hash or tokenize, or leave out `consistent`',
    );
  }
  if (source['reversible'] === true && strategy !== 'tokenize')
    report('mask_not_reversible', pointer, `strategy ${strategy} cannot be taken back`, 'use tokenize');
  const [shortest, longest] = strategy === 'hash' ? [8, 64] : [10, 51];
  const rule: MaskRule = {
    field,
    pointer,
    strategy,
    optional: flag('optional'),
    token: option('token', '[REDACTED]', isText(200), 'a text of at most 200 characters'),
    days: option('days', 90, isWhole(1, 36_500), 'a whole number from 1 to 36500'),
    per: option<string | undefined>(
      'per',
      undefined,
      (value) => typeof value === 'string' && isFieldPath(value),
      'a field',
    ),
    format: option<string | undefined>(
      'format',
      undefined,
      (value) => isText(40)(value) && isDateFormat(value as string),
      'a text with YYYY, MM and DD in it',
    ),
    length: option(
      'length',
      strategy === 'hash' ? 64 : 26,
      isWhole(shortest, longest),
      `a whole number from ${shortest} to ${longest}`,
    ),
    prefix: option('prefix', 'tok_', isText(40), 'a text of at most 40 characters'),
    type: option<string | undefined>('type', undefined, isText(200), 'the name of a type'),
    options: option<MaskRule['options']>('options', undefined, isObject, 'an object'),
  };
  checkPer(rule, report);
  checkType(rule, report);
  return rule;
}

const toStrategy = (value: unknown): Strategy | undefined =>
  typeof value !== 'string'
    ? undefined
    : (STRATEGIES.find((strategy) => strategy === value) ??
      (Object.hasOwn(STRATEGY_ALIASES, value) ? STRATEGY_ALIASES[value] : undefined));

const isText = (length: number) => (value: unknown) => typeof value === 'string' && value.length <= length;
const isWhole = (min: number, max: number) => (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;

/** The entity must be one for each value: beside it, or beside what holds it. */
function checkPer({ field, per, pointer }: MaskRule, report: Report): void {
  if (per === undefined) return;
  const holder = parentOf(per);
  if (!per.endsWith('[*]') && (holder === '' || holder === parentOf(field) || isInside(parentOf(field), holder)))
    return;
  const message = `${show(per)} has not one value for each ${show(field)}`;
  report('invalid_option', pointerTo(pointer, 'per'), message, 'name a field beside it, or of the row');
}

function checkType({ type, pointer }: MaskRule, report: Report): void {
  if (type === undefined) return;
  const found = findType(type);
  if (found?.build !== undefined) return;
  const near = nearestType(type);
  const hint =
    found !== undefined ? 'name a type of single values' : near === undefined ? undefined : `did you mean \`${near}\`?`;
  const message = found === undefined ? `unknown type ${show(type)}` : `type \`${found.key}\` makes no value by itself`;
  report('unknown_type', pointerTo(pointer, 'type'), message, hint);
}
