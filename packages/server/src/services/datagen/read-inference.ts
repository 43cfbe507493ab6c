import { type BodyReader, isObject, show } from './body-reader.ts';
import type { InferenceRequest } from './infer-contract.ts';
import { readColumnNames } from './read-column-names.ts';
import { readHint } from './read-hint.ts';
import { readLocale } from './read-locale.ts';

const MAX_SAMPLES = 1000;
const MAX_TABLE_NAME = 200;

/** What a body says of columns whose types are to be inferred. */
export const readInference = (reader: BodyReader): InferenceRequest => ({
  names: readColumnNames(reader),
  locale: readLocale(reader),
  ...readWords(reader),
});

/** What is said of the columns besides their names. */
export const readWords = (reader: BodyReader): Pick<InferenceRequest, 'hint' | 'table' | 'samples'> => ({
  hint: readHint(reader),
  table: reader.text('table', MAX_TABLE_NAME),
  samples: readSamples(reader),
});

/** Values as they occur, by the name of the column. */
function readSamples(reader: BodyReader): InferenceRequest['samples'] {
  const given = reader.take('samples');
  if (given === undefined) return undefined;
  const lists = isObject(given) ? Object.entries(given) : [];
  const fine = lists.filter(
    ([, values]) => Array.isArray(values) && values.length <= MAX_SAMPLES && values.every(isScalar),
  );
  if (isObject(given) && fine.length === lists.length) {
    return lists.length === 0 ? undefined : (given as Readonly<Record<string, readonly unknown[]>>);
  }
  const message = isObject(given)
    ? `samples must hold lists of at most ${MAX_SAMPLES} single values`
    : `samples must be an object, not ${show(given)}`;
  const fix = fine.length === 0 ? null : Object.fromEntries(fine);
  reader.report('samples', 'invalid_samples', message, 'for instance { "status": ["open", "closed"] }', fix);
  return undefined;
}

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';
