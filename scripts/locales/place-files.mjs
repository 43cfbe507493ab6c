// Places and countries: sources/countries.tsv, sources/regions.tsv and one table of cities for each country.
import { readTable } from './sources.mjs';
import { toJson } from './to-json.mjs';

/** @returns {[string, string][]} file name and text of places.json and countries.json */
export function placeFiles() {
  const countries = readTable('countries.tsv').sort((a, b) => (a.code < b.code ? -1 : 1));
  const regions = new Map(readTable('regions.tsv').map(({ country, code, name }) => [`${country} ${code}`, name]));
  const rows = countries.flatMap((country) =>
    readTable(`places/${country.code}.tsv`).map((place) => toRow(place, country, regions)),
  );
  const columns = ['city', 'cityEn', 'region', 'regionCode', 'country', 'postcode', 'phone'];
  const codes = countries.map(({ code, name }) => ({ code, name }));
  return [
    ['places.json', `${toJson({ columns, rows })}\n`],
    ['countries.json', `[\n${codes.map((country) => `  ${JSON.stringify(country)}`).join(',\n')}\n]\n`],
  ];
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
