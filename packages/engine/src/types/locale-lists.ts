import type { NameFigures } from '../locales/figures/name-figures.ts';
import { placeWeights } from '../locales/figures/place-weights.ts';
import type { LocaleData } from '../locales/locale-data.ts';
import type { Country, Place } from '../locales/places.ts';
import { slug } from '../locales/slug.ts';
import type { AliasTable } from '../plan/program.ts';
import { aliasTable } from '../random/alias-table.ts';
import type { Weighting } from './weighting.ts';

/**
 * The lists that types pick from, for one locale. Each list is made once: the kernel shares tables in memory by the
 * identity of the list, and templates share what was made of its entries.
 */
export class LocaleLists {
  readonly data: LocaleData;
  readonly places: readonly Place[];
  readonly countries: ReadonlyMap<string, Country>;
  readonly weighting: Weighting;
  /** Family names that companies are called by, whatever the weighting. */
  readonly companyLastNames: readonly string[];
  readonly #figures: NameFigures | undefined;
  #made = new Map<string, unknown>();

  /** @param figures how often people bear a name: names are then those that figures tell of; for the weighting `population` */
  constructor(
    data: LocaleData,
    places: readonly Place[],
    countries: ReadonlyMap<string, Country>,
    weighting: Weighting = 'uniform',
    figures?: NameFigures,
  ) {
    this.data = figures === undefined ? data : { ...data, person: { ...data.person, ...namesOf(figures) } };
    this.places = places;
    this.countries = countries;
    this.weighting = weighting;
    this.companyLastNames = data.person.last;
    this.#figures = figures;
  }

  /** The odds of what fields of a row agree on; undefined where all are alike. */
  oddsOf(thing: string, slot: number): AliasTable | undefined {
    if (thing === 'person' && slot === 1) return this.#oddsOfLast();
    if (this.weighting === 'uniform') return undefined;
    if (thing === 'place' && slot === 0) {
      return this.once('odds of places', () => aliasTable(placeWeights(this.places)));
    }
    if (thing !== 'person' || this.#figures === undefined) return undefined;
    const { female, male } = this.#figures;
    return slot === 0 ? this.#odds('first names', [...female.weights, ...male.weights]) : undefined;
  }

  /** Of family names: by figures, else by their rank where one is published, whatever the weighting: rare names are rare. */
  #oddsOfLast(): AliasTable | undefined {
    const weights = this.#figures?.last?.weights ?? this.data.person.lastWeights;
    return weights === undefined ? undefined : this.#odds('last names', weights);
  }

  /** The odds of the first names of one sex; undefined where all are alike. */
  oddsOfSex(sex: 'female' | 'male'): AliasTable | undefined {
    return this.#figures === undefined ? undefined : this.#odds(sex, this.#figures[sex].weights);
  }

  #odds(name: string, weights: readonly number[]): AliasTable {
    return this.once(`odds of ${name}`, () => aliasTable(weights));
  }

  /** Names of countries: in English in the international locale, the locale's own country in its own language. */
  get countryNames(): ReadonlyMap<string, string> {
    return this.once('countryNames', () => {
      const { country, countryName } = this.data;
      const names = new Map([...this.countries].map(([code, { name }]) => [code, name]));
      return country === null ? names : names.set(country, countryName);
    });
  }

  /** A list derived from the locale's data, made on first use. The name says all that it is made of: it may be asked for anywhere. */
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

  get companyLastSlugs(): readonly string[] {
    if (this.companyLastNames === this.lastNames) return this.lastSlugs;
    return this.once('companyLastSlugs', () => this.#slugs(this.companyLastNames));
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

  /** Words of Latin letters. A language in another script has none; its family names have a Latin spelling. */
  get latinWords(): readonly string[] {
    return this.once('latinWords', () => {
      const words = [...new Set(this.data.words.filter((word) => /^[a-z]+$/.test(word)))];
      return words.length > 0 ? words : [...new Set(this.lastSlugs)];
    });
  }

  #slugs(names: readonly string[]): readonly string[] {
    return names.map((name) => slug(name, this.data.language, this.data.person.romanised));
  }

  /** One value for each place, in the order of the places. */
  ofPlaces(name: string, value: (place: Place) => string): readonly string[] {
    return this.once(`places ${name}`, () => this.places.map(value));
  }
}

function namesOf({ female, male, last }: NameFigures): Partial<LocaleData['person']> {
  const given = { female: female.names, male: male.names };
  return last === undefined ? given : { ...given, last: last.names };
}
