import table from './data/tiers.json' with { type: 'json' };

/** What a plan allows; -1 calls: any number. */
export interface Tier {
  readonly max_records_per_call: number;
  readonly max_ai_records_per_call: number;
  readonly max_calls_per_day: number;
  /** How deep fields may stand inside each other. */
  readonly nested_depth: number;
  readonly price_usd_month: number;
}

export type TierName = keyof typeof table;

/** The plans. All types are on all of them. `self-hosted` is the plan of the workspaces of this server. */
export const TIERS: Readonly<Record<TierName, Tier>> = table;

export const isTier = (name: string): name is TierName => Object.hasOwn(TIERS, name);

export const TIER_NAMES = Object.keys(TIERS) as readonly TierName[];
