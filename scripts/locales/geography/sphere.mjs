// Distances on a sphere of the earth's mean radius: a third of a percent off at most.
const RADIUS_KM = 6371.0088;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Kilometres of one degree of latitude. */
export const DEGREE_KM = radians(1) * RADIUS_KM;

/** Kilometres between two points with `latitude` and `longitude`, by the haversine formula. */
export function distance(a, b) {
  const [latA, latB] = [radians(a.latitude), radians(b.latitude)];
  const h =
    Math.sin((latB - latA) / 2) ** 2 +
    Math.cos(latA) * Math.cos(latB) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * RADIUS_KM * Math.asin(Math.sqrt(h));
}
