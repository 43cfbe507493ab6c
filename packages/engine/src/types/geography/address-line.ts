import type { Place } from '../../locales/places.ts';
import { bind, get, type Piece, pick } from '../../plan/program.ts';
import type { BuildContext } from '../field-type.ts';
import type { LocaleLists } from '../locale-lists.ts';
import { placeOf } from '../of-place.ts';
import { patternsPieces } from '../pattern.ts';

/**
 * How the countries write the line with the city, where it is not "postcode city": of `{postcode}`, `{city}`, `{region}`
 * and `{code}` (the region's). After the Universal Postal Union's addressing guides, S42, with a comma where an envelope
 * has a new line.
 */
const ORDERS: Readonly<Record<string, string>> = {
  AE: '{city}',
  AU: '{city} {code} {postcode}',
  BR: '{city} - {code}, {postcode}',
  CA: '{city} {code} {postcode}',
  CN: '{city}, {region} {postcode}',
  CO: '{city}, {region} {postcode}',
  EG: '{city} {postcode}',
  GB: '{city}, {postcode}',
  ID: '{city} {postcode}',
  IE: '{city}, {postcode}',
  IN: '{city} {postcode}, {region}',
  JP: '{city}, {region} {postcode}',
  KE: '{postcode} {city}',
  KR: '{city} {postcode}',
  MX: '{postcode} {city}, {region}',
  NG: '{city} {postcode}, {region}',
  NZ: '{city} {postcode}',
  SA: '{city} {postcode}',
  SG: 'Singapore {postcode}',
  TH: '{city} {postcode}',
  US: '{city}, {code} {postcode}',
  VN: '{city} {postcode}',
  ZA: '{city} {postcode}',
};
const USUAL = '{postcode} {city}';

/** Languages whose addresses go from the large to the small. The postcode leads; the country is not written. */
const LARGE_FIRST: Readonly<Record<string, string>> = {
  ja: '〒{postcode} {region}{city}',
  ko: '{postcode} {region} {city} ',
  zh: '{postcode} {region}{city}',
};

/**
 * Pieces of a whole address in one line: street, then city, postcode and region in the order of the row's country, then
 * the country; in Japanese, Chinese and Korean the other way round. What stands before and after the postcode are two
 * lists, so that all countries share one program.
 * @param street pieces of street and number
 * @param withCountry whether the country comes last
 */
export function addressLine(street: readonly Piece[], withCountry: boolean, context: BuildContext): Piece[] {
  const { lists } = context;
  const { country, language } = lists.data;
  const largeFirst = country === null ? undefined : LARGE_FIRST[language];
  const parts = (place: Place): [before: string, after: string] =>
    largeFirst === undefined ? smallFirst(place, withCountry, lists) : around(largeFirst, place, place.city);
  const before = lists.ofPlaces(`line ${withCountry} before`, (place) => parts(place)[0]);
  const after = lists.ofPlaces(`line ${withCountry} after`, (place) => parts(place)[1]);
  const postcodes = lists.ofPlaces('postcode', (place) => place.postcode);
  // The street alone makes an address unique, so that place and postcode still agree.
  const drawn = { ...context, unique: false, choose: context.draw };
  const line = [
    bind('place', placeOf(context)),
    pick(before, get('place')),
    ...patternsPieces('postcode', postcodes, () => get('place'), drawn),
    pick(after, get('place')),
  ];
  return largeFirst === undefined ? [...street, ...line] : [...line, ...street];
}

function smallFirst(place: Place, withCountry: boolean, lists: LocaleLists): [before: string, after: string] {
  const order = place.postcode === '' ? '{city}' : (ORDERS[place.country] ?? USUAL);
  const city = lists.data.country === null ? (place.cityEn ?? place.city) : place.city;
  const [before, after] = around(order, place, city);
  const country = withCountry ? `, ${lists.countryNames.get(place.country) ?? place.country}` : '';
  return [`, ${before}`, `${after}${country}`];
}

/** What stands before and after the postcode. A region that is called as its city is named once. */
function around(order: string, place: Place, city: string): [before: string, after: string] {
  const region = order.includes('{region}{city}') && place.region === city ? '' : place.region;
  const line = order.replace('{city}', city).replace('{region}', region).replace('{code}', place.regionCode);
  const [before = '', after = ''] = line.split('{postcode}');
  return [before, after];
}
