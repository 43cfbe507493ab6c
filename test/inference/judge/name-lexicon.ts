import { allLocales } from '@faker-js/faker';

/** Every text in a nest of lists, weighted or not, by gender or not. */
function* textsIn(nest: unknown): Generator<string> {
  if (typeof nest === 'string') yield nest;
  else if (nest !== null && typeof nest === 'object') for (const inner of Object.values(nest)) yield* textsIn(inner);
}

const partsOf = (name: string): string[] => name.toLowerCase().split(/[\s-]+/);

const lexicon = (kind: 'first_name' | 'last_name'): ReadonlySet<string> =>
  new Set(Object.values(allLocales).flatMap(({ person }) => [...textsIn(person?.[kind])].flatMap(partsOf)));

/**
 * Names of people in all the locales of a library that is not ours, lower case and in their single words:
 * whether a value is a name is then not decided by the lists it was drawn from.
 */
export const givenNames = lexicon('first_name');
export const familyNames = lexicon('last_name');

/** Whether a word of the text is in one of the lists. */
export const hasName = (text: string, ...lists: readonly ReadonlySet<string>[]): boolean =>
  partsOf(text).some((word) => lists.some((list) => list.has(word)));
