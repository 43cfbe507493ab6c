// The square around its centre that a city's points may lie in, so that none is abroad or in the sea.
import { iso1A2Code } from '@rapideditor/country-coder';
import { DEGREE_KM } from './sphere.mjs';

/** Half the side of the square of points, in metres: its corners are 5 km off. */
const MOST = 3500;
const STEP = 250;
/** Points across the square that are tried. */
const TRIED = 9;

/** How far the square's middle may lie from the city's centre, in halves of its side. */
const SHIFTS = [0, -0.5, 0.5, -1, 1];

/**
 * The largest square of points around a city's centre, or beside it where the centre is on a coast or a border, that lies
 * in the country and on land, with all corners within 5 km of the centre. A city on an island that the map of land does
 * not have gets the least around its centre.
 * @param {{ latitude: number, longitude: number, country: string }} city
 * @param {(longitude: number, latitude: number) => boolean} isLand
 * @returns {number[]} its southern and western edge from the centre, its height and width, in millionths of a degree
 */
export function squareOf(city, isLand) {
  const { reach, north, east } = largest(city, isLand);
  const [high, wide] = degreesOf(city.latitude);
  return [(north - reach) * high, (east - reach) * wide, 2 * reach * high, 2 * reach * wide].map((degrees) =>
    Math.round(degrees * 1e6),
  );
}

/** Half the side, and where the middle is from the centre, in metres. */
function largest(city, isLand) {
  const home = (point) => isLand(...point) && isIn(city.country, point);
  for (let reach = MOST; reach >= STEP; reach -= STEP) {
    for (const { north, east } of shifts(reach)) {
      if (pointsWithin(city, reach, north, east).every(home)) return { reach, north, east };
    }
  }
  return { reach: STEP, north: 0, east: 0 };
}

/** Whether a point is in a country, or in a territory with a code of its own, such as Puerto Rico or Hong Kong. */
const isIn = (country, point) => iso1A2Code(point) === country || iso1A2Code(point, { level: 'territory' }) === country;

/** The middles to try, the nearest first. */
function shifts(reach) {
  return SHIFTS.flatMap((y) => SHIFTS.map((x) => ({ north: Math.round(y * reach), east: Math.round(x * reach) })))
    .filter(({ north, east }) => Math.hypot(Math.abs(north) + reach, Math.abs(east) + reach) <= 5000)
    .sort((a, b) => Math.hypot(a.north, a.east) - Math.hypot(b.north, b.east));
}

function pointsWithin({ latitude, longitude }, reach, north, east) {
  const [high, wide] = degreesOf(latitude);
  const steps = Array.from({ length: TRIED }, (_, i) => ((2 * i) / (TRIED - 1) - 1) * reach);
  return steps.flatMap((y) => steps.map((x) => [longitude + (east + x) * wide, latitude + (north + y) * high]));
}

/** Degrees of latitude and of longitude in a metre. */
function degreesOf(latitude) {
  const high = 1 / (1000 * DEGREE_KM);
  return [high, high / Math.cos((latitude * Math.PI) / 180)];
}
