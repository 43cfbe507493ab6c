import { formatInfo, type Plan } from '@datamaker/engine';
import type { Contract } from './infer-contract.ts';
import type { OutputFormat } from './read-format.ts';
import type { TierName } from './tiers.ts';
import type { UsageReport } from './usage-report.ts';

/** Rows that have been paid for, ready to be made. */
export interface Generation {
  readonly id: string;
  readonly mode: 'schema' | 'ai';
  readonly keyId: string;
  /** With the seed. */
  readonly plan: Plan;
  readonly format: OutputFormat;
  readonly count: number;
  readonly locale: string;
  readonly tier: TierName;
  readonly usage: UsageReport;
  /** Of AI mode. */
  readonly contract: Contract | undefined;
  /** Whether it was made before, under the same Idempotency-Key. */
  readonly replayed: boolean;
}

/** What an answer in JSON says besides its records. */
export const envelopeOf = ({ id, mode, plan, format, count, locale, tier, usage, contract }: Generation) => ({
  ...(contract === undefined ? {} : { inferred_schema: contract.fields, inferred_contract_hash: contract.hash }),
  count,
  locale,
  tier,
  usage,
  generation_id: id,
  output_format: format.name,
  ...(mode === 'ai' ? { generation_mode: 'ai' } : {}),
  seed: plan.seed,
});

/** The bytes of a JSON answer before and after its records, which are spliced in as the engine writes them. */
export const aroundRecords = (generation: Generation): readonly [head: string, tail: string] => [
  '{"records":',
  `,${JSON.stringify(envelopeOf(generation)).slice(1)}`,
];

/** Media type of the answer, and a name to save it under. */
export function fileOf({ id, format: { options } }: Generation): { mediaType: string; fileName: string } {
  const { mediaType, extension } = formatInfo(options.format);
  return { mediaType, fileName: `${id}.${extension}` };
}
