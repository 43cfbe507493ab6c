import { CONFIDENT, type Inference, type InferenceSource } from '@datamaker/engine/inference';
import type { InferenceRefiner } from '../inference/refine-inference.ts';
import { type ContractField, contractHash } from './contract.ts';
import { withEmirati } from './emirati.ts';
import { findLocale } from './locales.ts';
import { LruCache } from './lru-cache.ts';
import { namedTypeOf } from './type-names.ts';

/** Names of columns, and what is known besides. */
export interface InferenceRequest {
  readonly names: readonly string[];
  readonly locale: string;
  readonly hint: string | undefined;
  readonly table: string | undefined;
  /** Column name → values as they occur. */
  readonly samples: Readonly<Record<string, readonly unknown[]>> | undefined;
}

/** What a guess rests on, as clients see it. */
export type PublicSource = 'rules' | 'samples' | 'heuristic' | 'model';

interface PublicCandidate {
  readonly type: string;
  readonly constraints?: Readonly<Record<string, unknown>>;
  readonly confidence: number;
  readonly reason: string;
}

/** A column of a proposed schema; it can be sent as a field of `schema_fields` as it is. */
export interface ProposedField extends ContractField {
  readonly description: string;
  readonly inference_source: PublicSource;
  readonly confidence: number;
  readonly reason: string;
  readonly alternatives: readonly PublicCandidate[];
}

/** What columns were taken for. */
export interface Contract {
  readonly fields: readonly ProposedField[];
  readonly hash: string;
  readonly locale: string;
}

const SOURCES: Readonly<Record<InferenceSource, PublicSource>> = {
  rule: 'rules',
  lexicon: 'rules',
  table: 'rules',
  samples: 'samples',
  fallback: 'heuristic',
  generic: 'heuristic',
  model: 'model',
};

/** Contracts are kept by weight in columns: agents ask for the same ones again and again. */
const KEPT_COLUMNS = 20_000;

/** Makes contracts of names. The same request gives the same contract. */
export class ContractMaker {
  readonly #refiner: InferenceRefiner | undefined;
  readonly #kept = new LruCache<string, Contract>(KEPT_COLUMNS, ({ fields }) => fields.length);

  /** @param refiner asks a model about what names leave in doubt; undefined: none is asked */
  constructor(refiner: InferenceRefiner | undefined) {
    this.#refiner = refiner;
  }

  /** @param owner whose contract it is: answers of a model for one are not used for another, and for nobody none is asked */
  async infer(request: InferenceRequest, owner: string | undefined): Promise<Contract> {
    // Samples are as good as never the same twice, and large.
    const key =
      request.samples === undefined
        ? JSON.stringify([request.names, request.locale, request.hint, request.table])
        : undefined;
    const kept = key === undefined ? undefined : this.#kept.get(key);
    const contract = kept ?? toContract(await infer(request));
    if (key !== undefined && kept === undefined) this.#kept.set(key, contract);
    if (this.#refiner === undefined || owner === undefined || guessedFields(contract).length === 0) return contract;
    // What the model said is kept in the database, and read from there: it may be another server that asked.
    const refined = await this.#refiner.refine(await infer(request), { scope: owner, domainHint: request.hint });
    return toContract(refined);
  }
}

async function infer({ names, locale, hint, table, samples }: InferenceRequest): Promise<Inference> {
  const { inferTemplate } = await import('@datamaker/engine/infer');
  return inferTemplate(names, {
    locale,
    ...(hint === undefined ? {} : { domainHint: hint }),
    ...(table === undefined ? {} : { table }),
    ...(samples === undefined ? {} : { samples }),
  });
}

function toContract(inference: Inference): Contract {
  const fields = inference.fields.map((field): ProposedField => {
    const { name, description, confidence, reason, source, alternatives } = field;
    const offered = namedTypeOf(field.type) !== undefined;
    const { locale: own, null_percentage: blanks, ...constraints } = offered ? field.options : {};
    return {
      ...withEmirati({
        name,
        type: typeNameOf(field.type),
        locale: (typeof own === 'string' ? findLocale(own) : undefined) ?? inference.locale,
        ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
        ...(typeof blanks === 'number' ? { blankPercentage: blanks } : {}),
      }),
      description,
      inference_source: SOURCES[source],
      confidence,
      reason,
      alternatives: alternatives
        .filter((other) => namedTypeOf(other.type) !== undefined)
        .map((other) => ({
          type: typeNameOf(other.type),
          ...(Object.keys(other.options).length === 0 ? {} : { constraints: other.options }),
          confidence: other.confidence,
          reason: other.reason,
        })),
    };
  });
  return { fields, hash: contractHash(fields), locale: inference.locale };
}

/** What this door calls a type; what it does not offer, which a model might propose, is text. */
const typeNameOf = (key: string): string => namedTypeOf(key)?.name ?? 'text';

/** The columns that were not recognised, but guessed. */
export const guessedFields = ({ fields }: Contract): readonly ProposedField[] =>
  fields.filter(({ confidence }) => confidence < CONFIDENT);
