import type { UndoOptions } from '@datamaker/seeding';
import { type Arguments, type Flag, flagValue } from '../arguments/command.ts';
import { badArgument } from '../errors/command-error.ts';

const EDITED = ['refuse', 'keep', 'remove'] as const;

/** Of commands that remove rows. */
export const EDITED_FLAG: Flag = {
  name: 'edited',
  value: 'what',
  summary:
    'what becomes of rows that were changed since: refuse (nothing is removed), keep or remove (default: refuse)',
};

/** @throws CommandError for a word that is none of them */
export function readEdited(args: Arguments): NonNullable<UndoOptions['edited']> {
  const given = flagValue(args, 'edited') ?? 'refuse';
  const found = EDITED.find((one) => one === given);
  if (found !== undefined) return found;
  throw badArgument('--edited', 'invalid_value', `--edited is one of ${EDITED.join(', ')}`);
}
