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

const listsOf = ({ person, street, company, jobTitles, words }: LocaleData): [string, readonly string[]][] => [
  ['person.female', person.female],
  ['person.male', person.male],
  ['person.last', person.last],
  ['street.names', street.names],
  ['company.suffixes', company.suffixes],
  ['jobTitles', jobTitles],
  ['words', words],
];

/** Entries that break a rule; an empty list is the wanted answer and says which they are when it is not. */
const breaking = (list: readonly string[], rule: (entry: string) => boolean): string[] => list.filter((e) => !rule(e));

describe.each([...localeCodes()])('the data of %s', (code) => {
  it('says which locale it is', async () => {
    const { language, country, label } = await loaded(code);
    expect(country === null ? language : `${language}_${country}`).toBe(code);
    expect(label).not.toBe('');
  });

  it('has lists without duplicates, in NFC, without blanks around, of 1 to 31 bytes an entry', async () => {
    for (const [name, list] of listsOf(await loaded(code))) {
      expect(list.length, name).toBeGreaterThan(0);
      expect(new Set(list).size, name).toBe(list.length);
      expect(
        breaking(list, (e) => e === e.normalize('NFC') && e === e.trim() && !/\s\s/.test(e)),
        name,
      ).toEqual([]);
      expect(
        breaking(list, (e) => Buffer.byteLength(e) >= 1 && Buffer.byteLength(e) <= 31),
        name,
      ).toEqual([]);
      expect(
        breaking(list, (e) => !/[\u0000-\u001f"\\]/.test(e)),
        name,
      ).toEqual([]);
    }
  });

  it('has names of at most 15 bytes and letters, each with a slug', async () => {
    const { person, language } = await loaded(code);
    for (const list of [person.female, person.male, person.last]) {
      expect(breaking(list, (e) => Buffer.byteLength(e) <= 15 && /^\p{L}[\p{L}'’ .-]*$/u.test(e))).toEqual([]);
      expect(breaking(list, (e) => /^[a-z]+$/.test(slug(e, language)))).toEqual([]);
    }
  });

  it('has no two family names of the same slug', async () => {
    const { person, language } = await loaded(code);
    expect(new Set(person.last.map((name) => slug(name, language))).size).toBe(person.last.length);
  });

  it('has enough to choose from', async () => {
    const { person, street, company, jobTitles, words } = await loaded(code);
    expect(person.female.length).toBeGreaterThanOrEqual(100);
    expect(person.male.length).toBeGreaterThanOrEqual(100);
    expect(person.last.length).toBeGreaterThanOrEqual(150);
    expect(street.names.length).toBeGreaterThanOrEqual(code.startsWith('en') ? 2000 : 300);
    expect(company.suffixes.length).toBeGreaterThanOrEqual(10);
    expect(jobTitles.length).toBeGreaterThanOrEqual(120);
    expect(breaking(words, (e) => /^\p{Ll}+$/u.test(e))).toEqual([]);
    expect(words.length).toBeGreaterThanOrEqual(200);
  });

  it('has street and company patterns of known parts', async () => {
    const { street, company } = await loaded(code);
    expect(street.pattern.match(/\{\w+\}/g)?.sort()).toEqual(['{name}', '{number}']);
    expect(street.numberMax).toBeGreaterThan(1);
    expect(company.patterns.length).toBeGreaterThan(0);
    for (const pattern of company.patterns) {
      expect(pattern.replaceAll(/\{(last|last2|suffix)\}/g, '')).not.toMatch(/[{}]/);
      expect(pattern).toContain('{last}');
    }
  });

  it('has places', async () => {
    const locale = await loaded(code);
    expect(placesOf(locale).length).toBeGreaterThanOrEqual(8);
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
