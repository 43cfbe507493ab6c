const CONSONANTS = table(
  'कखगघङचछजझञटठडढणतथदधनपफबभमयरलळवशषसह',
  'k kh g gh n ch chh j jh n t th d dh n t th d dh n p ph b bh m y r l l v sh sh s h',
);
const VOWELS = table('अआइईउऊऋएऐओऔ', 'a a i i u u ri e ai o au');
const SIGNS = table('ािीुूृेैोौ', 'a i i u u ri e ai o au');
const VIRAMA = '्';
const NUKTA = '़';
const NASALS = new Set(['ं', 'ँ']);

/**
 * A word in Devanagari in the Hunterian system, India's national one, without its marks. The vowel `a` that consonants
 * carry is silent at the end of a word, as in Hindi: राहुल is rahul.
 */
export function devanagari(word: string): string {
  const letters = Array.from(word.replaceAll(NUKTA, ''));
  return letters
    .map((letter, i) => {
      const next = letters[i + 1];
      const consonant = CONSONANTS[letter];
      if (consonant !== undefined) {
        const bare = next === undefined || next === VIRAMA || SIGNS[next] !== undefined || !isLetter(next);
        return bare ? consonant : `${consonant}a`;
      }
      if (NASALS.has(letter)) return 'n';
      return VOWELS[letter] ?? SIGNS[letter] ?? (letter === VIRAMA ? '' : letter);
    })
    .join('');
}

const isLetter = (letter: string): boolean =>
  CONSONANTS[letter] !== undefined || VOWELS[letter] !== undefined || NASALS.has(letter);

function table(letters: string, latin: string): Readonly<Record<string, string>> {
  const spellings = latin.split(' ');
  return Object.fromEntries(Array.from(letters, (letter, i) => [letter, spellings[i] ?? '']));
}
