import type { LocaleData } from '../locales/locale-data.ts';
import type { Country, Place } from '../locales/places.ts';
import { slug } from '../locales/slug.ts';

/**
 * The lists that types pick from, for one locale. Each list is made once: the kernel shares tables in memory by the
 * identity of the list.
 */
export class LocaleLists {
  readonly data: LocaleData;
  readonly places: readonly Place[];
  readonly countries: ReadonlyMap<string, Country>;
  #made = new Map<string, unknown>();

  constructor(data: LocaleData, places: readonly Place[], countries: ReadonlyMap<string, Country>) {
    this.data = data;
    this.places = places;
    this.countries = countries;
  }

  /** Names of countries: in English in the international locale, the locale's own country in its own language. */
  get countryNames(): ReadonlyMap<string, string> {
    return this.once('countryNames', () => {
      const { country, countryName } = this.data;
      const names = new Map([...this.countries].map(([code, { name }]) => [code, name]));
      return country === null ? names : names.set(country, countryName);
    });
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

  /** Family names in the form that men bear. */
  get lastNames(): readonly string[] {
    return this.data.person.last;
  }

  /** Family names in the form that women bear, in the order of `lastNames`. */
  get lastNamesFemale(): readonly string[] {
    return this.data.person.lastFemale ?? this.data.person.last;
  }

  /** Whether women and men bear different forms of a family name. */
  get lastBySex(): boolean {
    return this.data.person.lastFemale !== undefined;
  }

  /** The forms of women, then those of men: the list to pick from with an index that knows the sex. */
  get lastNamesBySex(): readonly string[] {
    return this.once('lastNamesBySex', () => [...this.lastNamesFemale, ...this.lastNames]);
  }

  get firstSlugs(): readonly string[] {
    return this.once('firstSlugs', () => this.#slugs(this.firstNames));
  }

  get lastSlugs(): readonly string[] {
    return this.once('lastSlugs', () => this.#slugs(this.lastNames));
  }

  get lastSlugsBySex(): readonly string[] {
    return this.once('lastSlugsBySex', () => this.#slugs(this.lastNamesBySex));
  }

  #slugs(names: readonly string[]): readonly string[] {
    return names.map((name) => slug(name, this.data.language, this.data.person.romanised));
  }

  /** Words in plain letters. A language in another script has none; its family names have a Latin spelling. */
  get asciiWords(): readonly string[] {
    return this.once('asciiWords', () => {
      const ascii = [...new Set(this.data.words.filter((word) => /^[a-z]+$/.test(word)))];
      return ascii.length > 0 ? ascii : [...new Set(this.lastSlugs)];
    });
  }

  /** One value for each place, in the order of the places. */
  ofPlaces(name: string, value: (place: Place) => string): readonly string[] {
    return this.once(`places ${name}`, () => this.places.map(value));
  }
}
