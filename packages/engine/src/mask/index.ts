export { MIN_KEY_BYTES } from './mask-key.ts';
export { type MaskedRows, maskRows } from './mask-rows.ts';
export {
  createMasker,
  type MaskedBatch,
  type Masker,
  type MaskLogEntry,
  type MaskOptions,
  type MaskSummary,
  type TokenEntry,
} from './masker.ts';
export { parsePolicy } from './parse-policy.ts';
export { type MaskPolicy, type MaskRule, STRATEGIES, type Strategy } from './policy.ts';
