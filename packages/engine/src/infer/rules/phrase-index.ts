import { singular } from '../normalise/singular.ts';
import { PLAIN, wordsOf } from '../normalise/words-of.ts';
import { type Ending, PhraseFamily } from './phrase-family.ts';

/** Where in a name a phrase was found. */
export type Place = 'whole' | 'end' | 'start' | 'middle';

export interface Found<Entry> {
  /** What the phrase stands for; one at least. */
  readonly entries: readonly Entry[];
  readonly phrase: string;
  /** How many words it has. */
  readonly length: number;
  readonly place: Place;
  /** Found only without the plural of the last word. */
  readonly plural: boolean;
}

/** Longer phrases are not in the data. */
const LONGEST = 6;

/** The phrases of all indexes by their last words, a place for each index: a name's last word is looked up once for all. */
const lastWords = new Map<string, Families>();
let indexes = 0;
type Families = (PhraseFamily<unknown> | undefined)[];

/** Where the phrases stand that end in a word, as it is and without its plural. */
interface Asked {
  readonly word: string;
  readonly asWritten: Families | undefined;
  readonly inSingular: Families | undefined;
}

/** The word asked for last: the indexes are asked for the same one after the other. */
let asked: Asked = { word: '', asWritten: undefined, inSingular: undefined };

function ask(word: string): Asked {
  if (asked.word === word) return asked;
  const one = singular(word);
  asked = { word, asWritten: lastWords.get(word), inSingular: one === word ? undefined : lastWords.get(one) };
  return asked;
}

/**
 * Phrases to what they stand for, found at the end of names, else at their start, else inside; the longest first. They are kept
 * by their last word, then by the one before it: of most names the last word tells that none is there. An index stays for good.
 */
export class PhraseIndex<Entry extends { readonly names: readonly string[] }> {
  readonly #own = indexes++;

  constructor(entries: readonly Entry[]) {
    for (const entry of entries)
      for (const name of entry.names) {
        const phrase = PLAIN.test(name) ? name : wordsOf(name).join(' ');
        const last = phrase.slice(phrase.lastIndexOf(' ') + 1);
        let families = lastWords.get(last);
        if (families === undefined) {
          families = [];
          lastWords.set(last, families);
        }
        families[this.#own] ??= new PhraseFamily<unknown>();
        families[this.#own]?.add(phrase, entry);
      }
    asked = { word: '', asWritten: undefined, inSingular: undefined };
  }

  /** What the words end in, and where nothing is there, begin with or hold. */
  find(words: readonly string[], fits: (entry: Entry, place: Place) => boolean): Found<Entry>[] {
    const fitting: Found<Entry>[] = [];
    for (let end = words.length; end > 0 && fitting.length === 0; end--)
      for (const found of this.#at(words, end)) {
        const entries = found.entries.filter((entry) => fits(entry, found.place));
        if (entries.length > 0) fitting.push({ ...found, entries });
      }
    return fitting;
  }

  /** What the words end in. */
  ending(words: readonly string[]): readonly Found<Entry>[] {
    return this.#at(words, words.length);
  }

  /** The entries of a phrase of one word, which may be a plural. */
  ofWord(word: string): readonly Entry[] {
    const { asWritten, inSingular } = ask(word);
    return this.#in(asWritten)?.entries ?? this.#in(inSingular)?.entries ?? NOTHING;
  }

  #in(families: Families | undefined): Ending<Entry> | undefined {
    return families?.[this.#own]?.ending as Ending<Entry> | undefined;
  }

  /** What stands before `end`. A phrase that is there as it is written is not looked for without its plural. */
  #at(words: readonly string[], end: number): readonly Found<Entry>[] {
    if (end === 0) return NOTHING;
    const last = ask(words[end - 1] as string);
    let asWritten = this.#in(last.asWritten);
    let inSingular = this.#in(last.inSingular);
    if (asWritten === undefined && inSingular === undefined) return NOTHING;
    const found: Found<Entry>[] = [];
    const first = Math.max(0, end - LONGEST);
    for (let start = end - 1; ; ) {
      const plural = asWritten?.entries === undefined;
      const entries = plural ? inSingular?.entries : asWritten?.entries;
      if (entries !== undefined) {
        const phrase = start === end - 1 ? last.word : words.slice(start, end).join(' ');
        const place = end === words.length ? (start === 0 ? 'whole' : 'end') : start === 0 ? 'start' : 'middle';
        found.push({ entries, phrase, length: end - start, place, plural });
      }
      if (--start < first) break;
      const word = words[start] as string;
      asWritten = asWritten?.before?.get(word);
      inSingular = inSingular?.before?.get(word);
      if (asWritten === undefined && inSingular === undefined) break;
    }
    return found.length > 1 ? found.reverse() : found;
  }
}

const NOTHING: readonly never[] = [];
