import type { Arguments } from '../arguments/command.ts';
import { badArgument } from '../errors/command-error.ts';

/** @throws CommandError for --json without --plan: what was done is in the receipt */
export function needPlanForJson({ flags }: Arguments): void {
  if (!flags.has('json') || flags.has('plan')) return;
  const hint = 'add --plan; what was done is told by the receipt, which is JSON';
  throw badArgument('--json', 'option_needed', '--json is for --plan', hint);
}
