import abbreviationData from '../data/abbreviations.json' with { type: 'json' };
import closedSets from '../data/closed-sets.json' with { type: 'json' };
import measures from '../data/measures.json' with { type: 'json' };
import moreMeasures from '../data/measures-more.json' with { type: 'json' };
import truths from '../data/truths.json' with { type: 'json' };
import ambiguousWords from '../data/words-ambiguous.json' with { type: 'json' };
import english from '../data/words-en.json' with { type: 'json' };
import more from '../data/words-more.json' with { type: 'json' };
import parts from '../data/words-parts.json' with { type: 'json' };
import { concepts } from '../rules/concepts.ts';
import { fold } from './fold.ts';
import { foreignWords } from './foreign-words.ts';
import { LANGUAGES, type Language } from './languages.ts';
import { wordsOf } from './words-of.ts';

/** An abbreviation's meaning: `near` says which words of the table or the hint make it this one. */
export interface Expansion {
  readonly to: readonly string[];
  readonly near: readonly string[];
}

/** All that is known of a word, or of a foreign phrase. */
export interface Entry {
  /** Whether a rule speaks of it. */
  english: boolean;
  /** Whether a rule speaks of it in the plural. */
  inPlural: boolean;
  /** Whether it is a common English word besides, which words written without gaps are made of. */
  part: boolean;
  /** The languages that have it, in the order in which they are asked. */
  spoken: readonly Language[];
  /** What it means in each of them, in English words. */
  meanings: readonly (readonly string[])[];
  /** What it means in languages where it is English as well, or something else elsewhere. */
  ambiguous: ReadonlyMap<Language, readonly string[]> | undefined;
  /** What it is short for. */
  expansions: readonly Expansion[] | undefined;
  /** How many words the longest foreign phrase has that begins with it; 0 where none does. */
  phrase: number;
}

/** Everything inference knows of words, folded; one look-up tells all of one. Some are only beginnings or singulars of others. */
export type Vocabulary = ReadonlyMap<string, Entry>;

let known: Vocabulary | undefined;

/** All words that inference knows; built on first use. */
export function vocabulary(): Vocabulary {
  known ??= build();
  return known;
}

/** Whether it is a word, in whatever language, or short for one. */
export const isWord = (entry: Entry | undefined): boolean =>
  entry !== undefined && (entry.english || entry.part || entry.spoken.length > 0 || entry.expansions !== undefined);

/** Whether a word is one of a language, and no English one at the same time. */
export const isForeign = (word: string, language: Language, vocabulary: Vocabulary): boolean =>
  vocabulary.get(word)?.spoken.includes(language) === true;

function build(): Vocabulary {
  const entries = new Map<string, Entry>();
  for (const word of english) speakOf(word, entries);
  for (const named of [concepts, closedSets, measures, moreMeasures] as readonly (readonly Named[])[])
    for (const { names } of named) for (const name of names) for (const word of wordsOf(name)) speakOf(word, entries);
  for (const name of truths.truths) for (const word of wordsOf(name)) speakOf(word, entries);
  addForeign(entries);
  for (const [word, meanings] of Object.entries(
    ambiguousWords as Readonly<Record<string, readonly { lang: string; to: string }[]>>,
  ))
    entryOf(fold(word), entries).ambiguous = new Map(meanings.map(({ lang, to }) => [lang as Language, to.split(' ')]));
  for (const [word, meanings] of Object.entries(
    abbreviationData as Readonly<Record<string, readonly { to: string; near?: readonly string[] }[]>>,
  ))
    entryOf(fold(word), entries).expansions = meanings.map(({ to, near }) => ({ to: to.split(' '), near: near ?? [] }));
  for (const [word, to] of Object.entries(more.en))
    entryOf(word, entries).expansions ??= [{ to: to.split(' '), near: [] }];
  for (const word of parts) entryOf(word, entries).part = true;
  return entries;
}

/** The words and phrases of all languages. Most have one, and many mean the same: what they share is kept once. */
function addForeign(entries: Map<string, Entry>): void {
  const shared = new Map<string, readonly (readonly string[])[]>();
  for (const language of LANGUAGES) {
    const only = [language];
    foreignWords(language, (phrase, to) => {
      const entry = entryOf(phrase, entries);
      if (entry.spoken.at(-1) === language) return;
      const meanings = shared.get(to) ?? [to.split(' ')];
      shared.set(to, meanings);
      entry.spoken = entry.spoken.length === 0 ? only : [...entry.spoken, language];
      entry.meanings = entry.meanings.length === 0 ? meanings : [...entry.meanings, ...meanings];
      const blank = phrase.indexOf(' ');
      if (blank < 0) return;
      const first = entryOf(phrase.slice(0, blank), entries);
      first.phrase = Math.max(first.phrase, phrase.split(' ').length);
    });
  }
}

const NOWHERE: readonly never[] = [];

interface Named {
  readonly names: readonly string[];
}

function speakOf(word: string, entries: Map<string, Entry>): void {
  const entry = entryOf(word, entries);
  if (entry.english) return;
  entry.english = true;
  if (word.endsWith('s')) entryOf(word.slice(0, -1), entries).inPlural = true;
}

function entryOf(word: string, entries: Map<string, Entry>): Entry {
  let entry = entries.get(word);
  if (entry === undefined) {
    entry = {
      english: false,
      inPlural: false,
      part: false,
      spoken: NOWHERE,
      meanings: NOWHERE,
      ambiguous: undefined,
      expansions: undefined,
      phrase: 0,
    };
    entries.set(word, entry);
  }
  return entry;
}
