import { type Arguments, flagValue, flagValues } from '../arguments/command.ts';
import { toNumber } from '../arguments/to-number.ts';
import { badInput, type Problem } from '../errors/command-error.ts';

/** What flags say of a push, as POST /connections/{id}/push takes it; rows and seed are judged there. */
export interface PushOrder {
  readonly table: string;
  readonly schema?: string;
  readonly count: number | string;
  readonly from?: number | string;
  readonly seed?: string;
  readonly on_conflict: string;
  readonly key?: readonly string[];
  readonly batch_size?: number;
  readonly batch_key?: string;
  readonly rate_limit?: number;
  readonly retries?: number;
  readonly timeout_seconds?: number;
  readonly verify: boolean;
}

const ON_CONFLICT = ['fail', 'skip', 'update'];
const DEFAULT_COUNT = '10';

/** Flags that are numbers, and what the request calls them. */
const NUMBERS = {
  'batch-size': 'batch_size',
  'rate-limit': 'rate_limit',
  retries: 'retries',
  timeout: 'timeout_seconds',
} as const;

/** @throws CommandError with every problem there is */
export function readPushOrder(table: string, args: Arguments): PushOrder {
  const problems: Problem[] = [];
  const onConflict = flagValue(args, 'on-conflict') ?? 'fail';
  if (!ON_CONFLICT.includes(onConflict)) {
    const message = `--on-conflict is one of ${ON_CONFLICT.join(', ')}`;
    problems.push({ code: 'invalid_value', place: '--on-conflict', message });
  }
  const numbers: Partial<Record<(typeof NUMBERS)[keyof typeof NUMBERS], number>> = {};
  for (const [flag, name] of Object.entries(NUMBERS)) {
    const given = flagValue(args, flag);
    if (given === undefined) continue;
    numbers[name] = Number(given);
    if (!/^\d{1,9}(\.\d{1,3})?$/.test(given)) {
      problems.push({ code: 'invalid_value', place: `--${flag}`, message: `--${flag} is a number` });
    }
  }
  if (problems.length > 0) throw badInput('the command line', problems);
  const from = flagValue(args, 'from');
  const key = flagValue(args, 'key')?.split(',');
  const texts = Object.entries({
    schema: flagValue(args, 'schema'),
    seed: flagValue(args, 'seed'),
    batch_key: flagValue(args, 'batch-key'),
  }).filter(([, value]) => value !== undefined);
  return {
    table,
    count: toNumber(flagValue(args, 'count') ?? DEFAULT_COUNT),
    on_conflict: onConflict,
    verify: !args.flags.has('no-verify'),
    ...numbers,
    ...Object.fromEntries(texts),
    ...(from === undefined ? {} : { from: toNumber(from) }),
    ...(key === undefined ? {} : { key }),
  };
}

/** `--map field=column`, and `field=` for a field that goes nowhere. @throws CommandError for what is neither */
export function readMapping(args: Arguments): Readonly<Record<string, string | null>> {
  const pairs = flagValues(args, 'map').map((given) => {
    const at = given.indexOf('=');
    if (at > 0) return [given.slice(0, at), given.slice(at + 1) || null] as const;
    const message = `${JSON.stringify(given.slice(0, 80))} is no field=column`;
    throw badInput('the command line', [{ code: 'invalid_mapping', place: '--map', message }]);
  });
  return Object.fromEntries(pairs);
}
