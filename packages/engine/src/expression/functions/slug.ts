import { isDigit } from '../characters.ts';

/** Letters that Unicode does not decompose, in the usual spelling. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ł', 'l'],
  ['þ', 'th'],
  ['ı', 'i'],
]);

/** Lower-case ASCII letters and digits with single hyphens between words: "Straße nach Łódź" is "strasse-nach-lodz". */
export function toSlug(text: string): string {
  let slug = '';
  let gap = false;
  for (const char of text.toLowerCase().normalize('NFKD')) {
    const unit = char.charCodeAt(0);
    if (unit >= 0x300 && unit <= 0x36f) continue; // accents, apart from their letters after NFKD
    const plain = (unit >= 97 && unit <= 122) || isDigit(unit) ? char : LETTERS.get(char);
    if (plain === undefined) {
      gap = slug !== '';
    } else {
      slug += gap ? `-${plain}` : plain;
      gap = false;
    }
  }
  return slug;
}
