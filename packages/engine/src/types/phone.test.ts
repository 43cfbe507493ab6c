import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { localeCodes } from '../locales/load-locale.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { planOf, valuesOf } from './testing/compiled.ts';

const problemsOf = (options: Readonly<Record<string, unknown>>): unknown => {
  const parsed = parseTemplate({ name: 'test', fields: [{ name: 'v', type: 'phone', options }] });
  return parsed.ok ? [] : parsed.diagnostics.map(({ code, pointer }) => [code, pointer]);
};

describe('phone', () => {
  it.each(['en_AE', 'ar_AE'])('gives +971 for the calling code of %s', async (locale) => {
    const numbers = await valuesOf('phone', { locale, country_code: '+971' }, 200);
    for (const number of numbers) expect(parsePhoneNumberFromString(String(number))?.country).toBe('AE');
    expect(numbers).toEqual(await valuesOf('phone', { locale, international: true }, 200));
  });

  it('gives numbers of the countries of a calling code without a locale', async () => {
    for (const number of await valuesOf('phone', { country_code: '+61' }, 100)) expect(number).toMatch(/^\+61 /);
    for (const number of await valuesOf('phone', { country_code: '+1' }, 100))
      expect(number).toMatch(/^\+1 \d{3} 555-01\d\d$/);
  });

  it('keeps to the row when the calling code leaves all places', async () => {
    const place = { locale: 'en_AE' };
    const rows = generateRows(
      await planOf([
        { name: 'city', type: 'city', options: place },
        { name: 'phone', type: 'phone', options: { ...place, country_code: '+971' } },
      ]),
      0,
      100,
    );
    for (const { city, phone } of rows) if (city === 'Dubai') expect(phone).toMatch(/^\+971 4 /);
  });

  it.each(localeCodes().filter((code) => code !== 'en'))(
    'of %s is valid in the national and in the international form',
    async (locale) => {
      const country = locale.split('_')[1] as 'DE';
      // Ranges for fiction that libphonenumber takes for unassigned: Ofcom's 01632 960 and 0115 496, ComReg's 020 91.
      const unknown = /^\+44 (1632 960|115 496)|^\+353 20 91/;
      const wide = (await valuesOf('phone', { locale, international: true }, 100)) as string[];
      const inside = (await valuesOf('phone', { locale, international: false }, 100)) as string[];
      wide.forEach((number, i) => {
        const parsed = parsePhoneNumberFromString(number, country);
        const national = parsePhoneNumberFromString(inside[i] ?? '', country);
        expect(national?.number, `${number} / ${inside[i]}`).toBe(parsed?.number);
        if (!unknown.test(number))
          expect([number, parsed?.isValid(), parsed?.country]).toEqual([number, true, country]);
      });
    },
  );

  it('refuses a calling code that the locale does not have, and forms that contradict each other', () => {
    expect(problemsOf({ locale: 'en_AE', country_code: '+49' })).toEqual([
      ['calling_code_mismatch', '/fields/0/options/country_code'],
    ]);
    expect(problemsOf({ country_code: '+999' })).toEqual([['calling_code_mismatch', '/fields/0/options/country_code']]);
    expect(problemsOf({ country_code: '+971', international: false })).toEqual([
      ['invalid_option', '/fields/0/options/international'],
    ]);
    expect(problemsOf({ format: '##', international: true })).toEqual([
      ['invalid_option', '/fields/0/options/international'],
    ]);
    expect(problemsOf({ country_code: '+971', locale: 'en_AE' })).toEqual([]);
    const field = { name: 'v', type: 'phone', options: { country_code: '+49' } };
    expect(parseTemplate({ locale: 'en_AE', fields: [field] }).ok).toBe(false);
    expect(parseTemplate({ locale: 'de_DE', fields: [field] }).ok).toBe(true);
  });
});
