import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import deAt from './data/de_AT.json' with { type: 'json' };
import deDe from './data/de_DE.json' with { type: 'json' };
import en from './data/en.json' with { type: 'json' };
import enGb from './data/en_GB.json' with { type: 'json' };
import { fallbackChain, findLocale, loadLocale, localeCodes } from './load-locale.ts';

describe('loadLocale', () => {
  it('has a loader for every data file and a file for every loader', () => {
    const files = readdirSync(new URL('./data/', import.meta.url)).map((name) => name.replace('.json', ''));
    expect(files.filter((name) => name !== 'places' && name !== 'countries').sort()).toEqual([...localeCodes()].sort());
  });

  it.each(['de_DE', 'de-DE', 'DE_de', 'de-de', ' de_DE ', 'de', 'DE'])('finds de_DE as %j', async (code) => {
    expect((await loadLocale(code))?.code).toBe('de_DE');
  });

  it.each(['', 'xx', 'de_XX', 'deu', 'english', '__proto__', 'constructor', 'toString', 'places', '../en'])(
    'knows no locale %j',
    async (code) => {
      expect(findLocale(code)).toBeUndefined();
      expect(await loadLocale(code)).toBeUndefined();
    },
  );

  it('falls back from a locale to the main one of its language and then to English', () => {
    expect(fallbackChain('de_DE')).toEqual(['de_DE', 'en']);
    expect(fallbackChain('de_AT')).toEqual(['de_AT', 'de_DE', 'en']);
    expect(fallbackChain('en_GB')).toEqual(['en_GB', 'en']);
    expect(fallbackChain('en')).toEqual(['en']);
    expect(fallbackChain('ar_EG')).toEqual(['ar_EG', 'ar_AE', 'en']);
    expect(fallbackChain('zh_TW')).toEqual(['zh_TW', 'zh_CN', 'en']);
  });

  it('takes a key that the file leaves out from the fallback and keeps its own', async () => {
    expect(Object.keys(enGb)).not.toContain('person');
    const locale = await loadLocale('en_GB');
    expect(locale?.person).toEqual(en.person);
    expect(locale?.words).toEqual(en.words);
    expect(locale?.street).toEqual(enGb.street);
    expect(locale?.country).toBe('GB');
  });

  it('goes through the whole chain, also inside a key', async () => {
    expect(Object.keys(deAt)).toEqual(['code', 'label', 'language', 'country', 'countryName', 'company', 'calendar']);
    const austrian = await loadLocale('de-AT');
    expect(austrian).toMatchObject({ code: 'de_AT', language: 'de', country: 'AT' });
    expect(austrian?.person).toEqual({ pattern: en.person.pattern, ...deDe.person });
    expect(austrian?.words).toEqual(en.words);
    expect(austrian?.company.patterns).toEqual(deDe.company.patterns);
    expect(austrian?.company.suffixes).toContain('OG');
    const emirates = await loadLocale('en_AE');
    expect(emirates?.street).toEqual({ ...en.street, numberMax: 299 });
    expect(emirates?.company.patterns).toEqual(en.company.patterns);
    expect(emirates?.company.suffixes).toContain('FZE');
  });

  it('gives the same lists at every call, so that tables made of them can be shared', async () => {
    const [a, b] = [await loadLocale('en_GB'), await loadLocale('en')];
    expect(a?.person.last).toBe(b?.person.last);
  });
});
