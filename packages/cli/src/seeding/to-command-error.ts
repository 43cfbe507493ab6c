import { badArgument, CommandError } from '../errors/command-error.ts';

/** Problems of seeds and connections that are mistakes of what was given. */
const BAD_INPUT = new Set([
  'invalid_seed_options',
  'unknown_table',
  'receipt_does_not_fit',
  'invalid_config',
  'invalid_mask_policy',
]);

/** What a connection or a seed says, in words; anything else as it is. Neither shows a password or a value. */
export function toCommandError(error: unknown): unknown {
  if (!(error instanceof Error) || !['ConnectionError', 'SeedError'].includes(error.name)) return error;
  const {
    problem,
    code = problem ?? '',
    message,
    hint,
  } = error as Error & {
    problem?: string;
    code?: string;
    hint?: string;
  };
  const [line = ''] = message.split('\n');
  if (BAD_INPUT.has(code)) return badArgument('', code, line, hint);
  return new CommandError(1, code, line, { cause: error, ...(hint === undefined ? {} : { hint }) });
}
