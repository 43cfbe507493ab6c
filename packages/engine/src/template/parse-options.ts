import { nearest, normalise } from '../text/nearest.ts';
import type { OptionKind, OptionSpec, Options } from '../types/field-type.ts';
import { type Diagnostic, pointerTo, show } from './diagnostic.ts';

/**
 * Checks given options against their specs: unknown names, wrong kinds, missing ones. Aliases are resolved and defaults
 * filled in; what is wrong is reported and left out.
 */
export function parseOptions(
  given: Readonly<Record<string, unknown>>,
  specs: Readonly<Record<string, OptionSpec>>,
  pointer: string,
  report: (diagnostic: Diagnostic) => void,
): Record<string, unknown> {
  const names = new Map<string, string>();
  for (const [name, spec] of Object.entries(specs)) {
    for (const alias of [name, ...(spec.aliases ?? [])]) names.set(normalise(alias), name);
  }
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const name = names.get(normalise(key));
    const at = pointerTo(pointer, key);
    if (name === undefined) {
      const near = nearest(key, Object.keys(specs));
      const hint =
        near === undefined ? `known options: ${Object.keys(specs).join(', ') || 'none'}` : `did you mean \`${near}\`?`;
      report({ code: 'unknown_option', pointer: at, message: `unknown option ${show(key)}`, hint });
      continue;
    }
    const spec = specs[name];
    if (spec === undefined) continue;
    if (Object.hasOwn(options, name)) {
      report({
        code: 'duplicate_option',
        pointer: at,
        message: `option \`${name}\` is given twice`,
        hint: 'one of them is an alias: keep one',
      });
      continue;
    }
    // Null stands for "not given", except where null is itself a value.
    if (value === null && spec.kind !== 'any') continue;
    const problem = checkKind(value, spec);
    if (problem === undefined) options[name] = value;
    else
      report({
        code: 'invalid_option',
        pointer: at,
        message: `\`${name}\` ${problem}, not ${show(value)}`,
        hint: spec.summary,
      });
  }
  for (const [name, spec] of Object.entries(specs)) {
    if (Object.hasOwn(options, name)) continue;
    if (spec.required === true && !isGiven(given, name, names)) {
      report({ code: 'missing_option', pointer, message: `option \`${name}\` is missing`, hint: spec.summary });
    } else if (spec.default !== undefined) {
      options[name] = spec.default;
    }
  }
  return options;
}

/** Whether the option has a value, right or wrong: a wrong one has been reported already. */
const isGiven = (given: Options, name: string, names: ReadonlyMap<string, string>): boolean =>
  Object.entries(given).some(([key, value]) => names.get(normalise(key)) === name && (value ?? null) !== null);

/** What the value must be, when it is not. */
function checkKind(value: unknown, spec: OptionKind): string | undefined {
  switch (spec.kind) {
    case 'integer':
      if (!Number.isSafeInteger(value)) return 'must be a whole number';
      return outOfRange(value as number, spec.min, spec.max);
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
      return outOfRange(value, spec.min, spec.max);
    case 'string':
      if (typeof value !== 'string') return 'must be a text';
      if (value.length < (spec.minLength ?? 0)) return 'must not be empty';
      return value.length > (spec.maxLength ?? 10_000)
        ? `must have at most ${spec.maxLength ?? 10_000} characters`
        : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'one of':
      return typeof value === 'string' && spec.values.includes(value)
        ? undefined
        : `must be one of ${spec.values.join(', ')}`;
    case 'count':
      return checkCount(value, spec.min, spec.max);
    case 'date':
      return isMoment(value, DATE) ? undefined : 'must be a date (YYYY-MM-DD) or "now"';
    case 'datetime':
      return isMoment(value, DATETIME) ? undefined : 'must be a moment (YYYY-MM-DDThh:mm:ssZ), a date or "now"';
    case 'time':
      return typeof value === 'string' && TIME.test(value) ? undefined : 'must be a time of day (hh:mm:ss)';
    case 'list':
      return Array.isArray(value) ? undefined : 'must be a list';
    case 'weights':
      return checkWeights(value);
    case 'fields':
      return Array.isArray(value) ? undefined : 'must be a list of fields';
    case 'field':
      return isObject(value) ? undefined : 'must be a field without a name: { "type": …, "options": … }';
    case 'map':
      return checkMap(value, spec.of);
    case 'any':
      return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function checkMap(value: unknown, of: Extract<OptionKind, { kind: 'map' }>['of']): string | undefined {
  if (!isObject(value) || Object.keys(value).length === 0) return 'must be an object with at least one key';
  if (Object.keys(value).length > 10_000) return 'must have at most 10000 keys';
  if (of === 'field' && !Object.values(value).every(isObject)) return 'must have fields as values: { "type": … }';
  if (of !== 'next states') return undefined;
  const fine = Object.values(value).every(
    (next) =>
      (Array.isArray(next) && next.every((state) => typeof state === 'string')) ||
      (isObject(next) && checkWeights(next) === undefined),
  );
  return fine ? undefined : 'must have lists of next states as values, or maps from a next state to its weight';
}

function outOfRange(value: number, min: number | undefined, max: number | undefined): string | undefined {
  if (min !== undefined && value < min) return `must be at least ${min}`;
  return max !== undefined && value > max ? `must be at most ${max}` : undefined;
}

function checkCount(value: unknown, min: number, max: number): string | undefined {
  const fits = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= min && (n as number) <= max;
  if (fits(value)) return undefined;
  const wanted = `must be a whole number from ${min} to ${max}, or { "min", "max" } of such`;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return wanted;
  const { min: low, max: high, ...others } = value as Record<string, unknown>;
  if (!fits(low) || !fits(high) || Object.keys(others).length > 0) return wanted;
  return low <= high ? undefined : 'must have a min not above its max';
}

function checkWeights(value: unknown): string | undefined {
  const weights = Array.isArray(value)
    ? value
    : value !== null && typeof value === 'object'
      ? Object.values(value)
      : undefined;
  const fine = weights?.every(
    (weight) => typeof weight === 'number' && Number.isFinite(weight) && weight >= 0 && weight <= 1e12,
  );
  return fine === true ? undefined : 'must be a list of numbers from 0 up, or a map from value to such a number';
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATETIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

function isMoment(value: unknown, form: RegExp): boolean {
  if (value === 'now') return true;
  if (typeof value !== 'string' || !form.test(value)) return false;
  const millis = Date.parse(value);
  // Date.parse lets 31 February through as 3 March.
  return (
    !Number.isNaN(millis) &&
    new Date(Date.parse(`${value.slice(0, 10)}T00:00:00Z`)).toISOString().startsWith(value.slice(0, 10))
  );
}
