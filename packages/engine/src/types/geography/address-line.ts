import type { Place } from '../../locales/places.ts';
import { bind, get, type Piece, pick } from '../../plan/program.ts';
import type { BuildContext } from '../field-type.ts';
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

/**
 * Pieces of a whole address in one line: street, then city, postcode and region in the order of the row's country, then
 * the country. What stands before and after the postcode are two lists, so that all countries share one program.
 * @param street pieces of street and number
 * @param withCountry whether the country comes last
 */
export function addressLine(street: readonly Piece[], withCountry: boolean, context: BuildContext): Piece[] {
  const { lists } = context;
  const international = lists.data.country === null;
  const parts = (place: Place): [before: string, after: string] => {
    const order = place.postcode === '' ? '{city}' : (ORDERS[place.country] ?? USUAL);
    const country = withCountry ? `, ${lists.countryNames.get(place.country) ?? place.country}` : '';
    const city = international ? (place.cityEn ?? place.city) : place.city;
    const line = order.replace('{city}', city).replace('{region}', place.region).replace('{code}', place.regionCode);
    const [before = '', after = ''] = line.split('{postcode}');
    return [`, ${before}`, `${after}${country}`];
  };
  const name = `line ${withCountry}`;
  const before = lists.ofPlaces(`${name} before`, (place) => parts(place)[0]);
  const after = lists.ofPlaces(`${name} after`, (place) => parts(place)[1]);
  const postcodes = lists.ofPlaces('postcode', (place) => place.postcode);
  // The street alone makes an address unique, so that place and postcode still agree.
  const drawn = { ...context, unique: false, choose: context.draw };
  return [
    ...street,
    bind('place', placeOf(context)),
    pick(before, get('place')),
    ...patternsPieces('postcode', postcodes, () => get('place'), drawn),
    pick(after, get('place')),
  ];
}
