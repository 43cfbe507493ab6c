/** What the numbers of a format stand for. */
export type NumberKind = 'number' | 'date' | 'datetime' | 'time';

/** Formats that are known by their number alone (ECMA-376 part 1, 18.8.30, with those of East Asian editions). */
export function builtInKind(id: number): NumberKind {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date';
  if (id === 22) return 'datetime';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47) return 'time';
  return 'number';
}

/**
 * What the numbers of a format code stand for (ECMA-376 part 1, 18.8.31). Its first section counts; `[h]` and its like count
 * time that has passed, which is a number of days.
 */
export function kindOfFormat(code: string): NumberKind {
  const [section = ''] = code
    .slice(0, 1000)
    .replaceAll(/"[^"]*"?|\\.|[_*]./g, '')
    .split(';', 1);
  if (/\[(?:h+|m+|s+)\]/i.test(section)) return 'number';
  // Colours, conditions and locales.
  const letters = section
    .replaceAll(/\[[^\]]*\]?/g, '')
    .replaceAll(/general/gi, '')
    .toLowerCase();
  const isTime = /[hs]|am\/pm|a\/p/.test(letters);
  // Next to hours or seconds, m is minutes.
  const isDate = /[dy]/.test(letters) || (letters.includes('m') && !isTime);
  if (isDate) return isTime ? 'datetime' : 'date';
  return isTime ? 'time' : 'number';
}
