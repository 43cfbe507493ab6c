import ar from '../data/words-ar.json' with { type: 'json' };
import da from '../data/words-da.json' with { type: 'json' };
import de from '../data/words-de.json' with { type: 'json' };
import es from '../data/words-es.json' with { type: 'json' };
import fr from '../data/words-fr.json' with { type: 'json' };
import hi from '../data/words-hi.json' with { type: 'json' };
import id from '../data/words-id.json' with { type: 'json' };
import it from '../data/words-it.json' with { type: 'json' };
import more from '../data/words-more.json' with { type: 'json' };
import nl from '../data/words-nl.json' with { type: 'json' };
import pl from '../data/words-pl.json' with { type: 'json' };
import pt from '../data/words-pt.json' with { type: 'json' };
import sv from '../data/words-sv.json' with { type: 'json' };
import tr from '../data/words-tr.json' with { type: 'json' };
import { foldUmlauts } from './fold.ts';
import type { Language } from './languages.ts';
import { PLAIN, wordsOf } from './words-of.ts';

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
/** Words that were added to several languages at once. */
const MORE = more as Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>>;
/** Phrases are written without gaps too: `fechanacimiento`. Shorter ones would be other words by chance. */
const LEAST_TOGETHER = 6;
const LETTERS_ONLY = /^[a-z]+$/;

/**
 * Tells the words and phrases of a language, folded, in every spelling that names have, with the English words they mean. Of a
 * spelling that is told twice the first meaning counts.
 */
export function foreignWords(language: Language, tell: (phrase: string, to: string) => void): void {
  const phrases: [string, string][] = [];
  for (const source of [MORE[language] ?? {}, FILES[language]])
    for (const word of Object.keys(source)) {
      const to = source[word] as string;
      const isPlain = PLAIN.test(word);
      const phrase = isPlain ? word : wordsOf(word).join(' ');
      const spelt = isPlain ? undefined : foldUmlauts(word);
      tell(phrase, to);
      if (spelt !== undefined) tell(spelt, to);
      if (phrase.includes(' ')) phrases.push([phrase, to]);
      if (spelt?.includes(' ')) phrases.push([spelt, to]);
    }
  for (const [phrase, to] of phrases) {
    const together = phrase.replaceAll(' ', '');
    if (together.length >= LEAST_TOGETHER && LETTERS_ONLY.test(together)) tell(together, to);
  }
}
