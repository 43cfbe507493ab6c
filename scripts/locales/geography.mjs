// Builds packages/engine/src/locales/geography/data: point, height, time zone, airport and people of each place.
//
//   node scripts/locales/geography.mjs
//
// Run it after a change of the places (build.mjs). The result is committed; geography.test.ts in the engine says which
// places have none. It needs npm, pip and the network once: the packages it reads are pinned in geography/packages.mjs.
// The same places and packages give the same bytes. Prints what deserves a look.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { airportOf, readAirports } from './geography/airports.mjs';
import { countryRows } from './geography/countries.mjs';
import { Gazetteer } from './geography/gazetteer.mjs';
import { landTest } from './geography/land.mjs';
import { matchPlaces } from './geography/match.mjs';
import { squareOf } from './geography/square.mjs';
import { zoneOf, zoneRows } from './geography/zones.mjs';
import { toJson } from './to-json.mjs';

const LOCALES = new URL('../../packages/engine/src/locales/', import.meta.url);
const DATA = new URL('geography/data/', LOCALES);
const COLUMNS = [
  ...['country', 'regionCode', 'city'],
  ...['latitude', 'longitude'],
  ...['south', 'west', 'height', 'width'],
  ...['elevation', 'timeZone', 'iata', 'population'],
];
const warn = (message) => process.stderr.write(`${message}\n`);

/** The places without their postcodes and phones: each city once, those of locales in other scripts by their Latin names. */
function readPlaces() {
  const read = (file) => JSON.parse(readFileSync(new URL(`data/${file}`, LOCALES), 'utf8'));
  const { columns, rows } = read('places.json');
  const own = readdirSync(new URL('data/', LOCALES))
    .sort()
    .flatMap((file) => read(file).places ?? []);
  const places = [...rows, ...own].map((row) => {
    const place = Object.fromEntries(columns.map((column, i) => [column, row[i]]));
    return { ...place, city: row[columns.length] ?? place.city };
  });
  return [...new Map(places.map((place) => [`${place.country} ${place.regionCode} ${place.city}`, place])).values()];
}

function main() {
  const places = readPlaces();
  const gazetteer = new Gazetteer();
  const airports = readAirports();
  const isLand = landTest();
  const used = new Map();
  const rows = [];
  const matches = matchPlaces(places, gazetteer);
  const peopleOf = population(matches.flatMap(({ city }) => (city === undefined ? [] : [city])));
  for (const { place, city, sure } of matches) {
    const name = `${place.country} ${place.regionCode} ${place.city}`;
    const elevation = city === undefined ? undefined : (city.elevation ?? gazetteer.elevation(city));
    if (city === undefined || elevation === undefined) {
      warn(
        `${name}: ${city === undefined ? 'no such city' : `${city.id} has no height`}; name it in sources/geography.tsv`,
      );
      continue;
    }
    if (!sure) warn(`${name}: taken for ${city.name} (${city.id}), region ${city.admin}, ${city.population} people`);
    const { airport, km } = airportOf(city, airports);
    if (km > 150 || airport.country !== city.country)
      warn(`${name}: its airport is ${airport.iata}, ${Math.round(km)} km off`);
    if (airport.otherIcao !== undefined && !used.has(airport.iata))
      warn(`${airport.iata} ${airport.name}: ICAO code ${airport.icao}, or ${airport.otherIcao}?`);
    used.set(airport.iata, airport);
    const [latitude, longitude] = [city.latitude, city.longitude].map((degrees) => Number(degrees.toFixed(4)));
    const { country, regionCode } = place;
    const square = squareOf({ latitude, longitude, country }, isLand);
    rows.push([
      country,
      regionCode,
      place.city,
      latitude,
      longitude,
      ...square,
      elevation,
      zoneOf(city, gazetteer),
      airport.iata,
      peopleOf(city),
    ]);
  }
  const codes = [...new Set(places.map(({ country }) => country))].sort();
  write('points', COLUMNS, rows);
  const airportRows = [...used.values()].map(({ iata, icao, name }) => [iata, icao, name]);
  write(
    'airports',
    ['iata', 'icao', 'name'],
    airportRows.sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  write(
    'countries',
    ['code', 'continent', 'callingCode', 'language', 'languageName', 'population'],
    countryRows(codes),
  );
  write('zones', ['timeZone', 'utcOffset'], zoneRows(rows.map((row) => row[COLUMNS.indexOf('timeZone')])));
  process.stdout.write(`${rows.length} of ${places.length} places\n`);
  if (rows.length < places.length) process.exitCode = 1;
}

/**
 * People of a place. Districts that stand for parts of one city share those of the city; where GeoNames does not know
 * the number it is 1,000, the least of its list.
 */
function population(cities) {
  const idOf = ({ id, within = id }) => within;
  const places = new Map();
  for (const city of cities) places.set(idOf(city), (places.get(idOf(city)) ?? 0) + 1);
  return (city) => Math.max(Math.round(city.population / places.get(idOf(city))), 1000);
}

function write(name, columns, rows) {
  mkdirSync(DATA, { recursive: true });
  writeFileSync(new URL(`${name}.json`, DATA), `${toJson({ columns, rows })}\n`);
}

main();
