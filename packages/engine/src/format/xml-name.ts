/** Letters that names may hold in every edition of XML 1.0 (appendix B of the fourth, which some parsers keep to). */
const LETTER = 'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\xFF\\u3041-\\u3094\\u30A1-\\u30FA\\u4E00-\\u9FA5\\uAC00-\\uD7A3';
const START = new RegExp(`^[${LETTER}]$`);
const PART = new RegExp(`^[${LETTER}0-9.-]$`);

const encoded = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `_x${code.padStart(code.length > 4 ? 6 : 4, '0')}_`;
};

/**
 * Any text as the name of an element: what a name cannot hold becomes `_xHHHH_`, as SQL/XML maps the names of columns
 * (ISO/IEC 9075-14, 9.1). Different texts have different names.
 */
export function xmlName(text: string): string {
  const characters = Array.from(text);
  const names = characters.map((character, index) => {
    const isEscape = character === '_' && characters[index + 1] === 'x';
    // Names that begin with "xml" are reserved.
    const isReserved = index === 0 && /^xml/i.test(text);
    const fits = (index === 0 ? START : PART).test(character);
    return fits && !isEscape && !isReserved ? character : encoded(character);
  });
  return names.length === 0 ? '_x0000_' : names.join('');
}

/** Whether a text is a name as it stands. */
export const isXmlName = (text: string): boolean => text !== '' && xmlName(text) === text;
