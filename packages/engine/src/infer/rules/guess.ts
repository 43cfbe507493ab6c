import kindData from '../data/kinds.json' with { type: 'json' };
import type { Candidate, InferenceSource } from '../inference.ts';

/** A candidate with what its values are. */
export interface Guess extends Candidate {
  readonly description: string;
  /** The kind of values it was made from, where it was. */
  readonly kind?: string;
  /** How many words at the end of the name it rests on. */
  readonly words?: number;
  /** Percent of rows without a value. */
  readonly nulls?: number;
}

export interface Kind {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly description: string;
}

const kinds: ReadonlyMap<string, Kind> = new Map(Object.entries(kindData));

/** A kind of values, such as `money`: the type and options that stand for it. */
export function kind(name: string): Kind {
  const found = kinds.get(name);
  if (found === undefined) throw new Error(`no kind of values is called ${name}`);
  return found;
}

/** The guess that a column holds a kind of values. */
export const guessKind = (
  name: string,
  confidence: number,
  reason: string,
  source: InferenceSource = 'rule',
): Guess => {
  const { type, options, description } = kind(name);
  return { type, options, description, kind: name, confidence, reason, source };
};
