/** What keeps a seed, a check or an undo from being done. Codes are stable. */
export type SeedProblem =
  | 'invalid_seed_options'
  | 'unknown_table'
  | 'not_seedable'
  | 'no_table'
  | 'rows_edited'
  | 'rows_in_use'
  | 'rows_in_doubt'
  | 'receipt_does_not_fit'
  | 'not_supported'
  | 'invalid_mask_policy'
  | 'mask_strategy_does_not_fit'
  | 'mask_personal_value'
  | 'mask_not_ready'
  | 'mask_not_verified';

export class SeedError extends Error {
  readonly code: SeedProblem;
  readonly hint: string | undefined;

  constructor(code: SeedProblem, message: string, hint?: string) {
    super(message);
    this.name = 'SeedError';
    this.code = code;
    this.hint = hint;
  }
}
