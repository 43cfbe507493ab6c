/** Markdown without the padding that the formatter gives to the columns of tables. */
export const flat = (markdown) => markdown.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
