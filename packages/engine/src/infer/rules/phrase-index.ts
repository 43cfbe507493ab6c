import { singular } from '../normalise/singular.ts';
import { wordsOf } from '../normalise/vocabulary.ts';

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

/** Longer phrases are not in the data. */
const LONGEST = 6;

/** Phrases to what they stand for, found at the end of names, else at their start, else inside; the longest first. */
export class PhraseIndex<Entry extends { readonly names: readonly string[] }> {
  readonly #entries = new Map<string, Entry[]>();

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      for (const name of entry.names) {
        const phrase = wordsOf(name).join(' ');
        const known = this.#entries.get(phrase);
        if (known === undefined) this.#entries.set(phrase, [entry]);
        else if (!known.includes(entry)) known.push(entry);
      }
    }
  }

  /** What the words end in, and where nothing is there, begin with or hold. */
  find(words: readonly string[], fits: (entry: Entry, place: Place) => boolean): Found<Entry>[] {
    const fitting = (found: readonly Found<Entry>[]): Found<Entry>[] =>
      found.filter(({ entry, place }) => fits(entry, place));
    const ends = fitting(this.#at(words, words.length, true));
    if (ends.length > 0) return ends;
    for (let end = words.length - 1; end > 0; end--) {
      const found = fitting(this.#at(words, end, false));
      if (found.length > 0) return found;
    }
    return [];
  }

  /** What the words end in. */
  ending(words: readonly string[]): Found<Entry>[] {
    return this.#at(words, words.length, true);
  }

  #at(words: readonly string[], end: number, isEnd: boolean): Found<Entry>[] {
    const found: Found<Entry>[] = [];
    for (let start = Math.max(0, end - LONGEST); start < end; start++) {
      const phrase = start === end - 1 ? (words[start] as string) : words.slice(start, end).join(' ');
      let entries = this.#entries.get(phrase);
      const plural = entries === undefined;
      if (entries === undefined) {
        const last = words[end - 1] as string;
        const one = singular(last);
        if (one === last) continue;
        entries = this.#entries.get(phrase.slice(0, phrase.length - last.length) + one);
      }
      if (entries === undefined) continue;
      const place = isEnd ? (start === 0 ? 'whole' : 'end') : start === 0 ? 'start' : 'middle';
      for (const entry of entries) found.push({ entry, phrase, length: end - start, place, plural });
    }
    return found;
  }
}
