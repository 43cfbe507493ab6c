import type { Profile } from '@datamaker/engine';
import { CommandError } from '../errors/command-error.ts';

/** @throws CommandError (exit code 1) when the rows are not what the template promises */
export function assertPromises({ fields }: Profile): void {
  const failed = fields.flatMap(({ checks }) => checks.filter(({ ok }) => !ok)).length;
  if (failed === 0) return;
  const what = failed === 1 ? '1 promise of the template does' : `${failed} promises of the template do`;
  throw new CommandError(1, 'check_failed', `${what} not hold`, {
    hint: 'the output tells which; with another seed, chance would not break the same again',
  });
}
