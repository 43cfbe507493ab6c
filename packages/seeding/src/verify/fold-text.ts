const ASCII = /^[\x20-\x7e]*$/;
/** Letters that decompose into nothing, and what they are sorted with (Unicode collation, DUCET). */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
};

/**
 * A text as keys see it that tell apart neither capitals nor accents nor spaces at the end, as most collations of MySQL and SQL Server
 * do. Where they differ among each other, texts are the same here that some tell apart.
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().trimEnd();
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[ßæœøđðłıþ]/g, (letter) => LETTERS[letter] ?? letter)
      // Older collations know none beyond the first plane: all of them are the same.
      .replaceAll(/[\u{10000}-\u{10ffff}]/gu, '\ufffd')
      .trimEnd()
  );
}
