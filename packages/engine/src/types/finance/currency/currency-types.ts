import { type Int, pick } from '../../../plan/program.ts';
import { type BuildContext, defineType, type FieldType, type Options } from '../../field-type.ts';
import { checkCountry, countryOf, countryOption } from '../country-option.ts';
import { type Currency, currencies, currencyOf } from './currencies.ts';

/** Slot of the coherence group `place` for a currency of any country. */
const ANY = 20;

/** A text of the row's currency. */
function currencyType(
  type: Pick<FieldType, 'key' | 'label' | 'summary' | 'example'> & { readonly aliases: readonly string[] },
  textOf: (currency: Currency) => string,
): FieldType {
  const build = (options: Options, context: BuildContext): { from: readonly string[]; index: Int } => {
    const { lists, shared, choose, unique } = context;
    const distinct = (list: readonly Currency[]): readonly string[] => [...new Set(list.map(textOf))];
    if (options['any'] === true) {
      const from = unique ? distinct(currencies) : currencies.map(textOf);
      return { from, index: shared('place', ANY, from.length) };
    }
    const country = countryOf(options, context);
    if (country !== undefined) {
      const from = [textOf(currencyOf(country))];
      return { from, index: choose(1) };
    }
    if (unique) {
      const from = distinct(lists.places.map((place) => currencyOf(place.country)));
      return { from, index: choose(from.length) };
    }
    const from = lists.ofPlaces(type.key, (place) => textOf(currencyOf(place.country)));
    return { from, index: shared('place', 0, from.length) };
  };
  return defineType({
    ...type,
    family: 'finance',
    options: {
      country: countryOption,
      any: {
        kind: 'boolean',
        summary: 'Any currency of the world; fields with this option in a row agree with each other.',
        default: false,
      },
    },
    localised: true,
    check: checkCountry,
    build: (options, context) => {
      const { from, index } = build(options, context);
      return { kind: 'string', body: [pick(from, index)] };
    },
  });
}

/** What the row's place pays with. Funds, metals and test codes of ISO 4217 are left out. */
export const currencyTypes: readonly FieldType[] = [
  currencyType(
    {
      key: 'currency_code',
      label: 'Currency code',
      summary:
        "ISO 4217 code of the currency of the row's place. Older validators do not know XCG (2025) and ZWG (2024).",
      aliases: ['currencyCode', 'iso_4217'],
      example: 'EUR',
    },
    ({ code }) => code,
  ),
  currencyType(
    {
      key: 'currency_name',
      label: 'Currency name',
      summary: "English name of the currency of the row's place.",
      aliases: ['currencyName'],
      example: 'Swiss Franc',
    },
    ({ name }) => name,
  ),
  currencyType(
    {
      key: 'currency_symbol',
      label: 'Currency symbol',
      summary: "Sign of the currency of the row's place, or its code where there is no sign.",
      aliases: ['currencySymbol'],
      example: '€',
    },
    ({ symbol }) => symbol,
  ),
];
