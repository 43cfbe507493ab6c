import { describe, expect, it } from 'vitest';
import { loadLocale, localeCodes } from './load-locale.ts';
import type { LocaleData } from './locale-data.ts';
import { placesOf } from './places.ts';
import { slug } from './slug.ts';

const loaded = async (code: string): Promise<LocaleData> => {
  const locale = await loadLocale(code);
  if (locale === undefined) throw new Error(`no locale ${code}`);
  return locale;
};

const namesOf = ({ person }: LocaleData): [string, readonly string[]][] => [
  ['person.female', person.female],
  ['person.male', person.male],
  ['person.last', person.last],
  ['person.lastFemale', person.lastFemale ?? person.last],
];

const listsOf = (locale: LocaleData): [string, readonly string[]][] => [
  ...namesOf(locale).slice(0, 3),
  ['street.names', locale.street.names],
  ['company.suffixes', locale.company.suffixes],
  ['jobTitles', locale.jobTitles],
  ['words', locale.words],
  ['text.subjects', locale.text.subjects],
  ['text.predicates', locale.text.predicates],
  ['text.times', locale.text.times],
];

/** Entries that break a rule; an empty list is the wanted answer and says which they are when it is not. */
const breaking = (list: readonly string[], rule: (entry: string) => boolean): string[] => list.filter((e) => !rule(e));

/** The scripts of languages that are not written in Latin letters (Unicode `Script`). */
const SCRIPTS: Readonly<Record<string, string>> = {
  ar: 'Arabic',
  bg: 'Cyrillic',
  el: 'Greek',
  fa: 'Arabic',
  he: 'Hebrew',
  hi: 'Devanagari',
  hy: 'Armenian',
  ja: 'Han',
  ka: 'Georgian',
  ko: 'Hangul',
  ru: 'Cyrillic',
  sr: 'Cyrillic',
  th: 'Thai',
  uk: 'Cyrillic',
  zh: 'Han',
};

/** Letters and marks of the locale's script only; digits and punctuation belong to every script. Japanese mixes three. */
function inScript({ language }: LocaleData, text: string): boolean {
  const script = SCRIPTS[language] ?? 'Latin';
  const also = language === 'ja' ? '\\p{Script=Hiragana}\\p{Script=Katakana}ー' : '';
  return new RegExp(`^[\\p{Script=${script}}${also}\\p{Script=Common}\\p{Script=Inherited}]+$`, 'u').test(text);
}

/** Bytes that fit the strides of the kernel; two and three bytes a letter take twice as much. */
const limit = (text: string, bytes: number): number => (/\p{Script=Latin}/u.test(text) ? bytes : 2 * bytes + 1);

/** Locales that reached a size before others; their lists may not shrink. */
const LARGE = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'sv'];

describe.each([...localeCodes()])('the data of %s', (code) => {
  it('says which locale it is', async () => {
    const { language, country, label, countryName } = await loaded(code);
    expect(country === null ? language : `${language}_${country}`).toBe(code);
    expect(label).not.toBe('');
    expect(countryName === '').toBe(country === null);
  });

  it('has lists that are sorted, without duplicates, in NFC, without blanks around, and not too long', async () => {
    const locale = await loaded(code);
    for (const [name, list] of listsOf(locale)) {
      const bytes = name.startsWith('text.') ? 63 : 31;
      expect(list.length, name).toBeGreaterThan(0);
      expect(list, name).toEqual([...new Set(list)].sort());
      expect(
        breaking(list, (e) => e === e.normalize('NFC') && e === e.trim() && !/\s\s/.test(e)),
        name,
      ).toEqual([]);
      expect(
        breaking(list, (e) => Buffer.byteLength(e) >= 1 && Buffer.byteLength(e) <= limit(e, bytes)),
        name,
      ).toEqual([]);
      expect(
        breaking(list, (e) => !/[\u0000-\u001f"\\]/.test(e)),
        name,
      ).toEqual([]);
    }
  });

  it('is written in the script of its language', async () => {
    const locale = await loaded(code);
    for (const [name, list] of [...namesOf(locale), ...listsOf(locale)]) {
      // Companies keep their Latin abbreviations, Bulgarian and Russian rulers their Roman numbers.
      const text = (entry: string): string => entry.replace(/\b[IVX]+\b|\bIT\b/g, '');
      expect(
        breaking(list, (e) => inScript(locale, text(e))),
        name,
      ).toEqual([]);
    }
    const { months, monthsShort, weekdays, weekdaysShort } = locale.calendar;
    for (const e of [...months, ...monthsShort, ...weekdays, ...weekdaysShort, locale.countryName]) {
      if (e !== '') expect(inScript(locale, e), e).toBe(true);
    }
    if (locale.country === null) return;
    expect(
      placesOf(locale)
        .flatMap(({ city, region }) => [city, region])
        .filter((text) => !inScript(locale, text)),
    ).toEqual([]);
  });

  it('has short names of letters, each with a slug in ASCII', async () => {
    const locale = await loaded(code);
    for (const [, list] of namesOf(locale)) {
      expect(
        breaking(list, (e) => Buffer.byteLength(e) <= limit(e, 15) && /^\p{L}[\p{L}\p{M}'’ .-]*$/u.test(e)),
      ).toEqual([]);
      expect(breaking(list, (e) => /^[a-z]+$/.test(slug(e, locale.language, locale.person.romanised)))).toEqual([]);
    }
  });

  it('has no two family names of the same slug, and a feminine form for each or for none', async () => {
    const { person, language } = await loaded(code);
    const distinct = (list: readonly string[]): number =>
      new Set(list.map((name) => slug(name, language, person.romanised))).size;
    expect(distinct(person.last)).toBe(person.last.length);
    expect(person.lastFemale?.length ?? person.last.length).toBe(person.last.length);
    expect(distinct(person.lastFemale ?? person.last)).toBe(person.last.length);
  });

  it('has a weight for each family name or for none', async () => {
    const { person } = await loaded(code);
    expect(person.lastWeights?.length ?? person.last.length).toBe(person.last.length);
    expect(Math.min(1, ...(person.lastWeights ?? []))).toBeGreaterThan(0);
  });

  it('has enough to choose from', async () => {
    const { language, person, street, company, jobTitles, words, text } = await loaded(code);
    const large = LARGE.includes(language);
    expect(person.female.length).toBeGreaterThanOrEqual(large ? 100 : 45);
    expect(person.male.length).toBeGreaterThanOrEqual(large ? 100 : 36);
    expect(person.last.length).toBeGreaterThanOrEqual(large ? 150 : 45);
    expect(street.names.length).toBeGreaterThanOrEqual(language === 'en' ? 2000 : large ? 300 : 80);
    expect(company.suffixes.length).toBeGreaterThanOrEqual(10);
    expect(jobTitles.length).toBeGreaterThanOrEqual(large ? 120 : 55);
    expect(words.length).toBeGreaterThanOrEqual(55);
    expect(breaking(words, (e) => e === e.toLowerCase() && /^[\p{L}\p{M}]+$/u.test(e))).toEqual([]);
    expect(text.subjects.length * text.predicates.length * text.times.length).toBeGreaterThanOrEqual(1000);
  });

  it('has words of one length where nothing stands between them, so that different words are different texts', async () => {
    const { words, text } = await loaded(code);
    if (text.separator === '') expect(new Set(words.map((word) => [...word].length)).size).toBe(1);
  });

  it('has patterns of known parts', async () => {
    const { person, street, company, text } = await loaded(code);
    const parts = (pattern: string): string[] => (pattern.match(/\{\w+\}/g) ?? []).sort();
    expect(parts(person.pattern)).toEqual(['{first}', '{last}']);
    expect(parts(text.pattern)).toEqual(['{predicate}', '{subject}', '{time}']);
    expect(parts(street.pattern)).toEqual(['{name}', '{number}']);
    expect(street.numberMax).toBeGreaterThan(1);
    expect(company.patterns.length).toBeGreaterThan(0);
    for (const pattern of company.patterns) {
      expect(pattern.replaceAll(/\{(last|last2|suffix)\}/g, '')).not.toMatch(/[{}]/);
      expect(pattern).toContain('{last}');
    }
  });

  it('has twelve months and seven days, each with a name of its own', async () => {
    const { months, monthsShort, weekdays, weekdaysShort } = (await loaded(code)).calendar;
    for (const list of [months, monthsShort]) expect(new Set(list).size).toBe(12);
    for (const list of [weekdays, weekdaysShort]) expect(new Set(list).size).toBe(7);
  });

  it('has places', async () => {
    const locale = await loaded(code);
    expect(placesOf(locale).length).toBeGreaterThanOrEqual(8);
    expect(placesOf(locale).filter(({ country }) => locale.country !== null && country !== locale.country)).toEqual([]);
  });
});

describe('the locales', () => {
  it('are at least 50', () => {
    expect(localeCodes().length).toBeGreaterThanOrEqual(50);
  });
});

describe('the data of en', () => {
  it('has at least 3000 given names', async () => {
    const { female, male } = (await loaded('en')).person;
    expect(new Set([...female, ...male]).size).toBeGreaterThanOrEqual(3000);
    expect((await loaded('en')).person.last.length).toBeGreaterThanOrEqual(400);
  });

  it('has at least 150 job titles', async () => {
    expect((await loaded('en')).jobTitles.length).toBeGreaterThanOrEqual(150);
  });
});
