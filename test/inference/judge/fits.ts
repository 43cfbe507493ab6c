import { amounts } from './amounts.ts';
import { identifiers } from './identifiers.ts';
import type { Label } from './labels.ts';
import { machines } from './machines.ts';
import { people } from './people.ts';
import { places } from './places.ts';
import type { Rule } from './rule.ts';
import { texts } from './texts.ts';
import { times } from './times.ts';

/** What values of each label look like. */
const RULES: Readonly<Record<Label, Rule>> = {
  ...people,
  ...places,
  ...times,
  ...amounts,
  ...identifiers,
  ...machines,
  ...texts,
};

/** A column may hold a few values that look otherwise: names that a lexicon lacks, a free text that is one word. */
const SHARE_THAT_MUST_LOOK_RIGHT = 0.8;
/** Emptier than this, nothing can be said of a column. */
const SHARE_THAT_MUST_BE_PRESENT = 0.3;

const isPresent = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/**
 * Whether the values of a column look like what its label says: eight in ten of those that are present, and the column as
 * a whole. It goes by the values alone, never by the type they were generated with.
 */
export function fits(label: Label, values: readonly unknown[]): boolean {
  const present = values.filter(isPresent);
  // Most addresses have no second line.
  if (label === 'address_line2' && present.length === 0) return true;
  if (present.length < Math.max(3, values.length * SHARE_THAT_MUST_BE_PRESENT)) return false;
  const rule = RULES[label];
  const right = present.filter(rule.one).length;
  return right >= present.length * SHARE_THAT_MUST_LOOK_RIGHT && (rule.all?.(present) ?? true);
}
