/**
 * What field types draw from for one locale. All lists are in NFC, sorted, without duplicates or empty entries, and of
 * at most 31 bytes an entry in UTF-8 (names: 15), which is what the kernel lays out at a fixed stride.
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
  readonly person: PersonNames;
  readonly street: StreetNames;
  readonly company: CompanyNames;
  readonly jobTitles: readonly string[];
  /** Filler words in lower case. */
  readonly words: readonly string[];
}

export interface PersonNames {
  /** Given names. No name is both in `female` and in `male` unless people of both sexes bear it. */
  readonly female: readonly string[];
  readonly male: readonly string[];
  /** Family names; no two have the same slug. */
  readonly last: readonly string[];
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
}

/** A file of the data folder: what a locale leaves out comes from the next of its fallback chain. */
export type LocaleFile = Pick<LocaleData, 'code' | 'label' | 'language' | 'country'> & {
  readonly person?: Partial<PersonNames>;
  readonly street?: Partial<StreetNames>;
  readonly company?: Partial<CompanyNames>;
  readonly jobTitles?: readonly string[];
  readonly words?: readonly string[];
};
