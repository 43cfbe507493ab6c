/**
 * Any text as a name of Avro (specification 1.12, Names): ASCII letters, digits and underscores. What else there is becomes
 * `_xHHHH_`, as in the names of XML elements, so that different texts have different names.
 */
export function avroName(text: string): string {
  const characters = Array.from(text);
  const name = characters.map((character, index) => {
    const fits = (index === 0 ? /[A-Za-z_]/ : /[A-Za-z0-9_]/).test(character);
    if (fits && !(character === '_' && characters[index + 1] === 'x')) return character;
    return `_x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}_`;
  });
  return name.join('') || '_x0000_';
}
