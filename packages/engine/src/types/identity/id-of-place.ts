import { findLocale } from '../../locales/load-locale.ts';
import { lookup, type Piece, text } from '../../plan/program.ts';
import type { BuildContext, OptionProblem, Options } from '../field-type.ts';
import { placeOf } from '../of-place.ts';
import type { IdNumber } from './id-number.ts';

/** The value of the option `country` that stands for the country of the row's place. */
export const PLACE = 'place';

/**
 * A number of the country of the row's place, and of no other: where that has none, the text is empty.
 * @param pieces the number of a rule
 */
export function idOfPlace(
  rules: ReadonlyMap<string, IdNumber>,
  pieces: (rule: IdNumber) => readonly Piece[],
  context: BuildContext,
): readonly Piece[] {
  const { data, places } = context.lists;
  const of = (country: string): readonly Piece[] => {
    const rule = rules.get(country);
    return rule === undefined ? [text('')] : pieces(rule);
  };
  if (data.country !== null) return of(data.country);
  const countries = [...new Set(places.map(({ country }) => country))];
  const table = context.lists.once('countries of places', () =>
    places.map(({ country }) => countries.indexOf(country)),
  );
  return [{ p: 'switch', on: lookup(table, placeOf(context)), cases: countries.map(of) }];
}

/** Numbers of different countries cannot share one permutation. */
export function checkPlace({ country, unique, locale }: Options): OptionProblem[] {
  const international = findLocale(String(locale ?? 'en')) === 'en';
  if (country !== PLACE || unique !== true || !international) return [];
  const message = 'numbers of many countries cannot be unique';
  return [{ option: 'country', message, hint: 'name a country, give a locale that has one, or leave out `unique`' }];
}
