import { iso1A2Code } from '@rapideditor/country-coder';

/** Whether a point is in a country, or in a territory with a code of its own, such as Puerto Rico or Hong Kong. */
export const isInCountry = (country: string, latitude: number, longitude: number): boolean => {
  const point: [number, number] = [longitude, latitude];
  return iso1A2Code(point) === country || iso1A2Code(point, { level: 'territory' }) === country;
};
