// Places and countries: sources/countries.tsv, sources/regions.tsv and one table of cities for each country.
import { readList, readTable } from './sources.mjs';
import { toJson } from './to-json.mjs';

/**
 * Countries whose places are in places.json. The list is closed: the international locale draws from all of it, and what
 * a seed gives depends on its length. Places of other countries are in the files of their locales.
 */
const SHARED =
  'AE AR AT AU BE BG BR CA CH CL CN CO CZ DE DK EG ES FI FR GB GR HR HU ID IE IL IN IT JP KE KR MA MX MY NG NL NO NZ PE PH PL PT RO SA SE SG SK TH TR US VN ZA'.split(
    ' ',
  );

const allCountries = () => readTable('countries.tsv').sort((a, b) => (a.code < b.code ? -1 : 1));

/** @returns {[string, string][]} file name and text of places.json and countries.json */
export function placeFiles() {
  const rows = allCountries()
    .filter(({ code }) => SHARED.includes(code))
    .flatMap(rowsOf);
  const columns = ['city', 'cityEn', 'region', 'regionCode', 'country', 'postcode', 'phone'];
  const codes = allCountries().map(({ code, name, currency, calling, trunk }) => {
    return { code, name, currency, callingCode: calling, trunk: trunk === '-' ? '' : trunk };
  });
  return [
    ['places.json', `${toJson({ columns, rows })}\n`],
    ['countries.json', `[\n${codes.map((country) => `  ${JSON.stringify(country)}`).join(',\n')}\n]\n`],
  ];
}

/**
 * The places that a locale has for itself: those of its country with names in its script (list `place-names`, an entry
 * `name=name in the script` for each city and region, the latter marked `(region)` where a city has the same name), or those of a country that places.json does not have.
 */
export function localPlaces({ code, country, convert = (text) => text }) {
  const names = new Map(readList(`${code}.place-names`).map((entry) => entry.split('=')));
  if (country === null || (names.size === 0 && SHARED.includes(country))) return undefined;
  const rows = rowsOf(allCountries().find((known) => known.code === country));
  const local = (name) => {
    if (names.size === 0) return convert(name);
    const found = names.get(name);
    if (found === undefined) throw new Error(`${code}: no name for ${name}`);
    return found;
  };
  return rows.map(([city, cityEn, region, ...rest]) => {
    const own = local(city);
    const ofRegion = `${region} (region)`;
    return [
      own,
      cityEn || (own === city ? '' : city),
      local(names.has(ofRegion) ? ofRegion : region),
      ...rest,
      ...(own === city ? [] : [city]),
    ];
  });
}

function rowsOf(country) {
  const regions = new Map(
    readTable('regions.tsv')
      .filter((region) => region.country === country.code)
      .map(({ code, name }) => [`${country.code} ${code}`, name]),
  );
  return readTable(`places/${country.code}.tsv`).map((place) => toRow(place, country, regions));
}

function toRow({ city, cityEn, region, postcode, phone }, country, regions) {
  const name = regions.get(`${country.code} ${region}`);
  if (name === undefined) throw new Error(`${country.code}: ${city} is in the unknown region ${region}`);
  // An area code goes into the country's usual pattern; a pattern with # replaces what follows the country's prefix.
  const prefix = country.phone.split('{}', 1)[0];
  const fullPhone = phone.includes('#') ? prefix + phone : country.phone.replace('{}', phone);
  return [city, cityEn, name, region, country.code, escapeHead(postcode), fullPhone];
}

/** In the tables the letters before the first # of a postcode are meant as they are; a backslash says so in the data. */
function escapeHead(pattern) {
  const at = pattern.indexOf('#');
  const head = at < 0 ? pattern : pattern.slice(0, at);
  return head.replace(/[NAB]/g, '\\$&') + pattern.slice(head.length);
}
