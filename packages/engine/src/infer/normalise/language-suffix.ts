/** What says in which language, calendar or clock a value is, behind a name: `full_name_en`, `billing_day_local`. */
const LANGUAGES = new Set(
  'en eng english ar ara arabic fr fra french deu german spa spanish pt por portuguese ru rus russian zh chi chinese cn jp jpn japanese ko kor korean hi hin hindi ur urdu fa persian he hebrew ta tamil te telugu bn bengali mr marathi gu tr tur turkish nl dutch uk ua ukrainian sw swahili vi th vernacular localized unicode ascii kana kanji furigana pinyin yomi phonetic'.split(
    ' ',
  ),
);
/** Letters of languages that are words of names as well: `de`, `es`, `it`. They count where a sibling has another language. */
const DOUBTFUL = new Set(
  'de es it pl sv da no fi cs sk hu ro bg el id lt lv et sl hr sr ms my km is ga mt sq az ka hy'.split(' '),
);
const PARTICULAR = new Set(['local', 'gregorian', 'hijri']);
/** How a name sounds, in front of it: `Yomi Name`. */
const SOUNDS = new Set(['yomi', 'phonetic', 'kana', 'furigana', 'pinyin']);
/** What is of a language itself. */
const OF_LANGUAGES = new Set(
  'language lang locale is has in speaks translated translation level proficiency words skill skills only'.split(' '),
);

export interface Unlanguaged {
  /** The names without the language at their end. */
  readonly names: readonly (readonly string[])[];
  /** For each name the code of the language its values are in, where its end says it. */
  readonly languages: readonly (string | undefined)[];
}

/** The names without the language they are in at the end, where something stands before it. */
export function withoutLanguages(names: readonly (readonly string[])[]): Unlanguaged {
  const kept = cut(names);
  return {
    names: kept,
    languages: kept.map((name, i) =>
      name === names[i] ? undefined : CODES.get((names[i] as readonly string[]).at(-1) as string),
    ),
  };
}

/** Languages whose names of persons and places are others than those of the table. */
const CODES: ReadonlyMap<string, string> = new Map([
  ['en', 'en'],
  ['eng', 'en'],
  ['english', 'en'],
  ['latin', 'en'],
  ['ar', 'ar'],
  ['arabic', 'ar'],
  ['de', 'de'],
  ['german', 'de'],
  ['fr', 'fr'],
  ['french', 'fr'],
  ['es', 'es'],
  ['spanish', 'es'],
  ['ru', 'ru'],
  ['russian', 'ru'],
]);

function cut(names: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const stems = new Map<string, number>();
  for (const name of names) {
    if (name.length < 2 || !isLanguage(name.at(-1) as string)) continue;
    const stem = name.slice(0, -1).join(' ');
    stems.set(stem, (stems.get(stem) ?? 0) + 1);
  }
  if (stems.size === 0 && !names.some((name) => PARTICULAR.has(name.at(-1) as string) || SOUNDS.has(name[0] as string)))
    return names;
  return names.map((name) => {
    const last = name.at(-1) as string;
    if (name.length > 1 && SOUNDS.has(name[0] as string)) return name.slice(1);
    if (name.length < 2 || OF_LANGUAGES.has(name[0] as string) || OF_LANGUAGES.has(name.at(-2) as string)) return name;
    const several = (stems.get(name.slice(0, -1).join(' ')) ?? 0) > 1;
    const isSuffix =
      LANGUAGES.has(last) || (DOUBTFUL.has(last) && several) || (PARTICULAR.has(last) && name.length > 2);
    return isSuffix ? name.slice(0, -1) : name;
  });
}

const isLanguage = (word: string): boolean => LANGUAGES.has(word) || DOUBTFUL.has(word);
