import { describe, expect, it } from 'vitest';
import { loadLocale, localeCodes } from '../locales/load-locale.ts';
import type { LocaleData } from '../locales/locale-data.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { allTypes } from './registry.ts';
import { planOf, type TestField, textOf } from './testing/compiled.ts';

/**
 * FULL=1 is the figure that is promised for releases: every type, 1,000 rows. The usual run is a sample of it: 50 rows of
 * the types that look at the locale (every-type.test.ts has the others).
 */
const FULL = process.env['FULL'] !== undefined;
const ROWS = FULL ? 1000 : 50;

/** Types whose texts are in the language of the locale, with options that say so. */
const SPOKEN: readonly TestField[] = [
  ...['first_name', 'last_name', 'full_name', 'job_title', 'street_address', 'city', 'state', 'country', 'words'],
  ...['month', 'weekday'],
].map((type) => ({ name: type, type }));
const PLAIN: readonly TestField[] = [
  { name: 'plain sentence', type: 'sentence', options: { style: 'plain' } },
  { name: 'plain paragraph', type: 'paragraph', options: { style: 'plain' } },
];

const ADDRESSES: readonly TestField[] = ['email', 'username', 'url', 'domain_name', 'slug', 'hashtag'].map((type) => ({
  name: type,
  type,
}));

const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  ar: ['Arabic'],
  bg: ['Cyrillic'],
  el: ['Greek'],
  fa: ['Arabic'],
  he: ['Hebrew'],
  hi: ['Devanagari'],
  hy: ['Armenian'],
  ja: ['Han', 'Hiragana', 'Katakana'],
  ka: ['Georgian'],
  ko: ['Hangul'],
  ru: ['Cyrillic'],
  sr: ['Cyrillic'],
  th: ['Thai'],
  uk: ['Cyrillic'],
  zh: ['Han'],
};

/** Letters of the language's script, and what belongs to all scripts: digits, blanks, punctuation, joiners. */
function scriptOf({ language }: LocaleData): RegExp {
  const scripts = [...(SCRIPTS[language] ?? ['Latin']), 'Common', 'Inherited'];
  return new RegExp(`^[${scripts.map((script) => `\\p{Script=${script}}`).join('')}]+$`, 'u');
}

/** Abbreviations and Roman numbers that every language writes in Latin letters. */
const borrowed = (text: string): string => text.replace(/\b(?:[IVX]+|IT)\b/g, '');

describe.each(localeCodes())('in the locale %s', (code) => {
  const fieldsOf = (types: readonly TestField[]): TestField[] =>
    types.map((field) => ({ ...field, options: { ...field.options, locale: code } }));
  const types = allTypes.filter(({ localised, external }) => external === undefined && (FULL || localised === true));
  const everyType: TestField[] = [
    ...types.flatMap(({ exampleFields = [] }) => exampleFields),
    ...types.map((type) => ({
      name: `a ${type.key}`,
      type: type.key,
      ...(type.exampleOptions === undefined ? {} : { options: type.exampleOptions }),
    })),
  ];

  it('every type gives values, the same for the same seed', async () => {
    const fields = fieldsOf(everyType);
    const [a, b] = [await planOf(fields), await planOf(fields)];
    const bytes = textOf(a, { format: 'ndjson' }, 0, ROWS);
    expect(bytes).toBe(textOf(b, { format: 'ndjson' }, 0, ROWS));
    const rows = bytes.trimEnd().split('\n');
    expect(rows).toHaveLength(ROWS);
    for (const row of rows) expect(Object.keys(JSON.parse(row))).toHaveLength(fields.length);
  });

  it('no type depends on what others before it looked up', async () => {
    const [first] = generateRows(await planOf(fieldsOf(everyType)), 0, 1);
    const [other] = generateRows(await planOf(fieldsOf([...everyType].reverse())), 0, 1);
    expect(other).toEqual(first);
  });

  it('texts are in the script of the language, addresses in ASCII, and the parts of a person belong together', async () => {
    const locale = (await loadLocale(code)) as LocaleData;
    const { female, last, lastFemale = last, pattern } = locale.person;
    const script = scriptOf(locale);
    const rows = generateRows(await planOf(fieldsOf([...SPOKEN, ...PLAIN, ...ADDRESSES])), 0, ROWS);
    for (const row of rows) {
      for (const { name } of [...SPOKEN, ...PLAIN]) expect(borrowed(String(row[name])), name).toMatch(script);
      expect(row['email']).toMatch(/^[a-z]+\.[a-z]+\d+@example\.(com|net|org)$/);
      expect(row['username']).toMatch(/^[a-z]+[._]?[a-z]+\d+$/);
      expect(row['url']).toMatch(/^https:\/\/[a-z]+\.example\.(com|org|net)\/[a-z]+-[a-z]+$/);
      expect(row['domain_name']).toMatch(/^[a-z]+-[a-z]+\.example\.(com|org|net)$/);
      expect(row['slug']).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(row['hashtag']).toMatch(/^#[a-z]+$/);
      const [first, family] = [String(row['first_name']), String(row['last_name'])];
      expect(row['full_name']).toBe(pattern.replace('{first}', first).replace('{last}', family));
      expect((female.includes(first) ? lastFemale : last).includes(family)).toBe(true);
    }
  });

  it('unique names are unique', async () => {
    const plan = await planOf(fieldsOf([{ name: 'v', type: 'full_name', options: { unique: true } }]));
    const count = Math.min(ROWS, plan.capacity);
    expect(new Set(generateRows(plan, 0, count).map((row) => row['v'])).size).toBe(count);
  });
});
