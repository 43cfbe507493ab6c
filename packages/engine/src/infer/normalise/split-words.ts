/** Longer names are read as far as this: no schema has them, and time stays bounded. */
export const MOST_CHARACTERS = 200;

type Kind = 'upper' | 'lower' | 'letter' | 'digit' | 'other';

/** The commonest names need no closer look; short, so that the test is. */
const SIMPLE = /^(?=.{1,60}$)[a-z]+(?:_[a-z]+)*$/;
const UPPER = /^\p{Lu}$/u;
const LETTER = /^[\p{L}\p{M}]$/u;
const LOWER = /^[\p{Ll}\p{M}]$/u;
const ID = /^ID\p{Ll}{3}/u;
const DIGIT = /^\p{Nd}$/u;

function kindOf(character: string): Kind {
  const code = character.charCodeAt(0);
  if (code < 128) {
    if (code >= 97 && code <= 122) return 'lower';
    if (code >= 65 && code <= 90) return 'upper';
    return code >= 48 && code <= 57 ? 'digit' : 'other';
  }
  if (LOWER.test(character)) return 'lower';
  if (UPPER.test(character)) return 'upper';
  if (LETTER.test(character)) return 'letter';
  return DIGIT.test(character) ? 'digit' : 'other';
}

/**
 * The words of a name, as they are written: `PULocationID2` gives PU, Location, ID, 2. A word ends where the kind of
 * character changes, but for a capital before small letters; an `s` behind capitals stays (`IDs`). `%`, `#`, `$` and `€` are
 * words.
 */
export function splitWords(name: string): string[] {
  if (SIMPLE.test(name)) return name.split('_');
  const characters = [...name.slice(0, MOST_CHARACTERS)];
  const kinds = characters.map(kindOf);
  const words: string[] = [];
  let word = '';
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] as string;
    const kind = kinds[i] as Kind;
    if (word !== '' && isBreak(kinds, characters, i)) {
      words.push(word);
      word = '';
    }
    if (kind !== 'other') word += character;
    else if ('%#$€£'.includes(character)) words.push(character);
  }
  if (word !== '') words.push(word);
  return words;
}

function isBreak(kinds: readonly Kind[], characters: readonly string[], i: number): boolean {
  const before = kinds[i - 1];
  const kind = kinds[i];
  const next = kinds[i + 1];
  // A key in front of small letters is a word: IDcliente.
  if (i === 2 && ID.test(characters.slice(0, 5).join(''))) return true;
  if (i === 1 && ID.test(characters.slice(0, 5).join(''))) return false;
  // The last capital of a run begins the word that follows: HTTPServer; but IDs ends with its s.
  if (kind === 'upper' && before === 'upper')
    return next === 'lower' && !(characters[i + 1] === 's' && kinds[i + 2] !== 'lower');
  if (kind === before) return false;
  return !(kind === 'lower' && (before === 'upper' || before === 'letter'));
}
