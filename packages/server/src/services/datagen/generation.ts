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
export const envelopeOf = (generation: Generation) => ({
  ...(generation.contract === undefined ? {} : contractPart(generation.contract)),
  ...ownPart(generation),
});

const contractPart = ({ fields, hash }: Contract) => ({ inferred_schema: fields, inferred_contract_hash: hash });

const ownPart = ({ id, mode, plan, format, count, locale, tier, usage }: Generation) => ({
  count,
  locale,
  tier,
  usage,
  generation_id: id,
  output_format: format.name,
  ...(mode === 'ai' ? { generation_mode: 'ai' } : {}),
  seed: plan.seed,
});

/** The bytes before and after the records of a JSON answer, which are spliced in as the engine writes them. */
export interface AroundRecords {
  readonly head: string;
  readonly tail: readonly (string | Uint8Array)[];
}

/** What is written around the records: the envelope. */
export function aroundRecords(generation: Generation): AroundRecords {
  const own = `,${JSON.stringify(ownPart(generation)).slice(1)}`;
  const { contract } = generation;
  return { head: '{"records":', tail: contract === undefined ? [own] : [contractBytes(contract), own] };
}

/** Of contracts that are kept, and the same in many answers: to write one takes as long as to make a hundred rows. */
const writtenContracts = new WeakMap<Contract, Buffer>();

function contractBytes(contract: Contract): Buffer {
  let bytes = writtenContracts.get(contract);
  if (bytes === undefined) {
    bytes = Buffer.from(`,${JSON.stringify(contractPart(contract)).slice(1, -1)}`);
    writtenContracts.set(contract, bytes);
  }
  return bytes;
}

/** Media type of the answer, and a name to save it under. */
export function fileOf({ id, format: { options } }: Generation): { mediaType: string; fileName: string } {
  const { mediaType, extension } = formatInfo(options.format);
  return { mediaType, fileName: `${id}.${extension}` };
}
