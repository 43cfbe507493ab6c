/** The phrases that end alike: the one that is no longer, and those with more words in front. */
export interface Ending<Entry> {
  entries: Entry[] | undefined;
  before: Map<string, Ending<Entry>> | undefined;
}

/** The phrases of an index that end in the same word. Few words are ever asked for: the others' phrases stay as they are written. */
export class PhraseFamily<Entry> {
  readonly #root: Ending<Entry> = { entries: undefined, before: undefined };
  /** Phrases and what each stands for, one after the other. */
  #waiting: (string | Entry)[] = [];

  /** Adds a phrase of words with blanks between them. */
  add(phrase: string, entry: Entry): void {
    this.#waiting.push(phrase, entry);
  }

  /** The last word, from which those in front are reached. */
  get ending(): Ending<Entry> {
    if (this.#waiting.length > 0) this.#grow();
    return this.#root;
  }

  #grow(): void {
    for (let i = 0; i < this.#waiting.length; i += 2) {
      const words = (this.#waiting[i] as string).split(' ');
      const entry = this.#waiting[i + 1] as Entry;
      let ending = this.#root;
      for (let at = words.length - 2; at >= 0; at--) {
        ending.before ??= new Map();
        let longer = ending.before.get(words[at] as string);
        if (longer === undefined) {
          longer = { entries: undefined, before: undefined };
          ending.before.set(words[at] as string, longer);
        }
        ending = longer;
      }
      if (ending.entries === undefined) ending.entries = [entry];
      else if (!ending.entries.includes(entry)) ending.entries.push(entry);
    }
    this.#waiting = [];
  }
}
