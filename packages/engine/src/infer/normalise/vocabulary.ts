import abbreviationData from '../data/abbreviations.json' with { type: 'json' };
import closedSets from '../data/closed-sets.json' with { type: 'json' };
import measures from '../data/measures.json' with { type: 'json' };
import moreMeasures from '../data/measures-more.json' with { type: 'json' };
import truths from '../data/truths.json' with { type: 'json' };
import ambiguousWords from '../data/words-ambiguous.json' with { type: 'json' };
import ar from '../data/words-ar.json' with { type: 'json' };
import da from '../data/words-da.json' with { type: 'json' };
import de from '../data/words-de.json' with { type: 'json' };
import english from '../data/words-en.json' with { type: 'json' };
import es from '../data/words-es.json' with { type: 'json' };
import fr from '../data/words-fr.json' with { type: 'json' };
import hi from '../data/words-hi.json' with { type: 'json' };
import id from '../data/words-id.json' with { type: 'json' };
import it from '../data/words-it.json' with { type: 'json' };
import more from '../data/words-more.json' with { type: 'json' };
import nl from '../data/words-nl.json' with { type: 'json' };
import parts from '../data/words-parts.json' with { type: 'json' };
import pl from '../data/words-pl.json' with { type: 'json' };
import pt from '../data/words-pt.json' with { type: 'json' };
import sv from '../data/words-sv.json' with { type: 'json' };
import tr from '../data/words-tr.json' with { type: 'json' };
import { concepts } from '../rules/concepts.ts';
import { fold, foldUmlauts } from './fold.ts';
import { splitWords } from './split-words.ts';

/** Languages whose words are known besides English, in the order in which they are asked. `da` is Norwegian too. */
export const LANGUAGES = ['de', 'fr', 'es', 'pt', 'it', 'nl', 'ar', 'pl', 'sv', 'tr', 'da', 'hi', 'id'] as const;
export type Language = (typeof LANGUAGES)[number];

/** An abbreviation's meaning: `near` says which words of the table or the hint make it this one. */
export interface Expansion {
  readonly to: readonly string[];
  readonly near: readonly string[];
}

export interface Vocabulary {
  /** Every word that a rule speaks of. */
  readonly english: ReadonlySet<string>;
  /** Common English words besides, which words written without gaps are made of. */
  readonly parts: ReadonlySet<string>;
  /** Foreign words and phrases, folded, to English words. */
  readonly foreign: ReadonlyMap<Language, ReadonlyMap<string, readonly string[]>>;
  /** Foreign words and phrases to the languages that have them. */
  readonly spoken: ReadonlyMap<string, readonly Language[]>;
  /** Foreign words that are English ones too, or mean something else elsewhere. */
  readonly ambiguous: ReadonlyMap<string, ReadonlyMap<Language, readonly string[]>>;
  readonly abbreviations: ReadonlyMap<string, readonly Expansion[]>;
}

const FILES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  de,
  fr,
  es,
  pt,
  it,
  nl,
  ar,
  pl,
  sv,
  tr,
  da,
  hi,
  id,
};

let known: Vocabulary | undefined;

/** All words that inference knows; built on first use. */
export function vocabulary(): Vocabulary {
  known ??= build();
  return known;
}

function build(): Vocabulary {
  const named: readonly { readonly names: readonly string[] }[] = [
    ...concepts,
    ...closedSets,
    ...measures,
    ...moreMeasures,
  ];
  const words = new Set<string>(english);
  for (const { names } of named) for (const name of names) for (const word of wordsOf(name)) words.add(word);
  for (const name of truths.truths) for (const word of wordsOf(name)) words.add(word);
  const foreign = new Map(
    LANGUAGES.map((language) => [
      language,
      folded([
        ...Object.entries((more as Readonly<Record<string, Record<string, string>>>)[language] ?? {}),
        ...Object.entries(FILES[language]),
      ]),
    ]),
  );
  const spoken = new Map<string, Language[]>();
  for (const [language, meanings] of foreign)
    for (const phrase of meanings.keys()) spoken.set(phrase, [...(spoken.get(phrase) ?? []), language]);
  const ambiguous = new Map(
    Object.entries(ambiguousWords as Readonly<Record<string, readonly { lang: string; to: string }[]>>).map(
      ([word, meanings]) => [fold(word), new Map(meanings.map(({ lang, to }) => [lang as Language, to.split(' ')]))],
    ),
  );
  const abbreviations = new Map(
    Object.entries(
      abbreviationData as Readonly<Record<string, readonly { to: string; near?: readonly string[] }[]>>,
    ).map(([word, meanings]) => [
      fold(word),
      meanings.map(({ to, near }) => ({ to: to.split(' '), near: near ?? [] })),
    ]),
  );
  for (const [word, to] of Object.entries((more as Readonly<Record<string, Record<string, string>>>)['en'] ?? {}))
    if (!abbreviations.has(word)) abbreviations.set(word, [{ to: to.split(' '), near: [] }]);
  return { english: words, parts: new Set(parts), foreign, spoken, ambiguous, abbreviations };
}

/** A phrase of the data as names are read. */
export const wordsOf = (phrase: string): string[] =>
  PLAIN.test(phrase) ? phrase.split(' ') : splitWords(phrase).map(fold);

const PLAIN = /^[a-z]+(?: [a-z]+)*$/;
/** Phrases are written without gaps too: `fechanacimiento`. Shorter ones would be other words by chance. */
const LEAST_TOGETHER = 6;
const LETTERS_ONLY = /^[a-z]+$/;

function folded(entries: readonly (readonly [string, string])[]): Map<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const [word, meaning] of entries) {
    const to = meaning.split(' ');
    for (const spelling of [wordsOf(word).join(' '), foldUmlauts(word)])
      if (spelling !== undefined && !map.has(spelling)) map.set(spelling, to);
  }
  for (const [phrase, to] of [...map]) {
    if (!phrase.includes(' ')) continue;
    const together = phrase.replaceAll(' ', '');
    if (together.length >= LEAST_TOGETHER && LETTERS_ONLY.test(together) && !map.has(together)) map.set(together, to);
  }
  return map;
}
