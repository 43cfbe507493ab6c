import type { Usage } from '../../store/datagen/usage.ts';
import { TIERS, type TierName } from './tiers.ts';

/** What a key has used today, as answers say it. */
export interface UsageReport {
  readonly tier: TierName;
  readonly generation_mode?: 'ai';
  readonly calls_today: number;
  readonly calls_remaining: number | 'unlimited';
  readonly records_today: number;
}

export function usageReport(tier: TierName, { calls, records }: Usage, mode: 'schema' | 'ai'): UsageReport {
  const { max_calls_per_day: most } = TIERS[tier];
  return {
    tier,
    ...(mode === 'ai' ? { generation_mode: mode } : {}),
    calls_today: calls,
    calls_remaining: most < 0 ? 'unlimited' : Math.max(0, most - calls),
    records_today: records,
  };
}
