import { approximateCount } from './enumerate.ts';
import { measure } from './measure.ts';
import { parsePattern } from './parse.ts';

export interface PatternTexts {
  /** How many different texts there are; undefined: one text comes in several ways, so that they cannot be kept distinct. */
  readonly count: number | undefined;
  /** Code points. */
  readonly minLength: number;
  readonly maxLength: number;
}

/** What texts a pattern gives; undefined: it is not understood. */
export function textsOfPattern(pattern: string): PatternTexts | undefined {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return undefined;
  const { root, ambiguous } = parsed.value;
  const { minLength, maxLength } = measure(root);
  return { count: ambiguous ? undefined : approximateCount(root), minLength, maxLength };
}
