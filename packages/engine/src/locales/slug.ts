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
};

/** Where a language writes a letter without its mark in another way than by dropping the mark. */
const BY_LANGUAGE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // DIN 5007-2 and the machine readable zone of German passports.
  de: { ä: 'ae', ö: 'oe', ü: 'ue' },
};

/**
 * A name in lower-case ASCII letters and digits, as in the local part of an e-mail address or a user name: letters
 * with marks lose them or are written as the language usually does ("Müller" is `mueller` in German, `muller` else),
 * everything else is dropped. Text without any Latin letter or digit gives ''.
 * @param language ISO 639-1 code
 */
export function slug(name: string, language = 'en'): string {
  const own = BY_LANGUAGE[language] ?? {};
  const lower = name.normalize('NFC').toLowerCase();
  const letters = Array.from(lower, (letter) => own[letter] ?? LETTERS[letter] ?? letter).join('');
  return letters.normalize('NFD').replace(/[^a-z0-9]/g, '');
}
