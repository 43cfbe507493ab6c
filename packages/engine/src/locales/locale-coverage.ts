import { loadNameFigures } from './figures/load-name-figures.ts';
import type { NameFigures } from './figures/name-figures.ts';
import { fallbackChain, loadFile, loadLocale, localeCodes } from './load-locale.ts';
import type { LocaleData, LocaleFile } from './locale-data.ts';
import { knownCountries, placesOf } from './places.ts';

/** What a locale's data are asked for, by family. */
export const COVERAGE_FAMILIES = [
  'person',
  'street',
  'place',
  'postcode',
  'phone',
  'company',
  'job',
  'words',
  'sentence',
  'calendar',
] as const;
export type CoverageFamily = (typeof COVERAGE_FAMILIES)[number];

/** Where the data of one family come from, and how many entries there are. */
export interface FamilyCoverage {
  /**
   * `own`: all of it is the locale's; `partly`: some, the rest is that of `from`; `fallback`: all is that of `from`;
   * `none`: the country has no such thing.
   */
  readonly source: 'own' | 'partly' | 'fallback' | 'none';
  /** The locales that give what is not the locale's own. */
  readonly from: readonly string[];
  readonly entries: number;
}

/** One locale as the report shows it. */
export interface LocaleCoverage {
  readonly code: string;
  readonly label: string;
  /** In the locale's own language; '' for the international locale. */
  readonly countryName: string;
  /** The locales whose data are used, in order: itself, the main one of its language, English. */
  readonly fallback: readonly string[];
  /** How a full name is written. */
  readonly nameOrder: string;
  /** Whether women and men bear different forms of a family name. */
  readonly lastBySex: boolean;
  /** International calling code and ISO 4217 currency; undefined for the international locale. */
  readonly callingCode: string | undefined;
  readonly currency: string | undefined;
  readonly families: Readonly<Record<CoverageFamily, FamilyCoverage>>;
  /** Whose figures tell how often people bear a name, for the weighting `population`; undefined where none are public. */
  readonly figures: NameFigures['sources'] | undefined;
}

type Part = (file: LocaleFile) => unknown;

/** The lists a family needs. Places are found by country, so every locale has its own. */
const PARTS: Readonly<Record<Exclude<CoverageFamily, 'place' | 'postcode' | 'phone'>, readonly Part[]>> = {
  person: [(file) => file.person?.female, (file) => file.person?.male, (file) => file.person?.last],
  street: [(file) => file.street?.names, (file) => file.street?.pattern],
  company: [(file) => file.company?.suffixes, (file) => file.company?.patterns],
  job: [(file) => file.jobTitles],
  words: [(file) => file.words],
  sentence: [(file) => file.text?.subjects, (file) => file.text?.predicates, (file) => file.text?.times],
  calendar: [(file) => file.calendar],
};

/** What each locale has of its own and what it takes from its fallback chain, in the order of `localeCodes`. */
export async function localeCoverage(): Promise<readonly LocaleCoverage[]> {
  return Promise.all(localeCodes().map(coverageOf));
}

async function coverageOf(code: string): Promise<LocaleCoverage> {
  const fallback = fallbackChain(code);
  const [files, data] = await Promise.all([Promise.all(fallback.map(loadFile)), loadLocale(code)]);
  if (data === undefined) throw new Error(`no locale ${code}`);
  const country = data.country === null ? undefined : knownCountries().get(data.country);
  const places: FamilyCoverage = { source: 'own', from: [], entries: placesOf(data).length };
  const postcodes = placesOf(data).filter(({ postcode }) => postcode !== '').length;
  const postcode: FamilyCoverage = { source: postcodes > 0 ? 'own' : 'none', from: [], entries: postcodes };
  const listed = Object.entries(PARTS).map(([family, parts]) => {
    return [family, familyOf(files, parts, entriesOf(data, family))] as const;
  });
  return {
    code,
    label: data.label,
    countryName: data.countryName,
    fallback,
    nameOrder: data.person.pattern,
    lastBySex: data.person.lastFemale !== undefined,
    callingCode: country?.callingCode,
    currency: country?.currency,
    figures: (await loadNameFigures(code))?.sources,
    families: { ...Object.fromEntries(listed), place: places, postcode, phone: places } as LocaleCoverage['families'],
  };
}

function familyOf(files: readonly LocaleFile[], parts: readonly Part[], entries: number): FamilyCoverage {
  const givers = parts.map((part) => files.find((file) => part(file) !== undefined)?.code);
  const own = files[0]?.code;
  const from = [...new Set(givers)].filter((giver) => giver !== undefined && giver !== own) as string[];
  if (from.length === 0) return { source: 'own', from, entries };
  return { source: givers.includes(own) ? 'partly' : 'fallback', from, entries };
}

function entriesOf({ person, street, company, jobTitles, words, text }: LocaleData, family: string): number {
  const counts: Readonly<Record<string, number>> = {
    person: person.female.length + person.male.length + person.last.length,
    street: street.names.length,
    company: company.suffixes.length,
    job: jobTitles.length,
    words: words.length,
    sentence: text.subjects.length * text.predicates.length * text.times.length,
    calendar: 19,
  };
  return counts[family] ?? 0;
}
