import { type Diagnostic, failure, type Result, show, success } from '../template/diagnostic.ts';
import { type KnownField, knownFields } from './known-fields.ts';
import { MIN_KEY_BYTES } from './mask-key.ts';
import type { MaskOptions } from './mask-options.ts';
import { MAX_DIAGNOSTICS } from './mask-problems.ts';
import { Masker } from './masker.ts';
import { parsePolicy } from './parse-policy.ts';
import { isKeyed, type MaskPolicy } from './policy.ts';
import { SensitiveFields } from './sensitive-fields.ts';

/**
 * Prepares masking. Fails closed: a sensitive field of the template that the policy does not name, a missing key or a
 * type that does not exist is an error before any row is read.
 * @param policy the parsed JSON of a policy; see `parsePolicy`
 */
export async function createMasker(policy: unknown, options: MaskOptions = {}): Promise<Result<Masker>> {
  const parsed = parsePolicy(policy);
  if (!parsed.ok) return parsed;
  const diagnostics = checkKey(parsed.value, options.key);
  const known = options.template === undefined ? new Map<string, KnownField>() : knownFields(options.template);
  const sensitive = new SensitiveFields(parsed.value.rules, known, options.sensitive ?? []);
  diagnostics.push(...sensitive.unnamedInTemplate());
  if (diagnostics.length > 0) return failure(...diagnostics.slice(0, MAX_DIAGNOSTICS));
  const masker = new Masker(parsed.value, options, known, sensitive);
  const prepared = await masker.prepare();
  return prepared.ok ? success(masker) : prepared;
}

function checkKey({ rules }: MaskPolicy, key: Uint8Array | undefined): Diagnostic[] {
  const keyed = rules.filter(({ strategy }) => isKeyed(strategy));
  if (key !== undefined && key.length < MIN_KEY_BYTES) {
    const message = `the key has ${key.length} bytes, fewer than ${MIN_KEY_BYTES}`;
    return [{ code: 'mask_key_too_short', pointer: '/key', message, hint: 'make one with `openssl rand -hex 32`' }];
  }
  if (key !== undefined || keyed.length === 0) return [];
  const names = keyed.slice(0, 10).map(({ field, strategy }) => `${show(field)} (${strategy})`);
  const message = `a key is needed for ${names.join(', ')}`;
  return [{ code: 'mask_key_missing', pointer: '/key', message, hint: 'make one with `openssl rand -hex 32`' }];
}
