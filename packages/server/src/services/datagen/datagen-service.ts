import { randomUUID } from 'node:crypto';
import { drawSeed, type Plan, reseed } from '@datamaker/engine';
import type { AskModel } from '../../model/open-model.ts';
import { sweepAnswers } from '../../store/datagen/answers.ts';
import { findContract, keepContract, PUBLIC_OWNER, sweepContracts } from '../../store/datagen/contracts.ts';
import { modelAnswers } from '../../store/model-answers.ts';
import type { Store } from '../../store/open-store.ts';
import { InferenceRefiner } from '../inference/refine-inference.ts';
import { BodyReader } from './body-reader.ts';
import type { Caller } from './callers.ts';
import { checkContract } from './check-contract.ts';
import { contractHash, contractId, isContractId } from './contract.ts';
import type { Generation } from './generation.ts';
import { type Contract, ContractMaker, type ProposedField } from './infer-contract.ts';
import { Ledger } from './ledger.ts';
import type { Problem } from './problem.ts';
import type { OutputFormat } from './read-format.ts';
import { readGenerate } from './read-generate.ts';
import type { GenerateAiRequest } from './read-generate-ai.ts';
import { readInference } from './read-inference.ts';
import { invalid, Refusal } from './refusal.ts';
import { type Attempt, Requests } from './requests.ts';
import { RowPlans } from './row-plans.ts';
import { TIERS, type TierName } from './tiers.ts';
import { type UsageReport, usageReport } from './usage-report.ts';

/** What a contract is stored as. */
interface ContractDocument {
  readonly locale: string;
  readonly fields: readonly ProposedField[];
}

/** Contracts last so long: those of a key, and those of nobody in particular. */
const KEPT_DAYS = 365;
const PUBLIC_KEPT_DAYS = 1;
/** Who has no key is held to what the free plan allows. */
const KEYLESS: TierName = 'free';

/** Rows that may be made, before they are debited. */
interface Draft {
  readonly plan: Plan;
  readonly count: number;
  readonly format: OutputFormat;
  readonly locale: string;
  readonly seed: string | undefined;
  readonly contract?: Contract;
}

/** Told what goes on while an answer is being made. */
export interface Observer {
  inferred?(contract: Contract): void;
}

/** The use-cases of the DataGen door. */
export class DatagenService {
  readonly ledger: Ledger;
  readonly #store: Store;
  readonly #plans = new RowPlans();
  readonly #contracts: ContractMaker;
  readonly #requests: Requests;

  /** @param model asked about what names leave in doubt; undefined: none is */
  constructor(store: Store, model: AskModel | undefined) {
    this.#store = store;
    this.#contracts = new ContractMaker(model && new InferenceRefiner(model, modelAnswers(store)));
    this.ledger = new Ledger(store);
    this.#requests = new Requests(store);
  }

  /** What names are taken for; the contract is stored. */
  async inferSchema(body: unknown, caller: Caller | undefined) {
    const reader = new BodyReader(body, { field_names: ['customer_id', 'email'] });
    if (!reader.isObject) throw invalid(reader.problems);
    const request = readInference(reader);
    if (reader.problems.length > 0) throw invalid(reader.problems);
    const { fields, hash, locale } = await this.#contracts.infer(request, caller?.owner);
    const document: ContractDocument = { locale, fields };
    const owner = caller?.owner ?? PUBLIC_OWNER;
    const ids = [12, 16, 24, 32, 64].map((digits) => contractId(hash, digits));
    const days = caller === undefined ? PUBLIC_KEPT_DAYS : KEPT_DAYS;
    const id = await keepContract(this.#store, owner, hash, ids, document, days);
    return { proposed_schema: fields, contract_hash: hash, contract_id: id, locale };
  }

  /** A stored contract. @throws Refusal not_found */
  async readContract(id: string, caller: Caller | undefined) {
    const found = await this.#findContract(id, caller);
    const { fields, locale, hash, createdAt } = found;
    return {
      contract_id: id,
      contract_hash: hash,
      proposed_schema: fields,
      locale,
      created_at: createdAt.toISOString(),
    };
  }

  /** Checks a request of schema mode without making rows. @throws Refusal invalid */
  async validate(body: unknown, caller: Caller | undefined) {
    const { fields, count } = await readGenerate(body, caller?.tier ?? KEYLESS, this.#plans, Date.now());
    return { valid: true, field_count: fields.length, estimated_records: count };
  }

  /** Schema mode. */
  generate(caller: Caller, body: unknown, requestKey: string | undefined): Promise<Generation> {
    return this.#run(caller, 'schema', requestKey, ['generate', body], async (day) => {
      const { compiled, ...request } = await readGenerate(body, caller.tier, this.#plans, day);
      return { ...request, plan: compiled.plan };
    });
  }

  /** AI mode. @param asked the body that the request was read from */
  generateAi(
    caller: Caller,
    request: GenerateAiRequest,
    requestKey: string | undefined,
    asked: unknown,
    observer: Observer = {},
  ): Promise<Generation> {
    return this.#run(caller, 'ai', requestKey, asked, async (day, made) => {
      const contract = made ?? (await this.#contractFor(request, caller));
      observer.inferred?.(contract);
      const plan = await checkContract(contract, request, {
        plans: this.#plans,
        locale: contract.locale,
        count: request.count,
        day,
        nestedDepth: TIERS[caller.tier].nested_depth,
      });
      const { count, format, seed } = request;
      return { plan, count, format, seed, locale: contract.locale, contract };
    });
  }

  async #contractFor(request: GenerateAiRequest, caller: Caller): Promise<Contract> {
    const { inference, contractId: id } = request;
    if (inference !== undefined) return this.#contracts.infer(inference, caller.owner);
    if (id === undefined) throw new Error('a request without names or contract');
    const contract = await this.#findContract(id, caller);
    const problems = problemsBeside(contract, id, request);
    if (problems.length > 0) throw invalid(problems);
    return contract;
  }

  async #findContract(id: string, caller: Caller | undefined): Promise<Contract & { readonly createdAt: Date }> {
    const owner = caller?.owner ?? PUBLIC_OWNER;
    const found = isContractId(id) ? await findContract<ContractDocument>(this.#store, owner, id) : undefined;
    if (found === undefined) {
      throw new Refusal('not_found', 'There is no such contract, or it is not yours.', {
        hint: 'POST /api/v1/infer-schema makes contracts; those made without a key last a day',
      });
    }
    const { fields, locale } = found.document;
    return { fields, locale, hash: contractHash(fields), createdAt: found.createdAt };
  }

  /** Makes a draft, debits it, and notes how it was made; or takes the note of the same request and makes it again. */
  async #run(
    caller: Caller,
    mode: Generation['mode'],
    requestKey: string | undefined,
    asked: unknown,
    draw: (day: number, made?: Contract) => Promise<Draft>,
  ): Promise<Generation> {
    const attempt = await this.#requests.begin(caller.keyId, requestKey, [mode, asked]);
    const common = { mode, keyId: caller.keyId, tier: caller.tier };
    if (attempt.recipe !== undefined) {
      const { seed, day, generationId, usage, contract } = attempt.recipe;
      const draft = await draw(day, contract);
      const plan = reseed(draft.plan, seed);
      return { ...common, ...draft, plan, contract: draft.contract, id: generationId, usage, replayed: true };
    }
    try {
      const day = Date.now();
      const { seed = drawSeed(), ...draft } = await draw(day);
      const usage = await this.#debit(caller, draft.count, mode);
      const id = randomUUID();
      await this.#finish(attempt, { seed, day, generationId: id, usage, contract: draft.contract });
      const plan = reseed(draft.plan, seed);
      return { ...common, ...draft, plan, contract: draft.contract, id, usage, replayed: false };
    } catch (error) {
      await attempt.release().catch(() => undefined);
      throw error;
    }
  }

  #finish(attempt: Attempt, { contract, ...recipe }: Omit<RecipeOf, 'contract'> & { contract: Contract | undefined }) {
    return attempt.finish(contract === undefined ? recipe : { ...recipe, contract });
  }

  /** Gives back records that were debited but not sent. */
  async credit({ keyId, replayed }: Generation, records: number): Promise<void> {
    if (!replayed && records > 0) await this.ledger.credit(keyId, records);
  }

  /** Forgets contracts and answers whose time is over. */
  async sweep(): Promise<void> {
    await sweepContracts(this.#store);
    await sweepAnswers(this.#store);
  }

  async #debit(caller: Caller, records: number, mode: Generation['mode']): Promise<UsageReport> {
    const { max_calls_per_day: most } = TIERS[caller.tier];
    const usage = await this.ledger.debit(caller.keyId, records, most);
    if (usage !== undefined) return usageReport(caller.tier, usage, mode);
    throw new Refusal(
      'daily_limit',
      `The plan "${caller.tier}" allows ${most} calls a day, and this key has made them.`,
      {
        hint: 'the count begins again at midnight UTC; or use a key of a larger plan',
      },
    );
  }
}

/** What is said beside a contract must not be otherwise than the contract has it. */
function problemsBeside(contract: Contract, id: string, { names, locale }: GenerateAiRequest): Problem[] {
  const differs = (field: string): Problem => ({
    code: 'not_of_contract',
    field,
    message: `${field} is not that of the contract ${id}`,
    correction_hint: 'leave it out: the contract has it',
    pointer: '',
    suggested_fix: { [field]: null },
  });
  const own = contract.fields.map(({ name }) => name);
  return [
    ...(names === undefined || sameNames(names, own) ? [] : [differs('field_names')]),
    ...(locale === undefined || locale === contract.locale ? [] : [differs('locale')]),
  ];
}

type RecipeOf = Parameters<Attempt['finish']>[0];

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.toSorted().join('\0') === b.toSorted().join('\0');
