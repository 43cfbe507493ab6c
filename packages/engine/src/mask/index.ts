export { createMasker } from './create-masker.ts';
export { MIN_KEY_BYTES } from './mask-key.ts';
export type { MaskOptions } from './mask-options.ts';
export { type MaskedRows, maskRows } from './mask-rows.ts';
export type { MaskedBatch, MaskLogEntry, MaskSummary, TokenEntry } from './mask-summary.ts';
export type { Masker } from './masker.ts';
export { parsePolicy } from './parse-policy.ts';
export { type MaskPolicy, type MaskRule, STRATEGIES, type Strategy } from './policy.ts';
