const INITIALS = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ');
const VOWELS = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const FINALS = ' k k k n n n t l k m p l l p l m p p t t ng t t k t p t'.split(' ');
const FIRST = 0xac00;
const LAST = 0xd7a3;

/**
 * A Hangul syllable in the Revised Romanization of Korean (Ministry of Culture 2000-8), which spells names syllable by
 * syllable, without the changes of sound between them. The syllable block is arithmetic: Unicode chapter 3.12.
 * @returns undefined for any other character
 */
export function hangul(character: string): string | undefined {
  const code = character.charCodeAt(0);
  if (character.length !== 1 || code < FIRST || code > LAST) return undefined;
  const index = code - FIRST;
  const [initial, vowel, final] = [Math.floor(index / 588), Math.floor((index % 588) / 28), index % 28];
  return `${INITIALS[initial]}${VOWELS[vowel]}${FINALS[final]}`;
}
