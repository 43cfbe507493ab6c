import type { Field } from '../../template/template.ts';
import type { TypeRules } from '../../types/type-rules.ts';
import { keepsChecksum } from './keeps-checksum.ts';
import type { ValueTest } from './value-test.ts';

/**
 * What a type says of its values, tried on each.
 * @param country of the field's locale, null where it has none
 */
export function ruleTests({ type, options }: Field, country: string | null): ValueTest[] {
  const rules = type.rules?.(options, country);
  if (rules === undefined) return [];
  const { except, checksum, pattern } = rules;
  return [
    // A pattern that the template gives may take a matcher that goes back ages; what is made of it is known without (`form`).
    ...(pattern === undefined || pattern === options['pattern'] ? [] : [patternTest(pattern)]),
    ...lengthTests(rules),
    ...partsTests(rules),
    ...(except === undefined
      ? []
      : [ofText('except', 'values that stand for nothing', (text) => !except.includes(text))]),
    ...(checksum === undefined
      ? []
      : [
          ofText('checksum', `values whose checksum (${checksum.name}) is wrong`, (text) =>
            keepsChecksum(checksum.name, text),
          ),
        ]),
  ];
}

const ofText = (name: string, what: string, passes: (text: string) => boolean): ValueTest => ({
  name,
  what,
  passes: (value) => typeof value === 'string' && passes(value),
});

function patternTest(pattern: string): ValueTest {
  const whole = new RegExp(`^(?:${pattern})$`, 'u');
  return ofText('pattern', `values that do not match ${pattern}`, (text) => whole.test(text));
}

function lengthTests({ minLength, maxLength }: TypeRules): ValueTest[] {
  if (minLength === undefined && maxLength === undefined) return [];
  const [least, most] = [minLength ?? 0, maxLength ?? Number.POSITIVE_INFINITY];
  const what = `values of another length than ${least} to ${most === Number.POSITIVE_INFINITY ? 'any' : most}`;
  return [
    ofText('length', what, (text) => {
      const length = [...text].length;
      return length >= least && length <= most;
    }),
  ];
}

function partsTests({ parts }: TypeRules): ValueTest[] {
  if (parts === undefined) return [];
  const { what, separator, close, min, max } = parts;
  return [
    ofText('parts', `values of another number of ${what} than ${min} to ${max}`, (text) => {
      const count = text.slice(0, text.length - close.length).split(separator).length;
      return text.endsWith(close) && count >= min && count <= max;
    }),
  ];
}
