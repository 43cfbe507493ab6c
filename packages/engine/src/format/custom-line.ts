/** A part of a line: a text, or the name of a field whose value stands there. */
export type LinePart = { readonly text: string } | { readonly field: string };

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The text that `\n`, `\r`, `\t`, `\\` and `\{` in a text stand for. */
export const unescapeLine = (text: string): string =>
  text.replaceAll(/\\([nrt\\{}])/g, (_, character: string) => ESCAPES[character] ?? character);

/**
 * Splits a line such as `{{id}}|{{name}}\n` into its parts. Blanks around a name do not count.
 * @returns undefined when a `{{` is not closed or names nothing
 */
export function parseLine(line: string): LinePart[] | undefined {
  const parts: LinePart[] = [];
  let rest = line;
  while (rest !== '') {
    const [, text = '', after = ''] = /^((?:\\.|(?!\{\{)[^\\]|\\$)*)(.*)$/s.exec(rest) ?? [];
    if (text !== '') parts.push({ text: unescapeLine(text) });
    if (after === '') break;
    const [whole = '', name = ''] = /^\{\{(.*?)\}\}/s.exec(after) ?? [];
    if (name.trim() === '') return undefined;
    parts.push({ field: name.trim() });
    rest = after.slice(whole.length);
  }
  return parts;
}
