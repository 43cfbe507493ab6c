/** Shapes are told of values that are codes, not of texts. */
const LONGEST = 30;
const FEWEST = 3;

/**
 * A pattern for texts of one shape, such as `DE-[0-9]{4}` of DE-4711 and DE-0815: what is the same in all of them stands, the
 * rest is any digit or letter. Undefined where they have no shape in common.
 */
export function shapeOf(texts: readonly string[]): string | undefined {
  const [first = ''] = texts;
  if (texts.length < FEWEST || first.length > LONGEST || new Set(texts).size < 2) return undefined;
  let pattern = '';
  let varies = false;
  for (let i = 0; i < first.length; i++) {
    const character = first.charAt(i);
    const same = texts.every((text) => text.length === first.length && text.charAt(i) === character);
    const kind = texts.every((text) => text.length === first.length && isDigit(text.charAt(i)))
      ? '[0-9]'
      : texts.every((text) => isUpper(text.charAt(i)))
        ? '[A-Z]'
        : undefined;
    if (texts.some((text) => text.length !== first.length)) return undefined;
    if (same && !isDigit(character)) pattern += literal(character);
    else if (kind !== undefined) {
      pattern += kind;
      varies = true;
    } else return undefined;
  }
  return varies ? pattern : undefined;
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';
const isUpper = (character: string): boolean => character >= 'A' && character <= 'Z';
const literal = (character: string): string => (/[\w ]/.test(character) ? character : `\\${character}`);
