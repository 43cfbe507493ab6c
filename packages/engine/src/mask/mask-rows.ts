import { type Result, success } from '../template/diagnostic.ts';
import { createMasker } from './create-masker.ts';
import type { MaskOptions } from './mask-options.ts';
import type { MaskedBatch, MaskSummary } from './mask-summary.ts';

/** Rows with what was done to them. */
export type MaskedRows = MaskedBatch & MaskSummary;

/**
 * Masks rows that are all in memory; for more, `createMasker`. The rows given are left as they are.
 * @param policy the parsed JSON of a policy; see `parsePolicy`
 * @returns all rows, or none and everything that stands in the way: no message holds a value
 */
export async function maskRows(
  rows: readonly unknown[],
  policy: unknown,
  options: MaskOptions = {},
): Promise<Result<MaskedRows>> {
  const masker = await createMasker(policy, options);
  if (!masker.ok) return masker;
  const masked = await masker.value.mask(rows);
  if (!masked.ok) return masked;
  const summary = masker.value.finish();
  return summary.ok ? success({ ...masked.value, ...summary.value }) : summary;
}
