// Finds the city of the gazetteer that a place of the catalogue is.
import { readTable } from '../sources.mjs';

/** Countries whose regions GeoNames gives the codes of ISO 3166-2. */
const SAME_CODES = new Set(['US', 'CH']);

/**
 * Among cities of one name the one in the place's region counts. The gazetteer numbers regions in its own way, so the
 * region's number is what the biggest city of each name in the region votes for.
 * @param {readonly { city: string, cityEn: string, regionCode: string, country: string }[]} places
 * @param {import('./gazetteer.mjs').Gazetteer} gazetteer
 * @returns {{ place: (typeof places)[number], city: import('./gazetteer.mjs').City | undefined, sure: boolean }[]}
 */
export function matchPlaces(places, gazetteer) {
  const given = new Map(
    readTable('geography.tsv').map((line) => [`${line.country} ${line.region} ${line.city}`, line]),
  );
  const candidates = new Map(
    places.map((place) => [
      place,
      gazetteer.find(
        place.country,
        [place.city, place.cityEn].filter((name) => name !== ''),
      ),
    ]),
  );
  const regionOf = vote(places, candidates);
  return places.map((place) => {
    const line = given.get(`${place.country} ${place.regionCode} ${place.city}`);
    if (line !== undefined) return { place, city: cityOf(line, gazetteer), sure: true };
    const region = SAME_CODES.has(place.country)
      ? place.regionCode
      : regionOf.get(`${place.country} ${place.regionCode}`);
    const found = candidates.get(place) ?? [];
    const there = found.filter(({ admin }) => admin === region);
    // The first names come before the others; a city ten times the size is meant all the same.
    const list = there.length > 0 ? there : found;
    const city = list.find((one) => !list.some(({ population }) => population > 10 * one.population));
    return { place, city, sure: there.length > 0 };
  });
}

/** A city named by its id; a point of its own says where in it, and a height replaces one that is not known. */
function cityOf({ geonameid, latitude, longitude, elevation }, gazetteer) {
  const city = gazetteer.byId(Number(geonameid));
  if (city === undefined) return undefined;
  const height = elevation === '' ? {} : { elevation: Number(elevation) };
  return latitude === ''
    ? { ...city, ...height }
    : { ...city, ...height, id: 0, within: city.id, latitude: Number(latitude), longitude: Number(longitude) };
}

function vote(places, candidates) {
  const votes = new Map();
  for (const place of places) {
    const [biggest] = (candidates.get(place) ?? []).toSorted((a, b) => b.population - a.population);
    if (biggest === undefined) continue;
    const key = `${place.country} ${place.regionCode}`;
    const box = votes.get(key) ?? new Map();
    box.set(biggest.admin, (box.get(biggest.admin) ?? 0) + Math.sqrt(biggest.population));
    votes.set(key, box);
  }
  return new Map(
    [...votes].map(([key, box]) => [key, [...box].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0][0]]),
  );
}
