import countries from './data/countries.json' with { type: 'json' };
import table from './data/places.json' with { type: 'json' };
import type { LocaleData, PlaceRow } from './locale-data.ts';

/**
 * A city with what goes with it. Postcode and phone are patterns: `#` is a digit, `N` a digit 2-9, `A` a letter, `B` a
 * letter of the second half of British postcodes (ABDEFGHJLNPQRSTUWXYZ), anything else stands for itself; a backslash
 * before one of these four makes it literal ("S\\N1 #BB" for Swindon). `splitPattern` takes a pattern apart.
 */
export interface Place {
  /** As in the country: in Latin letters in places.json, in the locale's script in a locale's own places. */
  readonly city: string;
  /** The name in the table of places, where `city` is in another script: what else is known of the place is filed under it. */
  readonly latin?: string;
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

const toPlace = (row: PlaceRow): Place => {
  const [city = '', cityEn = '', region = '', regionCode = '', country = '', postcode = '', phone = '', latin] = row;
  const names = { city, ...(cityEn === '' ? {} : { cityEn }), ...(latin === undefined ? {} : { latin }) };
  return { ...names, region, regionCode, country, postcode, phone };
};

const all: readonly Place[] = table.rows.map(toPlace);

/** What belongs to a country as a whole. */
export interface Country {
  /** In English. */
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** International calling code with its plus sign (ITU-T E.164). */
  readonly callingCode: string;
  /** What is dialled inside the country before an area code: '0' in most, '' where nothing is. */
  readonly trunk: string;
}

const byCode: ReadonlyMap<string, Country> = new Map(countries.map(({ code, ...country }) => [code, country]));

/**
 * The places of a locale: its own, else those of its country; the international locale has those of places.json, whose
 * list is closed, since values of a seed depend on its length.
 */
export function placesOf(locale: Pick<LocaleData, 'country' | 'places'>): readonly Place[] {
  if (locale.places !== undefined) return locale.places.map(toPlace);
  return locale.country === null ? all : all.filter((place) => place.country === locale.country);
}

/** The countries that have places, by ISO 3166-1 alpha-2 code. */
export const knownCountries = (): ReadonlyMap<string, Country> => byCode;

/** Codes of the countries that the international locale has places of. */
export const sharedCountries = (): readonly string[] => [...new Set(all.map(({ country }) => country))];
