import type { Piece, Program } from '../../plan/program.ts';
import { Identifier } from '../checks/identifier.ts';
import {
  type BuildContext,
  defineType,
  type FieldType,
  type OptionProblem,
  type OptionSpec,
  type Options,
} from '../field-type.ts';
import type { TypeRules } from '../type-rules.ts';
import type { IdNumber } from './id-number.ts';
import { checkPlace, idOfPlace, PLACE } from './id-of-place.ts';

/** What is told of a type beside its numbers. */
type Told = Pick<FieldType, 'key' | 'label' | 'summary'> & Partial<Pick<FieldType, 'aliases' | 'family' | 'sensitive'>>;

/** Options of one type only, and what they do to a finished number. */
interface Extra {
  readonly options: Readonly<Record<string, OptionSpec>>;
  finish(id: Identifier, options: Options): void;
}

export const separators: OptionSpec = {
  kind: 'boolean',
  default: true,
  summary: 'Whether blanks, dots and hyphens are written as usual; false leaves them out.',
};

/** The option `country`. @param fallback the country where the locale's has no number */
export const countryOption = (countries: readonly string[], fallback: string): OptionSpec => ({
  kind: 'one of',
  values: countries,
  summary: `Country of the number; without it the locale's, or ${fallback}.${
    countries.includes(PLACE) ? " With `place` that of the row's place; empty where it has none." : ''
  }`,
  aliases: ['countryCode', 'country_code'],
});

/** The pieces of a number. */
export function idPieces(rule: IdNumber, options: Options, context: BuildContext, extra?: Extra): readonly Piece[] {
  const id = new Identifier(context, options['separators'] !== false);
  rule.build(id, context, options['reserved'] === true);
  extra?.finish(id, options);
  return id.pieces;
}

/** The program of a number. */
export const buildId = (rule: IdNumber, options: Options, context: BuildContext, extra?: Extra): Program => ({
  kind: 'string',
  body: idPieces(rule, options, context, extra),
});

/** A type whose numbers are those of one country. */
export const idOfCountry = (rule: IdNumber, told: Told): FieldType =>
  defineType({
    family: 'identity',
    sensitive: true,
    ...told,
    options: {
      ...(rule.reserved === undefined
        ? {}
        : { reserved: { kind: 'boolean', summary: `Only values of this range: ${rule.reserved}` } }),
      separators,
    },
    example: rule.example,
    rules: () => rule.rules ?? {},
    build: (options, context) => buildId(rule, options, context),
  });

/**
 * A type whose numbers are those of the country that is asked for, or else of the locale.
 * @param rules one for each country
 * @param fallback the country where neither is known
 */
export function idByCountry(rules: readonly IdNumber[], fallback: string, told: Told, extra?: Extra): FieldType {
  const byCountry = new Map(rules.map((rule) => [rule.country, rule]));
  const otherwise = byCountry.get(fallback);
  if (otherwise === undefined) throw new Error(`${told.key} has no rule for ${fallback}`);
  const ruleOf = (asked: unknown, home: string | null): IdNumber =>
    byCountry.get(typeof asked === 'string' ? asked : (home ?? '')) ?? otherwise;
  const rulesOf = (asked: unknown, home: string | null): TypeRules =>
    (asked === PLACE ? byCountry.get(home ?? '') : ruleOf(asked, home))?.rules ?? {};
  const withRange = rules.filter((rule) => rule.reserved !== undefined).map((rule) => rule.country);
  const reserved: OptionSpec = {
    kind: 'boolean',
    summary: `Only numbers that are never issued or kept for tests; ${withRange.join(', ')} have such. Validators may refuse them.`,
  };
  return defineType({
    family: 'identity',
    sensitive: true,
    ...told,
    options: {
      country: countryOption([...byCountry.keys(), PLACE], fallback),
      ...(withRange.length === 0 ? {} : { reserved }),
      ...extra?.options,
      separators,
    },
    example: otherwise.example,
    localised: true,
    check: (options) => [...checkReserved(options, withRange), ...checkPlace(options)],
    rules: ({ country }, home) => rulesOf(country, home),
    build: (options, context) => {
      const asked = options['country'];
      if (asked !== PLACE) return buildId(ruleOf(asked, context.lists.data.country), options, context, extra);
      const pieces = (rule: IdNumber): readonly Piece[] => idPieces(rule, options, context, extra);
      return { kind: 'string', body: idOfPlace(byCountry, pieces, context) };
    },
  });
}

function checkReserved({ country, reserved }: Options, withRange: readonly string[]): OptionProblem[] {
  if (reserved !== true || withRange.includes(String(country))) return [];
  const message =
    country === undefined ? 'reserved numbers need a country' : `no reserved numbers are known for ${country}`;
  return [{ option: 'reserved', message, hint: `countries that have some: ${withRange.join(', ')}` }];
}
