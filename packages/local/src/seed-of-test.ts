import { limits } from '@datamaker/engine';

/** What all seeds begin with where it is set: other rows for all tests. */
const SEED_VARIABLE = 'DATAMAKER_SEED';

/**
 * The seed of a test: its file and its names, so that it does not depend on which tests there are beside it.
 * @param names from the outside in
 */
export function seedOfTest(names: readonly string[]): string {
  const base = process.env[SEED_VARIABLE];
  const all = (base === undefined || base === '' ? names : [base, ...names]).join(' > ').toWellFormed();
  // What tells tests apart is at the end of long names, too.
  return all.length <= limits.MAX_SEED_LENGTH
    ? all
    : `${all.slice(0, 40)}…${all.slice(41 - limits.MAX_SEED_LENGTH)}`.toWellFormed();
}
