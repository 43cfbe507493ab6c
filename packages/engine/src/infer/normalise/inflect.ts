import type { Language } from './languages.ts';
import { meaning } from './meaning.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Word } from './word.ts';

/** Endings by which nouns and adjectives of a language differ in gender and number, those of the lexicon last. */
const ENDINGS: Readonly<Partial<Record<Language, readonly (readonly [string, readonly string[]])[]>>> = {
  es: [
    ['as', ['a', 'o']],
    ['os', ['o']],
    ['es', ['', 'e']],
    ['a', ['o']],
    ['o', ['a']],
    ['s', ['']],
  ],
  pt: [
    ['as', ['a', 'o']],
    ['os', ['o']],
    ['oes', ['ao']],
    ['es', ['']],
    ['a', ['o']],
    ['o', ['a']],
    ['s', ['']],
  ],
  it: [
    ['e', ['a', 'o']],
    ['i', ['o', 'e', 'a']],
    ['a', ['o']],
    ['o', ['a']],
  ],
  fr: [
    ['ees', ['e']],
    ['es', ['', 'e']],
    ['ere', ['er']],
    ['e', ['']],
    ['s', ['']],
  ],
  de: [
    ['en', ['', 'e']],
    ['er', ['', 'e']],
    ['es', ['', 'e']],
    ['em', ['']],
    ['e', ['']],
    ['n', ['']],
    ['s', ['']],
  ],
  da: [
    ['erne', ['', 'e']],
    ['er', ['', 'e']],
    ['et', ['', 'e']],
    ['en', ['', 'e']],
    ['e', ['']],
    ['s', ['']],
  ],
  nl: [
    ['en', ['', 'e']],
    ['s', ['']],
    ['e', ['']],
  ],
};
const LEAST_STEM = 4;

/** A word that the lexicon has in another gender or number. */
export function inflected(word: string, language: Language | undefined, vocabulary: Vocabulary): Word[] | undefined {
  if (language === undefined) return undefined;
  for (const [ending, others] of ENDINGS[language] ?? []) {
    if (!word.endsWith(ending) || word.length - ending.length < LEAST_STEM) continue;
    for (const other of others) {
      const own = meaning(word.slice(0, word.length - ending.length) + other, language, vocabulary);
      if (own !== undefined) return own.map((text) => ({ text, from: language }));
    }
  }
  return undefined;
}

/** Endings of English verbs and nouns, and what stands for them in the words as they are listed. */
const INFLECTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['ies', ['y']],
  ['es', ['', 'e']],
  ['s', ['']],
  ['ing', ['', 'e']],
  ['ed', ['', 'e']],
];

/** Whether a word is a common English one with an ending: what nobody misspelt. */
export function isInflection(word: string, vocabulary: Vocabulary): boolean {
  if (word.length < 5) return false;
  return INFLECTIONS.some(
    ([ending, others]) =>
      word.endsWith(ending) &&
      others.some((other) => {
        const stem = vocabulary.get(word.slice(0, word.length - ending.length) + other);
        return stem !== undefined && (stem.part || stem.english);
      }),
  );
}
