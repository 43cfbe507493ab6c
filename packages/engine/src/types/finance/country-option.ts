import type { BuildContext, OptionProblem, OptionSpec, Options } from '../field-type.ts';
import { countriesWithCurrency } from './currency/currencies.ts';

/** The option of types that exist in every country. */
export const countryOption: OptionSpec = {
  kind: 'string',
  minLength: 2,
  maxLength: 2,
  summary: "ISO 3166-1 alpha-2 code, such as DE; without it the locale's country, or that of the row's place.",
  aliases: ['countryCode', 'country_code'],
};

/** Whether the option names a country. */
export function checkCountry({ country }: Options): OptionProblem[] {
  if (country === undefined || countriesWithCurrency.has(country as string)) return [];
  const capitals = String(country).toUpperCase();
  return [
    {
      option: 'country',
      message: `\`${String(country)}\` is not the code of a country`,
      hint: countriesWithCurrency.has(capitals) ? `write ${capitals}` : 'use an ISO 3166-1 alpha-2 code, such as DE',
    },
  ];
}

/** The asked-for country, or the locale's; undefined where each row has its own. */
export const countryOf = ({ country }: Options, { lists }: BuildContext): string | undefined =>
  (country as string | undefined) ?? lists.data.country ?? undefined;
