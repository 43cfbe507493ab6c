import { defineType, type FieldType, type OptionProblem, type Options } from '../field-type.ts';
import { companyTaxIds } from './company-tax-ids.ts';
import type { IdNumber } from './id-number.ts';
import { checkPlace, idOfPlace, PLACE } from './id-of-place.ts';
import { buildId, countryOption, idPieces, separators } from './id-type.ts';
import { nationalIds } from './national-ids.ts';
import { taxpayers } from './taxpayers.ts';
import { vatIds } from './vat-ids.ts';

/** Countries whose national id is the tax number of persons as well. */
const BY_NATIONAL_ID = new Set(
  'AU BE BG BR CA CH CL CN CR CZ DE DK DO EC EE ES FI HK HR IE IL IS IT JP KZ LT LU LV MD NL NO NZ PK PL RO SE SG SK TH TR UA US'.split(
    ' ',
  ),
);

const merge = (...lists: readonly (readonly IdNumber[])[]): ReadonlyMap<string, IdNumber> => {
  const merged = new Map<string, IdNumber>();
  for (const rule of lists.flat()) if (!merged.has(rule.country)) merged.set(rule.country, rule);
  return new Map([...merged].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** Tax numbers of persons, by country. */
export const personTaxIds = merge(
  taxpayers,
  nationalIds.filter(({ country }) => BY_NATIONAL_ID.has(country)),
);

/** Tax numbers of firms, by country: where there is no other, the number for value added tax. */
export const firmTaxIds = merge(companyTaxIds, vatIds);

const FALLBACK = 'US';
const COUNTRIES = [...new Set([...personTaxIds.keys(), ...firmTaxIds.keys()])].toSorted();

const rulesOf = (holder: unknown): ReadonlyMap<string, IdNumber> => (holder === 'company' ? firmTaxIds : personTaxIds);

function check(options: Options): OptionProblem[] {
  const { country, holder } = options;
  if (country === PLACE) return checkPlace(options);
  if (typeof country !== 'string' || rulesOf(holder).has(country)) return [];
  const whose = holder === 'company' ? 'firms' : 'persons';
  const hint = `countries that have some: ${[...rulesOf(holder).keys()].join(', ')}`;
  return [{ option: 'country', message: `no tax numbers of ${whose} are known for ${country}`, hint }];
}

/** Tax numbers of persons and firms. */
export const taxId: FieldType = defineType({
  key: 'tax_id',
  label: 'Tax id',
  family: 'business',
  summary: 'The number by which the tax authority of a country knows a person or a firm.',
  aliases: ['taxId', 'tax_number', 'tin', 'taxpayer_id', 'tax_code'],
  options: {
    country: countryOption([...COUNTRIES, PLACE], FALLBACK),
    holder: {
      kind: 'one of',
      values: ['person', 'company'],
      default: 'person',
      summary: 'Whose number it is.',
    },
    separators,
  },
  example: personTaxIds.get(FALLBACK)?.example,
  localised: true,
  sensitive: true,
  check,
  build: (options, context) => {
    const rules = rulesOf(options['holder']);
    const asked = options['country'];
    if (asked === PLACE) {
      return { kind: 'string', body: idOfPlace(rules, (rule) => idPieces(rule, options, context), context) };
    }
    const rule = rules.get(typeof asked === 'string' ? asked : (context.lists.data.country ?? ''));
    const otherwise = rules.get(FALLBACK);
    if (otherwise === undefined) throw new Error(`no tax numbers for ${FALLBACK}`);
    return buildId(rule ?? otherwise, options, context);
  },
});
