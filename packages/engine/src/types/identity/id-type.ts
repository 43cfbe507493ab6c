import { Identifier } from '../checks/identifier.ts';
import { type BuildContext, defineType, type FieldType, type OptionProblem, type Options } from '../field-type.ts';
import type { IdNumber } from './id-number.ts';

/** What is told of a type beside its numbers. */
type Told = Pick<FieldType, 'key' | 'label' | 'summary' | 'aliases'>;

const separators = {
  kind: 'boolean',
  default: true,
  summary: 'Whether blanks, dots and hyphens are written as usual; false leaves them out.',
} as const;

const build = (
  rule: IdNumber,
  options: Options,
  context: BuildContext,
): ReturnType<NonNullable<FieldType['build']>> => {
  const id = new Identifier(context, options['separators'] !== false);
  rule.build(id, context, options['reserved'] === true);
  return { kind: 'string', body: id.pieces };
};

/** A type whose numbers are those of one country. */
export const idOfCountry = (rule: IdNumber, told: Told): FieldType =>
  defineType({
    ...told,
    family: 'identity',
    options: {
      ...(rule.reserved === undefined ? {} : { reserved: { kind: 'boolean', summary: rule.reserved } }),
      separators,
    },
    example: rule.example,
    sensitive: true,
    build: (options, context) => build(rule, options, context),
  });

/**
 * A type whose numbers are those of the country that is asked for, or else of the locale.
 * @param rules one for each country; the one of `fallback` among them
 */
export function idByCountry(rules: readonly IdNumber[], fallback: IdNumber, told: Told): FieldType {
  const byCountry = new Map(rules.map((rule) => [rule.country, rule]));
  const withRange = rules.filter((rule) => rule.reserved !== undefined).map((rule) => rule.country);
  const check = ({ country, reserved }: Options): OptionProblem[] => {
    if (reserved !== true || withRange.includes(String(country))) return [];
    const message =
      country === undefined ? 'reserved numbers need a country' : `no reserved numbers are known for ${country}`;
    return [{ option: 'reserved', message, hint: `countries with reserved numbers: ${withRange.join(', ')}` }];
  };
  return defineType({
    ...told,
    family: 'identity',
    options: {
      country: {
        kind: 'one of',
        values: [...byCountry.keys()],
        summary: `Country of the number; without it the locale's, or ${fallback.country}.`,
        aliases: ['countryCode', 'country_code'],
      },
      ...(withRange.length === 0
        ? {}
        : {
            reserved: {
              kind: 'boolean',
              summary: `Only numbers that are never issued or are kept for tests, which ${withRange.join(', ')} have; docs/reference/identifiers.md names them. Validators may refuse them.`,
            },
          }),
      separators,
    },
    example: fallback.example,
    localised: true,
    sensitive: true,
    check,
    build: (options, context) => {
      const country = typeof options['country'] === 'string' ? options['country'] : (context.lists.data.country ?? '');
      return build(byCountry.get(country) ?? fallback, options, context);
    },
  });
}
