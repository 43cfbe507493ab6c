import type { Candidate, Inference, InferOptions } from './inference.ts';

const DEFAULT_LOCALE = 'en_US';

/**
 * The fields that suit the columns of a table, by their names. The same names and options give the same fields, always.
 * @param names of columns, all different
 */
export function inferTemplate(names: readonly string[], options: InferOptions = {}): Inference {
  const fields = names.map((name) => ({ name, ...generic(), description: 'a short text', alternatives: [] }));
  return { fields, locale: options.locale ?? DEFAULT_LOCALE, entity: undefined };
}

const generic = (): Candidate => ({
  type: 'words',
  options: { count: 2 },
  confidence: 0.2,
  reason: 'nothing in the name is known',
  source: 'generic',
});
