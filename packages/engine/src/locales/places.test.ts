import { getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import validator from 'validator';
import { describe, expect, it } from 'vitest';
import { loadLocale, localeCodes } from './load-locale.ts';
import { knownCountries, type Place, placesOf, sharedCountries } from './places.ts';
import { splitPattern } from './split-pattern.ts';
import { fillPattern } from './testing/fill-pattern.ts';

const all = placesOf({ country: null });
const byCountry = Map.groupBy(all, (place) => place.country);
const countries = [...byCountry.keys()];
/** Places that locales have for themselves, in their script: of countries that are above, and of others. */
const own = (
  await Promise.all(
    localeCodes().map(async (code) => {
      const locale = await loadLocale(code);
      return locale?.places === undefined ? [] : placesOf(locale);
    }),
  )
).flat();
const everywhere = Map.groupBy([...all, ...own], (place) => place.country);
const SAMPLES = 40;

/** Countries that validator has no rule for. */
const OWN_RULES: Readonly<Record<string, RegExp>> = {
  AR: /^\d{4}$/,
  AE: /^$/,
  AM: /^\d{4}$/,
  GE: /^\d{4}$/,
  // The form of the UPU; validator also excludes digits of the second half.
  IR: /^[13-9]{4}\d-\d{5}$/,
  RS: /^\d{5}$/,
  CL: /^\d{7}$/,
  EG: /^\d{5}$/,
  KR: /^\d{5}$/,
  MA: /^\d{5}$/,
  NG: /^\d{6}$/,
  PE: /^\d{5}$/,
  PH: /^\d{4}$/,
  TR: /^(0[1-9]|[1-7]\d|8[01])\d{3}$/,
  VN: /^\d{5}$/,
};

/**
 * Ranges reserved for fiction that libphonenumber takes for unassigned: Ofcom's 01632 960 and 0115 496, ComReg's 020 91.
 * A number that nobody has is worth more than one that a validator knows.
 */
const RESERVED_BUT_UNKNOWN = /^\+44 (1632 960|115 496)|^\+353 20 91/;

/** Numbers that no person has, by country: all of its places keep to them. */
const FICTION: Readonly<Record<string, RegExp>> = {
  // North American Numbering Plan: 555-0100 to 555-0199.
  US: /^\(\d{3}\) 555-01##$/,
  CA: /^\(\d{3}\) 555-01##$/,
  // Ofcom, telephone numbers for use in TV and radio drama programmes.
  GB: /^\+44 (20 7946 0|1[2-6]1 496 0|11[3-8] 496 0|191 498 0|28 9649 6|29 2018 0|1632 960)###$/,
  // ACMA, phone numbers for use in TV shows, films and creative works.
  AU: /^\+61 [2378] 5550####$/,
  // ARCEP, decision 2009-0637 and the numbering plan's "usage fictif".
  FR: /^\+33 (1 9900|2 6191|3 5301|4 6571|5 3649)####$/,
  // ComReg, numbers for drama.
  IE: /^\+353 20 91#####$/,
};

const isPostcodeOf = (country: string, postcode: string): boolean =>
  OWN_RULES[country]?.test(postcode) ?? validator.isPostalCode(postcode, country as 'DE');

const name = ({ country, city, postcode }: Place): string => `${country} ${city} ${postcode}`;

describe('places', () => {
  it('are at least 700 in at least 45 countries, 8 or more in each', () => {
    expect(all.length).toBeGreaterThanOrEqual(700);
    expect(countries.length).toBeGreaterThanOrEqual(45);
    expect([...byCountry].filter(([, places]) => places.length < 8)).toEqual([]);
  });

  it('are many in the countries that have a locale', () => {
    for (const country of ['GB', 'DE', 'FR', 'ES', 'IT', 'NL', 'PL', 'BR', 'SE']) {
      expect(byCountry.get(country)?.length, country).toBeGreaterThanOrEqual(40);
    }
    expect(byCountry.get('US')?.length).toBeGreaterThanOrEqual(150);
    expect(new Set(byCountry.get('US')?.map((place) => place.regionCode)).size).toBe(51);
  });

  it('have each field, in NFC, of 1 to 31 bytes, and none twice', () => {
    expect(new Set(all.map((place) => JSON.stringify(place))).size).toBe(all.length);
    for (const place of all) {
      const { postcode, cityEn = 'none', ...needed } = place;
      for (const value of [...Object.values(needed), cityEn]) {
        expect(value, name(place)).toBe(value.normalize('NFC').trim());
        expect(Buffer.byteLength(value), `${name(place)}: ${value}`).toBeGreaterThan(0);
        expect(Buffer.byteLength(value), `${name(place)}: ${value}`).toBeLessThanOrEqual(31);
      }
      expect(place.cityEn, name(place)).not.toBe(place.city);
      expect(postcode).toBe(postcode.trim());
    }
  });

  it('are in countries that have a name', () => {
    expect([...knownCountries().keys()].sort()).toEqual([...everywhere.keys()].sort());
    expect(sharedCountries()).toEqual(countries);
    for (const [code, { name, currency, callingCode, trunk }] of knownCountries()) {
      expect(code).toMatch(/^[A-Z]{2}$/);
      expect(name).not.toBe('');
      expect(callingCode).toBe(`+${getCountryCallingCode(code as 'DE')}`);
      expect(Intl.supportedValuesOf('currency')).toContain(currency);
      expect(['', '0', '06', '8']).toContain(trunk);
    }
  });

  it('of a region agree in its name', () => {
    const names = new Map<string, string>();
    for (const { country, region, regionCode } of all) {
      const key = `${country} ${regionCode}`;
      expect(names.get(key) ?? region, key).toBe(region);
      names.set(key, region);
    }
  });

  it('have few different tails, without escapes, since the kernel branches on them', () => {
    const tails = (of: (place: Place) => string) => new Set(all.map((place) => splitPattern(of(place)).tail));
    const phones = tails((place) => place.phone);
    const postcodes = tails((place) => place.postcode);
    expect(phones.size).toBeLessThanOrEqual(9);
    expect(postcodes.size).toBeLessThanOrEqual(12);
    expect([...phones, ...postcodes].filter((tail) => tail.includes('\\'))).toEqual([]);
  });

  it('have postcodes whose letters before the first # are meant as they are', () => {
    const wild = all.filter(({ postcode }) => !/^(#|$)/.test(splitPattern(postcode).tail));
    expect(wild.map(name)).toEqual([]);
  });

  it('have an empty postcode only where the country has none', () => {
    expect(countries.filter((country) => byCountry.get(country)?.some((place) => place.postcode === ''))).toEqual([
      'AE',
    ]);
  });
});

describe.each([...everywhere.keys()])('places of %s', (country) => {
  const places = everywhere.get(country) ?? [];

  it('have postcodes of the form of the country', () => {
    const wrong = places.flatMap((place) =>
      fillPattern(place.postcode, SAMPLES).filter((code) => !isPostcodeOf(country, code)),
    );
    expect(wrong).toEqual([]);
  });

  it('have phone numbers that could be dialled there', () => {
    const wrong = places.flatMap((place) =>
      fillPattern(place.phone, SAMPLES).filter((text) => {
        if (RESERVED_BUT_UNKNOWN.test(text)) return false;
        const number = parsePhoneNumberFromString(text, country as 'DE');
        return number === undefined || !number.isValid() || number.country !== country;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('keep to numbers for fiction where the country has them', () => {
    const fiction = FICTION[country];
    if (fiction !== undefined)
      expect(places.map(({ phone }) => phone).filter((phone) => !fiction.test(phone))).toEqual([]);
  });

  it('have international numbers, but for the national form of North America', () => {
    const form = country === 'US' || country === 'CA' ? /^\([2-9]\d\d\) 555-01##$/ : /^\+\d{1,3} [1-9][\d ]*N?#+$/;
    const italian = country === 'IT' ? /^\+39 0\d+ [\dN]*#+$/ : form;
    expect(places.map((place) => place.phone).filter((phone) => !italian.test(phone))).toEqual([]);
  });
});

describe('placesOf', () => {
  it('gives a locale of a country the places of that country', () => {
    expect(new Set(placesOf({ country: 'DE' }).map((place) => place.country))).toEqual(new Set(['DE']));
    expect(placesOf({ country: null })).toBe(all);
    expect(placesOf({ country: 'XX' })).toEqual([]);
    const places = [['東京', 'Tokyo', '東京都', '13', 'JP', '100-00##', '+81 3 N#######']];
    expect(placesOf({ country: 'JP', places })).toEqual([expect.objectContaining({ city: '東京', cityEn: 'Tokyo' })]);
  });
});
