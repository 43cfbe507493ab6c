/** What is known of columns besides their names. */
export interface InferOptions {
  /** Of the values, unless a column or the hint says otherwise; default: en_US. */
  readonly locale?: string;
  /** What the rows are about, in the user's words. It is only ever searched for words that are known. */
  readonly domainHint?: string;
  /** Name of the table the columns are in. */
  readonly table?: string;
  /** Column name → values as they occur; they veto or promote what the name suggests. */
  readonly samples?: Readonly<Record<string, readonly unknown[]>>;
}

/**
 * What a guess rests on. `generic`: nothing was recognised, a typed filler stands in. `model`: a language model was asked;
 * the engine never does that itself.
 */
export type InferenceSource = 'rule' | 'lexicon' | 'table' | 'samples' | 'fallback' | 'generic' | 'model';

/** A field type, with its options, that suits a column. */
export interface Candidate {
  /** Key of the catalogue. */
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** How sure it is, 0 to 1. */
  readonly confidence: number;
  /** What it was told by, in a few words. */
  readonly reason: string;
  readonly source: InferenceSource;
}

/** What was made of a column: the best candidate, and those behind it, best first. */
export interface InferredField extends Candidate {
  readonly name: string;
  /** What the values are, in a few words. */
  readonly description: string;
  readonly alternatives: readonly Candidate[];
}

/** What was made of all columns of a table: its fields together are a valid template. */
export interface Inference {
  /** In the order of the names. */
  readonly fields: readonly InferredField[];
  readonly locale: string;
  /** What a row is, such as `customer`; undefined where the names do not tell. */
  readonly entity: string | undefined;
  /** In words, why the locale is another than asked for. */
  readonly notes: readonly string[];
}

/** Below this confidence a field counts as guessed: strict contracts refuse it, a model may be asked. */
export const CONFIDENT = 0.6;
