import type { Answer, Client } from './client.ts';

/** A structured error of the DataGen door, as far as tests look at it. */
export interface StructuredErrorBody {
  readonly error: true;
  readonly code: string;
  readonly field?: string;
  readonly message: string;
  readonly correction_hint: string;
  readonly pointer: string;
  readonly suggested_fix?: Readonly<Record<string, unknown>>;
  readonly upgrade_required: boolean;
  readonly upgrade_url?: string;
}

export interface ContractBody {
  readonly proposed_schema: readonly { readonly name: string; readonly type: string; readonly confidence: number }[];
  readonly contract_hash: string;
  readonly contract_id: string;
  readonly locale: string;
}

export interface GenerationBody {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly count: number;
  readonly locale: string;
  readonly tier: string;
  readonly usage: {
    readonly calls_today: number;
    readonly calls_remaining: number | 'unlimited';
    readonly records_today: number;
  };
  readonly generation_id: string;
  readonly output_format: string;
  readonly seed: string;
  readonly inferred_contract_hash?: string;
}

/** What an agent sends to be told of errors in a form it can act on. */
export const AGENTIC = { accept: 'application/json, application/vnd.agentic+json' };

/** A key of the free plan, from the door itself. */
export async function mintKey(client: Client): Promise<string> {
  const { body } = await client.as(undefined).get<{ api_key: string }>('/api/v1/auth/free-key');
  return body.api_key;
}

/** Puts the fixes of errors into a body, as the page of this door says: each into the object that its pointer names. */
export function applyFixes(body: unknown, errors: readonly StructuredErrorBody[]): unknown {
  // As it is sent: what is one object in two places here, is two there.
  let fixed = JSON.parse(JSON.stringify(body) ?? 'null') as unknown;
  for (const { pointer, suggested_fix: fix } of errors) {
    if (fix === undefined) continue;
    const steps = pointer.split('/').slice(1);
    if (steps.length === 0) {
      fixed = { ...(isObject(fixed) ? fixed : {}), ...fix };
      continue;
    }
    const target = steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], fixed);
    if (isObject(target)) Object.assign(target, fix);
  }
  return fixed;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Sends a body until nothing is wrong with it, each time with the fixes of the errors before. @returns the answers */
export async function untilAccepted(client: Client, path: string, body: unknown, most = 4): Promise<Answer<unknown>[]> {
  const answers: Answer<unknown>[] = [];
  let current = body;
  for (let round = 0; round < most; round++) {
    const answer = await client.post<unknown>(path, JSON.stringify(current), AGENTIC);
    answers.push(answer);
    if (answer.status !== 422) break;
    current = applyFixes(current, answer.body as readonly StructuredErrorBody[]);
  }
  return answers;
}
