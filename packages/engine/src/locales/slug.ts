import { BY_LANGUAGE as ALPHABET_OF, LETTERS as ALPHABETS } from './romanise/alphabets.ts';
import { devanagari } from './romanise/devanagari.ts';
import { greekPairs } from './romanise/greek.ts';
import { hangul } from './romanise/hangul.ts';

/** Letters that canonical decomposition does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ə: 'a',
};

/** Where a language writes a letter in another way than by dropping its mark or by its alphabet's common rule. */
const BY_LANGUAGE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // DIN 5007-2 and the machine readable zone of German passports.
  de: { ä: 'ae', ö: 'oe', ü: 'ue' },
  // Azerbaijani addresses write e for ə.
  az: { ə: 'e' },
  ...ALPHABET_OF,
};

/**
 * A name in lower-case ASCII letters and digits, as in the local part of an e-mail address or a user name: letters
 * with marks lose them or are written as the language usually does ("Müller" is `mueller` in German, `muller` else),
 * other scripts are romanised, everything else is dropped. Text in a script that has no rule here gives '' unless
 * `romanised` has it.
 * @param language ISO 639-1 code
 * @param romanised Latin spelling of whole names or of single characters, where the script does not show the sound
 */
export function slug(name: string, language = 'en', romanised: Readonly<Record<string, string>> = {}): string {
  // Most names of the largest lists: templates with an e-mail field spell thousands of them before the first row.
  if (/^[A-Za-z0-9]*$/.test(name))
    return (Object.hasOwn(romanised, name) ? (romanised[name] ?? '') : name).toLowerCase();
  const own = BY_LANGUAGE[language] ?? {};
  const known = (text: string): string | undefined => (Object.hasOwn(romanised, text) ? romanised[text] : undefined);
  const latin = known(name) ?? Array.from(name, (character) => known(character) ?? character).join('');
  const lower = devanagari(latin.normalize('NFC').toLowerCase());
  const letters = Array.from(lower, (letter) => own[letter] ?? LETTERS[letter] ?? hangul(letter) ?? letter).join('');
  // Marks go first, then what is left of other alphabets: ή is η with a mark. й is a letter of its own.
  const bare = letters.replaceAll('й', 'i').normalize('NFD').replace(/\p{M}/gu, '');
  // The Armenian vowel u is written with two letters.
  const pairs = greekPairs(bare).replaceAll('ու', 'u');
  const alphabet = Array.from(pairs, (letter) => ALPHABETS[letter] ?? letter).join('');
  return alphabet.replace(/[^a-z0-9]/g, '');
}
