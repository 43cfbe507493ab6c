// Airports that airlines serve, and which of them serves a city.
import { packageFile, packageJson } from './packages.mjs';
import { distance } from './sphere.mjs';

/** An airport this near that is a large one is the city's, even if a smaller one is nearer. */
const LARGE_KM = 60;
/** Two lists that put an airport further apart than this do not mean the same one: places are now and then coarse. */
const SAME_KM = 60;
/** Listed as served by airlines, which they are not (Teterboro: private flights only). */
const NOT_SERVED = new Set(['TEB']);
/** Beyond this a small airport that is nearer is the city's. */
const FAR_KM = 150;

/**
 * Airports that one list says airlines serve and the other has at the same place. Place and ICAO code are those of the
 * second, which is the younger and more exact one; `otherIcao` is what the first says where it differs.
 */
export function readAirports() {
  const others = readOthers();
  return packageJson('airports-py', 'airports/data/airports.gz')
    .filter(({ iata, type, scheduled_service }) => {
      const kind = /^(large|medium|small)_airport$/.test(type);
      return /^[A-Z]{3}$/.test(iata) && !NOT_SERVED.has(iata) && kind && scheduled_service === 'TRUE';
    })
    .flatMap((airport) => {
      const other = others.get(airport.iata);
      const { latitude, longitude } = airport;
      if (other === undefined || !/^[A-Z]{4}$/.test(other.icao)) return [];
      if (distance(other, { latitude: Number(latitude), longitude: Number(longitude) }) > SAME_KM) return [];
      return [
        {
          ...other,
          name: airport.airport.normalize('NFC').replace(/\s+/g, ' ').trim(),
          country: airport.country_code,
          size: airport.type.replace('_airport', ''),
          ...(airport.icao === other.icao ? {} : { otherIcao: airport.icao }),
        },
      ];
    })
    .sort((a, b) => (a.iata < b.iata ? -1 : 1));
}

/**
 * The airport of a city, in its own country unless that has none: the nearest large one within 60 km, else the nearest
 * within 150 km that is not small, else the nearest.
 * @returns {{ airport: ReturnType<typeof readAirports>[number], km: number }}
 */
export function airportOf(city, airports) {
  const own = airports.filter((airport) => airport.country === city.country);
  const near = (own.length > 0 ? own : airports)
    .map((airport) => ({ airport, km: distance(city, airport) }))
    .sort((a, b) => a.km - b.km || (a.airport.iata < b.airport.iata ? -1 : 1));
  return (
    near.find(({ airport, km }) => airport.size === 'large' && km <= LARGE_KM) ??
    near.find(({ airport, km }) => airport.size !== 'small' && km <= FAR_KM) ??
    near[0]
  );
}

function readOthers() {
  const [header = '', ...lines] = packageFile('airportsdata', 'airportsdata/airports.csv')
    .toString('utf8')
    .split(/\r?\n/);
  const columns = cells(header);
  const records = lines
    .filter((line) => line !== '')
    .map((line) => {
      const values = cells(line);
      return Object.fromEntries(columns.map((column, i) => [column, values[i] ?? '']));
    });
  return new Map(
    records
      .filter(({ iata }) => iata !== '')
      .map(({ iata, icao, lat, lon }) => [iata, { iata, icao, latitude: Number(lat), longitude: Number(lon) }]),
  );
}

/** Cells of a line of CSV in which every text is quoted. */
const cells = (line) =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? bare : quoted.replaceAll('""', '"'),
  );
