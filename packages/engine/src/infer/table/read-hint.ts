import hints from '../data/hint-places.json' with { type: 'json' };
import { fold } from '../normalise/fold.ts';
import { splitWords } from '../normalise/split-words.ts';

const MOST_CHARACTERS = 2000;

export interface Hint {
  /** Its words, folded. */
  readonly words: readonly string[];
  /** The locale of a country or currency it names. */
  readonly locale: string | undefined;
  /** The word that named it. */
  readonly named: string | undefined;
  /** The table it names behind the word `table`, as written. */
  readonly table: string | undefined;
}

const NO_HINT: Hint = { words: [], locale: undefined, named: undefined, table: undefined };

let places: ReadonlyMap<string, string> | undefined;

/** Reads the user's words about the rows: only known words count, whatever else it says. */
export function readHint(text: string): Hint {
  places ??= new Map(Object.entries(hints).flatMap(([locale, words]) => words.map((word) => [word, locale] as const)));
  if (text === '') return NO_HINT;
  const bounded = text.slice(0, MOST_CHARACTERS);
  const words: string[] = [];
  for (const piece of bounded.split(' ')) for (const word of splitWords(piece)) words.push(fold(word));
  let locale: string | undefined;
  let named: string | undefined;
  for (let i = 0; i < words.length && locale === undefined; i++) {
    const one = words[i] as string;
    const two = `${one} ${words[i + 1] ?? ''}`;
    locale = places.get(two) ?? places.get(one);
    if (locale !== undefined) named = places.has(two) ? two : one;
  }
  return { words, locale, named, table: tableIn(bounded) };
}

/** The name behind the last `table` in the text: `orders; table sales_items`. */
function tableIn(text: string): string | undefined {
  const at = text.toLowerCase().lastIndexOf('table ');
  if (at < 0 || (at > 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1)))) return undefined;
  const name = text
    .slice(at + 6)
    .split(';', 1)[0]
    ?.trim();
  return name === undefined || name === '' ? undefined : name;
}
