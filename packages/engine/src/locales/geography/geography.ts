import type { Place } from '../places.ts';
import airportTable from './data/airports.json' with { type: 'json' };
import countryTable from './data/countries.json' with { type: 'json' };
import pointTable from './data/points.json' with { type: 'json' };
import zoneTable from './data/zones.json' with { type: 'json' };

/** Where a place is and what goes with that. */
export interface Geography {
  /** The city's centre in degrees, four decimals. */
  readonly latitude: number;
  readonly longitude: number;
  /** The square that its points lie in. */
  readonly square: Square;
  /** Metres above the sea, by a model of the ground. */
  readonly elevation: number;
  /** IANA name. */
  readonly timeZone: string;
  /** From UTC outside summer time: "+01:00". */
  readonly utcOffset: string;
  /** The airport with airlines that serves the city. */
  readonly airport: Airport;
  /** People in the city, at least 1,000. */
  readonly population: number;
  readonly country: CountryFacts;
}

/** In millionths of a degree, latitudes counted from the South Pole and longitudes from 180° W, so that none is negative. */
export interface Square {
  readonly south: number;
  readonly west: number;
  readonly height: number;
  readonly width: number;
}

export interface Airport {
  readonly iata: string;
  readonly icao: string;
  readonly name: string;
}

export interface CountryFacts {
  /** In English; North and South America are two. */
  readonly continent: string;
  /** With the plus sign: "+49". */
  readonly callingCode: string;
  /** ISO 639-1 of the language that most people there write. */
  readonly language: string;
  /** In English. */
  readonly languageName: string;
  /** People in the country. */
  readonly population: number;
}

const MICRO = 1e6;

/** Most of a table's columns are texts or numbers throughout, which the type of a JSON list does not say. */
type Row = readonly (string | number)[];
type CountryRow = [string, string, string, string, string, number];
type Numbers = [number, number, number, number, number, number, number];
const airports = new Map(
  airportTable.rows.map(([iata = '', icao = '', name = '']): [string, Airport] => [iata, { iata, icao, name }]),
);
const offsets = new Map(zoneTable.rows.map(([zone = '', offset = '']): [string, string] => [zone, offset]));
const countries = new Map(
  (countryTable.rows as readonly Row[]).map((row): [string, CountryFacts] => {
    const [code, continent, callingCode, language, languageName, population] = row as CountryRow;
    return [code, { continent, callingCode, language, languageName, population }];
  }),
);
const rows = new Map((pointTable.rows as readonly Row[]).map((row) => [`${row[0]} ${row[1]} ${row[2]}`, row]));
const made = new Map<string, Geography>();

const keyOf = ({ country, regionCode, city, latin }: Place): string => `${country} ${regionCode} ${latin ?? city}`;

/** Whether the table has a place. All places of the catalogue are in it; a test says which are not. */
export const hasGeography = (place: Place): boolean => rows.has(keyOf(place));

/** @throws when the place is in no table: `scripts/locales/geography.mjs` was not run after the places changed */
export function geographyOf(place: Place): Geography {
  const key = keyOf(place);
  let geography = made.get(key);
  if (geography === undefined) {
    const row = rows.get(key);
    if (row === undefined) throw new Error(`no geography of ${key}`);
    geography = fromRow(row, place.country);
    made.set(key, geography);
  }
  return geography;
}

function fromRow(row: Row, code: string): Geography {
  const [latitude, longitude, south, west, height, width, elevation] = row.slice(3, 10) as Numbers;
  const [timeZone, iata, population] = row.slice(10) as [string, string, number];
  const [utcOffset, airport, country] = [offsets.get(timeZone), airports.get(iata), countries.get(code)];
  if (utcOffset === undefined || airport === undefined || country === undefined) {
    throw new Error(`the tables of geography do not have ${timeZone}, ${iata} or ${code}`);
  }
  const square = {
    south: Math.round((latitude + 90) * MICRO) + south,
    west: Math.round((longitude + 180) * MICRO) + west,
    height,
    width,
  };
  return { latitude, longitude, square, elevation, timeZone, utcOffset, airport, population, country };
}

const languages = new Map([...countries.values()].map(({ language, languageName }) => [language, languageName]));

/** English name of a language that is that of a country here. */
export const languageNameOf = (code: string): string | undefined => languages.get(code);
