import { type Arguments, flagValue } from '../arguments/command.ts';
import { badArgument } from '../errors/command-error.ts';

const MOST_SECONDS = 86_400;

/** How long a run may take, as a request says it; nothing when it was not given. @throws CommandError */
export function readTimeout(args: Arguments): { readonly timeout_seconds?: number } {
  const given = flagValue(args, 'timeout');
  if (given === undefined) return {};
  const seconds = Number(given);
  if (/^\d+$/.test(given) && seconds >= 1 && seconds <= MOST_SECONDS) return { timeout_seconds: seconds };
  throw badArgument('--timeout', 'invalid_timeout', `--timeout is a whole number from 1 to ${MOST_SECONDS}`);
}
