import { geographyOf } from '../geography/geography.ts';
import type { Place } from '../places.ts';

/**
 * How likely people are to live in each of some places: a country by its people, a city by its share of the people of all
 * its country's cities here.
 */
export function placeWeights(places: readonly Place[]): readonly number[] {
  const inCities = new Map<string, number>();
  for (const place of places) {
    inCities.set(place.country, (inCities.get(place.country) ?? 0) + geographyOf(place).population);
  }
  return places.map((place) => {
    const { population, country } = geographyOf(place);
    return (country.population * population) / (inCities.get(place.country) ?? population);
  });
}
