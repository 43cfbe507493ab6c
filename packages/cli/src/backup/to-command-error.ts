import { CommandError } from '../errors/command-error.ts';

/** Codes of what is wrong with what was given; all else is wrong with where it should go. */
const BAD_INPUT = new Set(['not_a_backup', 'damaged_backup', 'unknown_backup_format', 'newer_schema', 'blobs_missing']);

/** An error of a backup in words; anything else as it is. */
export function toCommandError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'BackupError') return error;
  const { code, message, hint } = error as Error & { code: string; hint: string };
  return new CommandError(BAD_INPUT.has(code) ? 2 : 1, code, message, { hint, cause: error });
}
