import { arabicSound } from './arabic-sound.ts';
import { mend } from './mend.ts';
import { SHORT_ANYWHERE, segment } from './segment.ts';
import { splitAffix } from './split-affix.ts';
import { LANGUAGES, type Language, type Vocabulary } from './vocabulary.ts';

/** A word of a name in English. */
export interface Word {
  readonly text: string;
  /** Of the language it was in, when it was another. */
  readonly from?: Language;
  /** Which word of the name it comes from. */
  readonly at?: number;
}

/** Words of a phrase that is looked up as a whole. */
const LONGEST_PHRASE = 5;
/** Of Arabic, which names write as words. */
const ARTICLES = new Set(['al', 'el', 'ul']);
/** Known parts of words whose rest is not known are no shorter. */
const LEAST_PART = 5;
const COMPOUNDING: readonly Language[] = ['de', 'nl', 'sv', 'da'];

/**
 * A name's words in English: foreign words of the table's language first, then English ones, abbreviations, words of other
 * languages, and words that are made of known ones. What is not known stays.
 * @param near words of the table, its columns and the hint; they tell which meaning an abbreviation has
 */
export function translate(
  words: readonly string[],
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
  mostlyForeign = false,
): Word[] {
  const { english, ambiguous } = vocabulary;
  const translated: Word[] = [];
  const foreignWords =
    language === undefined ? 0 : words.filter((word) => vocabulary.foreign.get(language)?.has(word)).length;
  // A word that is English too keeps that meaning, unless the words around it are foreign.
  const reading =
    language !== undefined &&
    (foreignWords > 0 || (mostlyForeign && words.every((word) => !english.has(word) || ambiguous.has(word))))
      ? 'foreign'
      : 'english';
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(words, at, language, vocabulary);
    if (phrase !== undefined) {
      for (const text of phrase.to) translated.push({ text, from: phrase.language, at });
      at += phrase.length;
      continue;
    }
    if (language === 'ar' && words.length > 1 && ARTICLES.has(words[at] as string)) {
      at++;
      continue;
    }
    const word = words[at] as string;
    const own = language !== undefined && reading === 'english' && isAmbiguous(word, vocabulary) ? undefined : language;
    for (const each of translateWord(word, own, near, vocabulary))
      if (each.text !== translated.at(-1)?.text) translated.push({ ...each, at: at + (each.at ?? 0) });
    at++;
  }
  return translated;
}

const isAmbiguous = (word: string, { english, ambiguous }: Vocabulary): boolean =>
  ambiguous.has(word) && english.has(word);

function phraseAt(
  words: readonly string[],
  at: number,
  language: Language | undefined,
  { foreign, spoken }: Vocabulary,
): { to: readonly string[]; language: Language; length: number } | undefined {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 1; length--) {
    const phrase = words.slice(at, at + length).join(' ');
    for (const candidate of spoken.get(phrase) ?? []) {
      if (language !== undefined && candidate !== language) continue;
      const to = foreign.get(candidate)?.get(phrase);
      if (to !== undefined) return { to, language: candidate, length };
    }
  }
  return undefined;
}

function translateWord(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] {
  const { english, abbreviations } = vocabulary;
  const own = language === undefined ? undefined : meaning(word, language, vocabulary);
  if (language !== undefined && own !== undefined) return own.map((text) => ({ text, from: language }));
  const expansion = abbreviations.get(word);
  const fitting = expansion?.find(({ near: needed }) => needed.some((other) => near.has(other)));
  if (fitting !== undefined) return fitting.to.map((text) => ({ text }));
  const usual = expansion?.find(({ near: needed }) => needed.length === 0);
  if (usual !== undefined) return usual.to.map((text) => ({ text }));
  if (english.has(word) || english.has(singular(word))) return [{ text: word }];
  for (const other of vocabulary.spoken.get(word) ?? []) {
    const to = vocabulary.foreign.get(other)?.get(word);
    if (to !== undefined) return to.map((text) => ({ text, from: other }));
  }
  if (vocabulary.parts.has(word) || isInflection(word, vocabulary)) return [{ text: word }];
  const bare = language === 'ar' ? withoutArticle(word) : undefined;
  const article = bare === undefined ? undefined : meaning(bare, 'ar', vocabulary);
  if (article !== undefined) return article.map((text) => ({ text, from: 'ar' }));
  return (
    inflected(word, language, vocabulary) ??
    (language === 'ar' ? heard(word, vocabulary) : undefined) ??
    compound(word, language, near, vocabulary) ??
    mended(word, language, near, vocabulary) ??
    affixed(word, language, near, vocabulary) ?? [{ text: word }]
  );
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
function isInflection(word: string, { english, parts }: Vocabulary): boolean {
  if (word.length < 5) return false;
  return INFLECTIONS.some(
    ([ending, others]) =>
      word.endsWith(ending) &&
      others.some((other) => {
        const stem = word.slice(0, word.length - ending.length) + other;
        return parts.has(stem) || english.has(stem);
      }),
  );
}

function meaning(word: string, language: Language, { foreign, ambiguous }: Vocabulary): readonly string[] | undefined {
  return foreign.get(language)?.get(word) ?? ambiguous.get(word)?.get(language);
}

/** An Arabic noun without the article, whose l may have become the letter that follows: `al-qism`, `ar-ratib`. */
function withoutArticle(word: string): string | undefined {
  if (word.length < 5) return undefined;
  if (word.startsWith('al') || word.startsWith('el')) return word.slice(2);
  if (word.startsWith('ash')) return word.slice(word.startsWith('ashsh') ? 3 : 2);
  return word.startsWith('a') && word.charAt(1) === word.charAt(2) ? word.slice(2) : undefined;
}

/** Ends of two words. */
const TOGETHER = new Set(['ipaddress', 'macaddress']);

function affixed(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] | undefined {
  const parts = splitAffix(word, language === undefined) ?? splitKnown(word, language, vocabulary);
  if (parts === undefined) return undefined;
  const { english, parts: common, abbreviations } = vocabulary;
  const isKnown = (part: string): boolean =>
    english.has(part) ||
    common.has(part) ||
    TOGETHER.has(part) ||
    abbreviations.has(part) ||
    LANGUAGES.some((other) => meaning(part, other, vocabulary) !== undefined);
  return placed(parts, (part) => (isKnown(part) ? translateWord(part, language, near, vocabulary) : [{ text: part }]));
}

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
function inflected(word: string, language: Language | undefined, vocabulary: Vocabulary): Word[] | undefined {
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

let bySound: ReadonlyMap<string, readonly string[] | undefined> | undefined;

/** An Arabic word in another spelling than the lexicon's, where only words of one meaning sound like it. */
function heard(word: string, vocabulary: Vocabulary): Word[] | undefined {
  bySound ??= soundsOf(vocabulary.foreign.get('ar') ?? new Map());
  for (const spelling of [word, withoutArticle(word) ?? word]) {
    const sound = arabicSound(spelling);
    const to = sound === undefined ? undefined : bySound.get(sound);
    if (to !== undefined) return to.map((text) => ({ text, from: 'ar' }));
  }
  return undefined;
}

/** Meanings by sound; undefined where words of several meanings sound alike. */
function soundsOf(words: ReadonlyMap<string, readonly string[]>): Map<string, readonly string[] | undefined> {
  const sounds = new Map<string, readonly string[] | undefined>();
  for (const [word, to] of words) {
    const sound = word.includes(' ') ? undefined : arabicSound(word);
    if (sound === undefined) continue;
    const known = sounds.get(sound);
    sounds.set(sound, sounds.has(sound) && known?.join(' ') !== to.join(' ') ? undefined : to);
  }
  return sounds;
}

/** A word that is misspelt: the one it was meant to be. */
function mended(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] | undefined {
  const right = mend(word, language, vocabulary);
  return right === undefined ? undefined : translateWord(right, language, near, vocabulary);
}

/** The longest word of its language that an unknown word ends in, where heads come last, or begins with. */
function splitKnown(
  word: string,
  language: Language | undefined,
  vocabulary: Vocabulary,
): readonly [string, string] | undefined {
  if (language === undefined) return undefined;
  const last = COMPOUNDING.includes(language);
  for (let length = Math.min(word.length - 2, 20); length >= LEAST_PART; length--) {
    const at = last ? word.length - length : length;
    const part = last ? word.slice(at) : word.slice(0, at);
    if (meaning(part, language, vocabulary) !== undefined) return [word.slice(0, at), word.slice(at)];
  }
  return undefined;
}

/** What the parts of a word became; which part each comes from counts as a place between two words. */
const placed = (parts: readonly string[], translated: (part: string) => Word[]): Word[] =>
  parts.flatMap((part, index) => translated(part).map((each) => ({ ...each, at: index / 10 })));

/** Words of few letters that foreign names are made with as well. */
const SHORT_PARTS = new Set('id nr no ip url pdf sms tel fax web app api sql xml gps pin iban bic ean zip'.split(' '));

function compound(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] | undefined {
  const { english, parts: common, abbreviations } = vocabulary;
  const languages = language === undefined ? COMPOUNDING : [language, ...COMPOUNDING.filter((l) => l !== language)];
  // Short English words are in foreign ones by chance: `pointage`, `ostatnie`.
  const least = language === undefined ? 0 : 3;
  const inEnglish = (part: string): boolean =>
    (part.length > least || SHORT_PARTS.has(part)) &&
    (english.has(part) || english.has(`${part}s`) || common.has(part) || (part.length > 2 && abbreviations.has(part)));
  const short = language === undefined ? undefined : SHORT_ANYWHERE;
  const plain = segment(word, inEnglish, false, short);
  if (plain !== undefined && language === undefined)
    return placed(plain, (part) => translateWord(part, undefined, near, vocabulary));
  for (const candidate of languages) {
    const isKnown = (part: string): boolean =>
      meaning(part, candidate, vocabulary) !== undefined ||
      (english.has(part) && (part.length > least || SHORT_PARTS.has(part)));
    const parts = segment(word, isKnown, COMPOUNDING.includes(candidate), short);
    if (parts !== undefined) return placed(parts, (part) => translateWord(part, candidate, near, vocabulary));
  }
  return plain && placed(plain, (part) => translateWord(part, language, near, vocabulary));
}

/** A noun in the singular, as far as its ending tells. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss') || word.endsWith('us') || word.endsWith('is'))
    return word;
  if (word.endsWith('tuses') || word.endsWith('buses') || word.endsWith('puses') || word.endsWith('nuses'))
    return word.slice(0, -2);
  if (word === 'movies' || word === 'series' || word === 'cookies') return word === 'series' ? word : word.slice(0, -1);
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('sses') || word.endsWith('xes') || word.endsWith('ches') || word.endsWith('shes'))
    return word.slice(0, -2);
  return word.slice(0, -1);
}
