import countries from './data/countries.json' with { type: 'json' };
import table from './data/places.json' with { type: 'json' };
import type { LocaleData } from './locale-data.ts';

/**
 * A city with what goes with it. Postcode and phone are patterns: `#` is a digit, `N` a digit 2-9, `A` a letter, `B` a
 * letter of the second half of British postcodes (ABDEFGHJLNPQRSTUWXYZ), anything else stands for itself; a backslash
 * before one of these four makes it literal ("S\\N1 #BB" for Swindon). `splitPattern` takes a pattern apart.
 */
export interface Place {
  /** As in the country, in Latin letters. */
  readonly city: string;
  /** The English name where it is another. */
  readonly cityEn?: string;
  readonly region: string;
  /** ISO 3166-2 without the country, or the abbreviation that addresses use there. */
  readonly regionCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** '' in countries without postcodes. */
  readonly postcode: string;
  readonly phone: string;
}

const all: readonly Place[] = table.rows.map(
  ([city = '', cityEn = '', region = '', regionCode = '', country = '', postcode = '', phone = '']) => ({
    city,
    ...(cityEn === '' ? {} : { cityEn }),
    region,
    regionCode,
    country,
    postcode,
    phone,
  }),
);

const names: ReadonlyMap<string, string> = new Map(countries.map(({ code, name }) => [code, name]));

/** The places of a locale: those of its country, or of all countries for the international locale. */
export function placesOf(locale: Pick<LocaleData, 'country'>): readonly Place[] {
  return locale.country === null ? all : all.filter((place) => place.country === locale.country);
}

/** English names of the countries that have places, by ISO 3166-1 alpha-2 code. */
export const countryNames = (): ReadonlyMap<string, string> => names;
