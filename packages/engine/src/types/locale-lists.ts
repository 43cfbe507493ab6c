import type { LocaleData } from '../locales/locale-data.ts';
import type { Place } from '../locales/places.ts';
import { slug } from '../locales/slug.ts';

/**
 * The lists that types pick from, for one locale. Each list is made once: the kernel shares tables in memory by the
 * identity of the list.
 */
export class LocaleLists {
  readonly data: LocaleData;
  readonly places: readonly Place[];
  readonly countryNames: ReadonlyMap<string, string>;
  #made = new Map<string, unknown>();

  constructor(data: LocaleData, places: readonly Place[], countryNames: ReadonlyMap<string, string>) {
    this.data = data;
    this.places = places;
    this.countryNames = countryNames;
  }

  /** A list derived from the locale's data, made on first use. */
  once<T>(name: string, make: () => T): T {
    if (!this.#made.has(name)) this.#made.set(name, make());
    return this.#made.get(name) as T;
  }

  /** First names, female ones first. */
  get firstNames(): readonly string[] {
    return this.once('firstNames', () => [...new Set([...this.femaleNames, ...this.maleNames])]);
  }

  get femaleNames(): readonly string[] {
    return this.data.person.female;
  }

  get maleNames(): readonly string[] {
    return this.once('maleNames', () => this.data.person.male);
  }

  get lastNames(): readonly string[] {
    return this.data.person.last;
  }

  get firstSlugs(): readonly string[] {
    return this.once('firstSlugs', () => this.firstNames.map((name) => slug(name, this.data.language)));
  }

  get lastSlugs(): readonly string[] {
    return this.once('lastSlugs', () => this.lastNames.map((name) => slug(name, this.data.language)));
  }

  /** One value for each place, in the order of the places. */
  ofPlaces(name: string, value: (place: Place) => string): readonly string[] {
    return this.once(`places ${name}`, () => this.places.map(value));
  }
}
