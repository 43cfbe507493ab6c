import type { Notices, Place } from '../notices.ts';
import { isObject } from '../parse-json.ts';
import type { Facts } from './facts.ts';
import { kindOfValues } from './kind-of-values.ts';
import type { Merged } from './merge-schemas.ts';

/** Of alternatives the first that is not null; a list of constants is an enum. */
export function firstAlternative(
  merged: Merged,
  place: Place,
  subject: string,
  notices: Notices,
  read: (schema: unknown, pointer: string) => Facts,
): Facts | undefined {
  for (const key of ['oneOf', 'anyOf']) {
    const options = merged.keywords.get(key);
    if (options === undefined || !Array.isArray(options.value)) continue;
    const all: unknown[] = options.value;
    const isNull = (option: unknown): boolean =>
      isObject(option) && (option['type'] === 'null' || ('const' in option && option['const'] === null));
    const real = all.map((option, index) => ({ option, index })).filter(({ option }) => !isNull(option));
    const nullable = real.length < all.length ? { nullable: true } : {};
    const constants = real.flatMap(({ option }) =>
      isObject(option) && Object.hasOwn(option, 'const') ? [option['const']] : [],
    );
    if (constants.length > 0 && constants.length === real.length)
      return { kind: kindOfValues(constants), place, values: constants, ...nullable };
    const [first] = real;
    if (first === undefined) return { kind: 'any', place, literal: null };
    if (real.length > 1)
      notices.add(
        'alternatives',
        { pointer: `${options.pointer}/${key}` },
        `of ${real.length} alternatives the first is used`,
        subject,
      );
    const facts = read(first.option, `${options.pointer}/${key}/${first.index}`);
    return { ...facts, ...nullable };
  }
  return undefined;
}
