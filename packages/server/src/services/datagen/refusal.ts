import type { Problem } from './problem.ts';

/** Why a request of the DataGen door is not served; the door says it in HTTP. */
export type RefusalKind =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'payment_required'
  | 'forbidden'
  | 'not_found'
  | 'contract_mismatch'
  | 'request_key_reused'
  | 'request_in_progress'
  | 'daily_limit'
  | 'too_many_keys'
  | 'unavailable';

/** A request that is not served. `details` are members of the answer beside the message. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly problems: readonly Problem[];
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    kind: RefusalKind,
    message: string,
    { problems = [], ...details }: { problems?: readonly Problem[]; [detail: string]: unknown } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.kind = kind;
    this.problems = problems;
    this.details = details;
  }
}

/** A refusal of a request that is wrong, with all that is wrong in it. */
export const invalid = (problems: readonly Problem[], details: Readonly<Record<string, unknown>> = {}): Refusal =>
  new Refusal('invalid', problems.map(({ message }) => message).join('; '), { ...details, problems });
