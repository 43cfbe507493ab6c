// Natural Earth's land: which points lie on it.
import { packageJson } from './packages.mjs';

/** Edges are kept by bands of latitude of this many to the degree. */
const BANDS = 10;

/** @returns {(longitude: number, latitude: number) => boolean} */
export function landTest() {
  const bands = readBands();
  return (x, y) => {
    // A point is inside when a ray from it crosses an odd number of all outlines, islands and lakes alike.
    let inside = false;
    for (const [xi, yi, xj, yj] of bands.get(Math.floor(y * BANDS)) ?? []) {
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  };
}

function readBands() {
  const bands = new Map();
  for (const ring of readRings()) {
    for (let i = 1; i < ring.length; i++) {
      const [[xi, yi], [xj, yj]] = [ring[i - 1], ring[i]];
      const last = Math.floor(Math.max(yi, yj) * BANDS);
      for (let band = Math.floor(Math.min(yi, yj) * BANDS); band <= last; band++) {
        const edges = bands.get(band) ?? [];
        edges.push([xi, yi, xj, yj]);
        bands.set(band, edges);
      }
    }
  }
  return bands;
}

/** Outlines out of TopoJSON (https://github.com/topojson/topojson-specification): arcs are quantised and delta-coded. */
function readRings() {
  const { arcs, transform, objects } = packageJson('world-atlas', 'land-10m.json');
  const [kx, ky] = transform.scale;
  const [dx, dy] = transform.translate;
  const decoded = arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([stepX, stepY]) => {
      x += stepX;
      y += stepY;
      return [x * kx + dx, y * ky + dy];
    });
  });
  const polygons = objects.land.geometries.flatMap(({ type, arcs: own }) => (type === 'Polygon' ? [own] : own));
  return polygons
    .flat()
    .map((indices) => indices.flatMap((index) => (index < 0 ? decoded[~index].toReversed() : decoded[index])));
}
