import type { FieldStats } from '../field-stats.ts';
import type { Check } from '../profile.ts';

/** What was tried on each value: how many failed, and the first of them. */
export function testChecks({ tried }: FieldStats): Check[] {
  return tried.map(({ test, failed, first }) => ({
    name: test.name,
    what: test.what,
    expected: 0,
    got: failed,
    tolerance: 0,
    ok: failed === 0,
    ...(failed === 0 ? {} : { example: first }),
  }));
}
