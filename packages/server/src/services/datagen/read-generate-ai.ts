import { BodyReader, show } from './body-reader.ts';
import { isContractId } from './contract.ts';
import type { InferenceRequest } from './infer-contract.ts';
import { UPGRADE_URL } from './problem.ts';
import { readColumnNames } from './read-column-names.ts';
import { readCount } from './read-count.ts';
import { type OutputFormat, readFormat } from './read-format.ts';
import { readInference, readWords } from './read-inference.ts';
import { readLocale } from './read-locale.ts';
import { invalid } from './refusal.ts';
import { TIERS, type TierName } from './tiers.ts';

/** A request of AI mode, checked as far as it can be before anything is inferred. */
export interface GenerateAiRequest {
  /** The columns to infer; undefined: those of the contract. */
  readonly inference: InferenceRequest | undefined;
  /** Where they are given beside a contract: they must be the contract's. */
  readonly names: readonly string[] | undefined;
  readonly contractId: string | undefined;
  /** Where it is given beside a contract: it must be the contract's. */
  readonly locale: string | undefined;
  readonly count: number;
  readonly format: OutputFormat;
  readonly seed: string | undefined;
  readonly requireValidate: boolean;
  readonly strictContract: boolean;
  /** In lower case. */
  readonly expectedHash: string | undefined;
}

const EXAMPLE = { field_names: ['customer_id', 'email'], count: 10 };

/** Reads a body of AI mode. @throws Refusal with everything that is wrong in it */
export function readGenerateAi(body: unknown, tier: TierName): GenerateAiRequest {
  const reader = new BodyReader(body, EXAMPLE);
  if (!reader.isObject) throw invalid(reader.problems);
  const { max_ai_records_per_call: most } = TIERS[tier];
  const contractId = readContractId(reader);
  const request: GenerateAiRequest = {
    contractId,
    ...(contractId === undefined ? { ...NOTHING_BESIDE, inference: readInference(reader) } : readBeside(reader)),
    count: readCount(reader, most, tier),
    format: readFormat(reader),
    seed: reader.seed(),
    requireValidate: reader.flag('require_validate'),
    strictContract: reader.flag('strict_contract'),
    expectedHash: readHash(reader),
  };
  if (reader.problems.length === 0) return request;
  const above = reader.problems.some(({ code }) => code === 'count_above_plan');
  throw invalid(reader.problems, above ? { max_ai_records_per_call: most, upgrade_url: UPGRADE_URL } : {});
}

type BesideContract = Pick<GenerateAiRequest, 'inference' | 'names' | 'locale'>;
const NOTHING_BESIDE: BesideContract = { inference: undefined, names: undefined, locale: undefined };

/** What is said of columns beside a contract, which has it all: checked, though nothing comes of it. */
function readBeside(reader: BodyReader): BesideContract {
  readWords(reader);
  return {
    inference: undefined,
    names: reader.gives('field_names') ? readColumnNames(reader) : undefined,
    locale: reader.gives('locale') ? readLocale(reader) : undefined,
  };
}

function readContractId(reader: BodyReader): string | undefined {
  const id = reader.take('contract_id');
  if (id === undefined || (typeof id === 'string' && isContractId(id))) return id;
  const message = `contract_id must be an id such as "ctr_0123456789ab", not ${show(id)}`;
  const fix = reader.gives('field_names') ? { contract_id: null } : { ...EXAMPLE, contract_id: null };
  const hint = 'POST /api/v1/infer-schema gives one; or send field_names';
  reader.report('contract_id', 'invalid_contract_id', message, hint, null, { suggested_fix: fix });
  // Not undefined: without names, their lack would be reported as well.
  return 'ctr_';
}

function readHash(reader: BodyReader): string | undefined {
  const hash = reader.take('expected_contract_hash');
  if (hash === undefined) return undefined;
  if (typeof hash === 'string' && /^[0-9a-f]{64}$/i.test(hash)) return hash.toLowerCase();
  const message = `expected_contract_hash must be 64 hex digits, not ${show(hash)}`;
  const hint = 'take contract_hash from POST /api/v1/infer-schema, or leave it out';
  reader.report('expected_contract_hash', 'invalid_contract_hash', message, hint, null);
  return undefined;
}
