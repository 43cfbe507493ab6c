/** Sounds that names write in several ways, by digits or letters; the first that fits counts. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/[23'`]/g, ''],
  [/7/g, 'h'],
  [/5|kh/g, 'x'],
  [/8|gh/g, 'g'],
  [/9/g, 's'],
  [/6/g, 't'],
  [/sh|ch/g, '$'],
  [/th/g, 't'],
  [/dh|z/g, 'z'],
  [/[qkc]/g, 'k'],
  [/j/g, 'g'],
  [/p/g, 'b'],
  [/v/g, 'f'],
];
const VOWEL = /^[aeiou]/;
const W_BETWEEN_VOWELS = /(?<=^|[aeiouy])w+(?=[aeiou])/g;
/** Fewer consonants are those of many words. */
const LEAST = 3;

/**
 * The consonants of an Arabic word in Latin letters, which every way to write it shares: `tareekh`, `tarikh` and `tare5` are
 * `trx`. Undefined where there are too few of them to tell words apart.
 */
export function arabicSound(word: string): string | undefined {
  let sound = word;
  for (const [written, one] of SOUNDS) sound = sound.replace(written, one);
  const start = VOWEL.test(sound) ? 'a' : '';
  const consonants = sound
    .replace(/h$/, '')
    .replace(W_BETWEEN_VOWELS, 'W')
    .replace(/[aeiouyw]/g, '')
    .replace(/(.)\1+/g, '$1');
  return consonants.length < LEAST ? undefined : start + consonants;
}
