import { arabicSound } from './arabic-sound.ts';
import { ownMeaning } from './meaning.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Word } from './word.ts';

/** An Arabic noun without the article, whose l may have become the letter that follows: `al-qism`, `ar-ratib`. */
export function withoutArticle(word: string): string | undefined {
  if (word.length < 5) return undefined;
  if (word.startsWith('al') || word.startsWith('el')) return word.slice(2);
  if (word.startsWith('ash')) return word.slice(word.startsWith('ashsh') ? 3 : 2);
  return word.startsWith('a') && word.charAt(1) === word.charAt(2) ? word.slice(2) : undefined;
}

let bySound: ReadonlyMap<string, readonly string[] | undefined> | undefined;

/** An Arabic word in another spelling than the lexicon's, where only words of one meaning sound like it. */
export function heard(word: string, vocabulary: Vocabulary): Word[] | undefined {
  bySound ??= soundsOf(vocabulary);
  for (const spelling of [word, withoutArticle(word) ?? word]) {
    const sound = arabicSound(spelling);
    const to = sound === undefined ? undefined : bySound.get(sound);
    if (to !== undefined) return to.map((text) => ({ text, from: 'ar' }));
  }
  return undefined;
}

/** Meanings by sound; undefined where words of several meanings sound alike. */
function soundsOf(vocabulary: Vocabulary): Map<string, readonly string[] | undefined> {
  const sounds = new Map<string, readonly string[] | undefined>();
  vocabulary.forEach((entry, word) => {
    const to = ownMeaning(entry, 'ar');
    const sound = to === undefined || word.includes(' ') ? undefined : arabicSound(word);
    if (to === undefined || sound === undefined) return;
    const known = sounds.get(sound);
    sounds.set(sound, sounds.has(sound) && known?.join(' ') !== to.join(' ') ? undefined : to);
  });
  return sounds;
}
