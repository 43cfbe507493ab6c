import type { MaskRule } from './policy.ts';

/** A rule, and what has come of it so far. */
export interface RuleState {
  readonly rule: MaskRule;
  type: string | undefined;
  values: number;
  nulls: number;
  seen: boolean;
}
