import data from '../data/currencies.json' with { type: 'json' };

/** A currency of ISO 4217 that is legal tender somewhere. */
export interface Currency {
  readonly code: string;
  readonly name: string;
  readonly symbol: string;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
}

export const currencies: readonly Currency[] = data.currencies;

const byCountry = new Map(
  currencies.flatMap((currency) => currency.countries.map((code) => [code, currency] as const)),
);

/** All countries and territories that have money: ISO 3166-1 without Antarctica, and XK. */
export const countriesWithCurrency: ReadonlySet<string> = new Set(byCountry.keys());

/** What a country pays with; the dollar where nothing is known. */
export const currencyOf = (country: string): Currency => byCountry.get(country) ?? (byCountry.get('US') as Currency);
