/**
 * What field types draw from for one locale. All lists are in NFC, sorted, without duplicates or empty entries, and short,
 * so that the kernel lays them out at a fixed stride: at most 31 bytes an entry in UTF-8, names 15; twice that in scripts
 * whose letters take two or three bytes, and in the parts of sentences.
 */
export interface LocaleData {
  /** Language and country: `de_DE`; `en` alone is international English. */
  readonly code: string;
  /** In English: "German (Germany)". */
  readonly label: string;
  /** ISO 639-1. */
  readonly language: string;
  /** ISO 3166-1 alpha-2; null for the international locale, which has places of all countries. */
  readonly country: string | null;
  /** The country in the locale's own language: "Deutschland"; '' for the international locale. */
  readonly countryName: string;
  readonly person: PersonNames;
  readonly street: StreetNames;
  readonly company: CompanyNames;
  readonly jobTitles: readonly string[];
  /** Filler words in lower case: Latin for languages in Latin script, else words of the language. */
  readonly words: readonly string[];
  readonly text: TextForms;
  readonly calendar: CalendarNames;
  /** Places with names in the locale's script; without it those of the country in places.json. */
  readonly places?: readonly PlaceRow[];
}

/** city, English name, region, region code, country, postcode, phone, name in Latin letters: as in `Place` (places.ts). */
export type PlaceRow = readonly string[];

export interface PersonNames {
  /** How a full name is written: `{first}` and `{last}` once each; Hungarian and East Asian names begin with the family. */
  readonly pattern: string;
  /** Given names. No name is both in `female` and in `male` unless people of both sexes bear it. */
  readonly female: readonly string[];
  readonly male: readonly string[];
  /** Family names, in the form that men bear; no two have the same slug. */
  readonly last: readonly string[];
  /** The form that women bear, entry by entry of `last`, where a language has two ("Novák", "Nováková"). */
  readonly lastFemale?: readonly string[];
  /** How often people bear each of `last`, compared with the others, where their ranks are known, if only about; else all alike. */
  readonly lastWeights?: readonly number[];
  /**
   * Latin spelling of names in a script that does not show how they are read (Arabic and Hebrew leave out vowels, Han
   * characters have no sound): whole names, or single characters. Slugs are made of it.
   */
  readonly romanised?: Readonly<Record<string, string>>;
}

export interface TextForms {
  /** Between words: a blank, or nothing in Chinese, Japanese and Thai. */
  readonly separator: string;
  /** At the end of a sentence of filler words. */
  readonly stop: string;
  /** A sentence in plain language: `{subject}`, `{predicate}` and `{time}` once each. */
  readonly pattern: string;
  /** Whatever is picked, the parts agree with each other in gender and number. */
  readonly subjects: readonly string[];
  readonly predicates: readonly string[];
  readonly times: readonly string[];
}

/** Names that stand alone (CLDR `stand-alone`), from January and from Monday. */
export interface CalendarNames {
  readonly months: readonly string[];
  readonly monthsShort: readonly string[];
  readonly weekdays: readonly string[];
  readonly weekdaysShort: readonly string[];
}

export interface StreetNames {
  /** How a street address is written: `{number}` and `{name}` once each. */
  readonly pattern: string;
  /** House numbers are 1 to this. */
  readonly numberMax: number;
  /** Full names such as "Miller Street" or "Hauptstraße". */
  readonly names: readonly string[];
}

export interface CompanyNames {
  /** Of `{last}`, `{last2}` (another family name) and `{suffix}`. */
  readonly patterns: readonly string[];
  readonly suffixes: readonly string[];
  /** The suffixes that speak of a trade, by the industry (types/business/lists.json) they go with; others go with all. */
  readonly trades: Readonly<Record<string, readonly string[] | undefined>>;
}

/** A file of the data folder: what a locale leaves out comes from the next of its fallback chain. */
export type LocaleFile = Pick<LocaleData, 'code' | 'label' | 'language' | 'country'> & {
  readonly person?: Partial<PersonNames>;
  readonly street?: Partial<StreetNames>;
  readonly company?: Partial<CompanyNames>;
  readonly countryName?: string;
  readonly jobTitles?: readonly string[];
  readonly words?: readonly string[];
  readonly text?: Partial<TextForms>;
  readonly calendar?: CalendarNames;
  readonly places?: readonly PlaceRow[];
};
