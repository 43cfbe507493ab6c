import { badInput } from '../errors/command-error.ts';
import { readInput } from '../template/read-input.ts';
import type { SourceText } from '../template/source-text.ts';

export interface PolicyFile {
  readonly text: SourceText;
  /** The JSON of it, parsed. */
  readonly document: unknown;
}

/** @throws CommandError */
export async function readPolicy(path: string): Promise<PolicyFile> {
  const { limits } = await import('@datamaker/engine');
  const text = await readInput(path, limits.MAX_TEMPLATE_BYTES);
  return { text, document: parsePolicyText(text) };
}

/** @throws CommandError */
export function parsePolicyText(policy: SourceText): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(policy.bytes));
  } catch {
    const message = `the policy is not JSON: ${policy.expectedInstead() ?? 'UTF-8'} was expected here`;
    const hint = 'check quotes, commas and brackets there';
    throw badInput(policy.name, [{ code: 'invalid_json', place: policy.placeOf(''), message, hint }]);
  }
}
