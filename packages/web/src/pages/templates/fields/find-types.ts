import type { FieldTypeInfo } from '@datamaker/engine';

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();

/**
 * Types that have all words of a search in their names, families or summaries. Those that are called so come first, then those whose
 * names begin so, then others, each in the order of the catalogue.
 */
export function findTypes(types: readonly FieldTypeInfo[], search: string): readonly FieldTypeInfo[] {
  const wanted = plain(search);
  if (wanted === '') return types;
  const words = wanted.split(' ');
  const ranked = types.flatMap((type) => {
    const names = [type.key, type.label, ...type.aliases].map(plain);
    const all = [...names, plain(type.family), plain(type.summary)].join(' ');
    if (!words.every((word) => all.includes(word))) return [];
    if (names.includes(wanted)) return [{ type, rank: 0 }];
    if (names.some((name) => name.startsWith(wanted))) return [{ type, rank: 1 }];
    return [{ type, rank: names.some((name) => words.every((word) => name.includes(word))) ? 2 : 3 }];
  });
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ type }) => type);
}
