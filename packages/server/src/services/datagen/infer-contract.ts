import { CONFIDENT, type InferenceSource, inferTemplate } from '@datamaker/engine/infer';
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
  model: 'model',
  generic: 'heuristic',
};

/** Contracts are kept by weight in columns: agents ask for the same ones again and again. */
const KEPT_COLUMNS = 20_000;

/** Makes contracts of names. The same request gives the same contract. */
export class ContractMaker {
  readonly #kept = new LruCache<string, Contract>(KEPT_COLUMNS, ({ fields }) => fields.length);

  infer(request: InferenceRequest): Contract {
    // Samples are as good as never the same twice, and large.
    if (request.samples !== undefined) return infer(request);
    const key = JSON.stringify([request.names, request.locale, request.hint, request.table]);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const contract = infer(request);
    this.#kept.set(key, contract);
    return contract;
  }
}

function infer({ names, locale, hint, table, samples }: InferenceRequest): Contract {
  const inference = inferTemplate(names, {
    locale,
    ...(hint === undefined ? {} : { domainHint: hint }),
    ...(table === undefined ? {} : { table }),
    ...(samples === undefined ? {} : { samples }),
  });
  const fields = inference.fields.map((field): ProposedField => {
    const { name, description, confidence, reason, source, alternatives } = field;
    const { locale: own, null_percentage: blanks, ...constraints } = field.options;
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
      alternatives: alternatives.map((other) => ({
        type: typeNameOf(other.type),
        ...(Object.keys(other.options).length === 0 ? {} : { constraints: other.options }),
        confidence: other.confidence,
        reason: other.reason,
      })),
    };
  });
  return { fields, hash: contractHash(fields), locale: inference.locale };
}

const typeNameOf = (key: string): string => {
  const type = namedTypeOf(key);
  if (type === undefined) throw new Error(`inference proposes ${key}, which this door does not offer`);
  return type.name;
};

/** The columns that were not recognised, but guessed. */
export const guessedFields = ({ fields }: Contract): readonly ProposedField[] =>
  fields.filter(({ confidence }) => confidence < CONFIDENT);
