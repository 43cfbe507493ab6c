/**
 * Letter by letter romanisation of alphabets, as passports and e-mail addresses have it. Letters of several languages
 * that differ are in `BY_LANGUAGE`. Vowel signs and accents are dropped by the caller's decomposition.
 *
 * Sources: Cyrillic after ICAO Doc 9303 part 3 section 6 and, where a state has its own rule, that: Ukraine, cabinet
 * resolution 55 of 2010; Bulgaria, transliteration act of 2009; Serbian, its Latin alphabet without marks. Greek after ELOT 743. Armenian and Georgian after ICAO Doc 9303 and the Georgian national system of 2002
 * (apostrophes left out). Arabic and Hebrew letters alone do not say the vowels: lists carry whole names.
 */
export const LETTERS: Readonly<Record<string, string>> = {
  ...table(
    'абвгдежзийклмнопрстуфхцчшщъыьэюя',
    'a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia',
  ),
  ...table('ёєіїґјљњћђџ', 'e ie i i g j lj nj c dj dz'),
  ...table('αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'),
  ...table(
    'աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև',
    'a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev',
  ),
  ...table(
    'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ',
    'a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h',
  ),
};

export const BY_LANGUAGE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  uk: table('гґхщийюяєї', 'h g kh shch y i iu ia ie i'),
  bg: table('хцщъьюяй', 'h ts sht a y yu ya y'),
  sr: table('жхцчшљњћђџј', 'z h c c s lj nj c dj dz j'),
};

function table(letters: string, latin: string): Record<string, string> {
  const spellings = latin.split(' ').map((spelling) => spelling.replace('_', ''));
  return Object.fromEntries(Array.from(letters, (letter, i) => [letter, spellings[i] ?? '']));
}
