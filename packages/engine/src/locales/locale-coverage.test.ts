import { expect, it } from 'vitest';
import { loadLocale, localeCodes } from './load-locale.ts';
import { COVERAGE_FAMILIES, type LocaleCoverage, localeCoverage } from './locale-coverage.ts';

const all = await localeCoverage();
const of = (code: string): LocaleCoverage => {
  const found = all.find((locale) => locale.code === code);
  if (found === undefined) throw new Error(`no ${code}`);
  return found;
};

it('has every locale and every family', () => {
  expect(all.map(({ code }) => code)).toEqual(localeCodes());
  for (const { families } of all) expect(Object.keys(families).sort()).toEqual([...COVERAGE_FAMILIES].sort());
});

it('tells own data from those of the fallback chain', () => {
  expect(of('de_AT').families.person).toMatchObject({ source: 'fallback', from: ['de_DE'] });
  expect(of('de_AT').families.calendar).toMatchObject({ source: 'own', from: [] });
  expect(of('de_DE').families.words).toMatchObject({ source: 'fallback', from: ['en'] });
  expect(of('en_AE').families.company).toMatchObject({ source: 'partly', from: ['en'] });
  expect(of('en_AE').families.postcode.source).toBe('none');
  expect(of('ja_JP').families.words.source).toBe('own');
  for (const { source } of Object.values(of('en').families)) expect(source).toBe('own');
});

it('counts what a field can pick from', async () => {
  const data = await loadLocale('fr_CA');
  expect(of('fr_CA').families.job.entries).toBe(data?.jobTitles.length);
});

it('says the country, its currency and its calling code', () => {
  expect(of('ar_AE')).toMatchObject({ callingCode: '+971', currency: 'AED', countryName: 'الإمارات العربية المتحدة' });
  expect(of('hu_HU')).toMatchObject({ nameOrder: '{last} {first}', lastBySex: false });
  expect(of('cs_CZ')).toMatchObject({ lastBySex: true });
  expect(of('en')).toMatchObject({ callingCode: undefined, currency: undefined, countryName: '' });
});

// Otherwise a locale in another script would mix Latin words into its texts.
it('leaves nothing that is seen to a fallback in another script', () => {
  const latin = new Set(all.filter(({ families }) => families.words.from.includes('en')).map(({ code }) => code));
  const other = all.filter(({ code }) => !latin.has(code) && !code.startsWith('en'));
  expect(other.length).toBeGreaterThanOrEqual(15);
  for (const { code, families } of other) {
    for (const { from } of Object.values(families)) expect(from.includes('en'), code).toBe(false);
  }
});
