import { singular } from '../normalise/singular.ts';
import { wordsOf } from '../normalise/words-of.ts';

/** Where in a name a phrase was found. */
export type Place = 'whole' | 'end' | 'start' | 'middle';

export interface Found<Entry> {
  readonly entry: Entry;
  readonly phrase: string;
  /** How many words it has. */
  readonly length: number;
  readonly place: Place;
  /** Found only without the plural of the last word. */
  readonly plural: boolean;
}

/** The phrases that end alike: those that are no longer, and those with more words in front. */
interface Ending<Entry> {
  entries: Entry[] | undefined;
  before: Map<string, Ending<Entry>> | undefined;
}

/** Longer phrases are not in the data. */
const LONGEST = 6;

/**
 * Phrases to what they stand for, found at the end of names, else at their start, else inside; the longest first. They are kept
 * by their last word, then by the one before it: most names are known not to end in one at their last word.
 */
export class PhraseIndex<Entry extends { readonly names: readonly string[] }> {
  readonly #root: Ending<Entry> = { entries: undefined, before: undefined };

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      for (const name of entry.names) {
        const ending = this.#grown(wordsOf(name));
        if (ending.entries === undefined) ending.entries = [entry];
        else if (!ending.entries.includes(entry)) ending.entries.push(entry);
      }
    }
  }

  /** What the words end in, and where nothing is there, begin with or hold. */
  find(words: readonly string[], fits: (entry: Entry, place: Place) => boolean): Found<Entry>[] {
    for (let end = words.length; end > 0; end--) {
      const found = this.#at(words, end);
      if (found.length === 0) continue;
      const fitting = found.filter(({ entry, place }) => fits(entry, place));
      if (fitting.length > 0) return fitting;
    }
    return [];
  }

  /** What the words end in. */
  ending(words: readonly string[]): readonly Found<Entry>[] {
    return words.length === 0 ? NOTHING : this.#at(words, words.length);
  }

  /** The entries of a phrase of one word, which may be a plural. */
  ofWord(word: string): readonly Entry[] {
    const { before } = this.#root;
    return before?.get(word)?.entries ?? before?.get(singular(word))?.entries ?? NOTHING;
  }

  #grown(phrase: readonly string[]): Ending<Entry> {
    let ending = this.#root;
    for (let i = phrase.length - 1; i >= 0; i--) {
      ending.before ??= new Map();
      let longer = ending.before.get(phrase[i] as string);
      if (longer === undefined) ending.before.set(phrase[i] as string, (longer = { entries: undefined, before: undefined }));
      ending = longer;
    }
    return ending;
  }

  /** What stands before `end`. A phrase that is there as it is written is not looked for without its plural. */
  #at(words: readonly string[], end: number): readonly Found<Entry>[] {
    const last = words[end - 1] as string;
    const one = singular(last);
    let asWritten = this.#root.before?.get(last);
    let inSingular = one === last ? undefined : this.#root.before?.get(one);
    if (asWritten === undefined && inSingular === undefined) return NOTHING;
    const found: Found<Entry>[] = [];
    const shortest = Math.max(0, end - LONGEST);
    for (let start = end - 1; ; ) {
      const plural = asWritten?.entries === undefined;
      const entries = plural ? inSingular?.entries : asWritten?.entries;
      if (entries !== undefined) {
        const phrase = start === end - 1 ? last : words.slice(start, end).join(' ');
        const place = end === words.length ? (start === 0 ? 'whole' : 'end') : start === 0 ? 'start' : 'middle';
        // The longest come first, and of each length the entries in their order.
        for (let i = entries.length - 1; i >= 0; i--)
          found.push({ entry: entries[i] as Entry, phrase, length: end - start, place, plural });
      }
      if (--start < shortest) break;
      const word = words[start] as string;
      asWritten = asWritten?.before?.get(word);
      inSingular = inSingular?.before?.get(word);
      if (asWritten === undefined && inSingular === undefined) break;
    }
    return found.reverse();
  }
}

const NOTHING: readonly never[] = [];
