import { add, bind, get, type Int, lookup, mul, type Piece } from '../../plan/program.ts';
import type { BuildContext } from '../field-type.ts';
import { placeOf } from '../of-place.ts';
import { legalFormIn, legalFormsIn, legalFormsOf } from './legal-forms.ts';
import { suffixesByIndustry } from './suffixes-by-industry.ts';

/** Slots of the coherence group `company`; numbers are part of the output's contract. */
const PATTERN = 0;
const LAST = 1;
const LAST_2 = 2;
const SUFFIX = 3;
export const INDUSTRY = 4;
const FORM = 5;

/** The legal forms of a country, one to eight, are repeated to this many. */
const FORM_CHOICES = 24;

/** The row's company: what its name is put together from, each part as an index into a list. */
export interface CompanyOfRow {
  /** They come before the first use of an index. */
  readonly bindings: readonly Piece[];
  /** Index into the patterns of the locale. */
  readonly pattern: Int;
  /** Indices into the family names of the locale. */
  readonly last: Int;
  readonly last2: Int;
  readonly suffixes: readonly string[];
  readonly suffix: Int;
  readonly forms: readonly string[];
  readonly form: Int;
}

/**
 * The company that all fields of the row (and its group) speak of. Its suffix is one that goes with the row's industry, its
 * legal form one of the locale's country; in the international locale that of the row's place.
 */
export function companyOfRow(context: BuildContext): CompanyOfRow {
  const { data, companyLastNames } = context.lists;
  const slot = (number: number, below: number): Int => context.member('company', number, below);
  const { table, industries, choices } = suffixesByIndustry(context.lists);
  const suffix = lookup(table, add(mul(slot(INDUSTRY, industries), choices), slot(SUFFIX, choices)));
  const company = {
    bindings: [bind('suffix', suffix), bind('pattern', slot(PATTERN, data.company.patterns.length))],
    pattern: get('pattern'),
    last: slot(LAST, companyLastNames.length),
    last2: slot(LAST_2, companyLastNames.length),
  };
  return { ...company, ...(data.country === null ? ofPlace(context) : ofLocale(context)) };
}

type Form = Pick<CompanyOfRow, 'suffixes' | 'suffix' | 'forms' | 'form'>;

/** The form that stands in the name; a name without one is that of a company that has one all the same, always the same. */
function ofLocale({ lists }: BuildContext): Form {
  const { patterns, suffixes } = lists.data.company;
  const forms = legalFormsOf(lists.data);
  const separated = lists.data.text.separator !== '';
  const table = lists.once('forms of names', () =>
    patterns.flatMap((pattern, p) =>
      suffixes.map((suffix, s) => {
        const name = pattern.replace('{suffix}', suffix);
        return legalFormIn(name, forms, separated) ?? (p * suffixes.length + s) % forms.length;
      }),
    ),
  );
  const form = lookup(table, add(mul(get('pattern'), suffixes.length), get('suffix')));
  return { suffixes, suffix: get('suffix'), forms, form };
}

/** A form of the place's country, which also takes the place of the one in the name. */
function ofPlace(context: BuildContext): Form {
  const { lists } = context;
  const { words, isForm, texts, forms, table, countryOf } = lists.once('forms of places', () => {
    const countries = [...new Set(lists.places.map(({ country }) => country))];
    const distinct = [...new Set(countries.flatMap(legalFormsIn))];
    const own = legalFormsOf(lists.data);
    const { suffixes } = lists.data.company;
    return {
      forms: distinct,
      countryOf: lists.places.map(({ country }) => countries.indexOf(country)),
      table: countries.flatMap((country) => {
        const some = legalFormsIn(country);
        return Array.from({ length: FORM_CHOICES }, (_, i) => distinct.indexOf(some[i % some.length] ?? ''));
      }),
      texts: [...suffixes, ...distinct],
      isForm: suffixes.map((suffix) => Number(own.includes(suffix))),
      words: suffixes.map((suffix, s) => (own.includes(suffix) ? suffixes.length : s)),
    };
  });
  const country = lookup(countryOf, placeOf(context));
  const form = lookup(table, add(mul(country, FORM_CHOICES), context.member('company', FORM, FORM_CHOICES)));
  const suffix = add(lookup(words, get('suffix')), mul(lookup(isForm, get('suffix')), form));
  return { suffixes: texts, suffix, forms, form };
}
