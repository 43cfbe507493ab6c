import { Identifier } from '../checks/identifier.ts';
import { defineType, type FieldType } from '../field-type.ts';
import { es } from './countries/es.ts';
import { india } from './countries/in.ts';
import type { NationalId } from './national-id.ts';

const ALL: readonly NationalId[] = [es, india];
const byCountry = new Map(ALL.map((id) => [id.country, id]));

const idOf = (country: unknown, home: string | null): NationalId =>
  byCountry.get(typeof country === 'string' ? country : (home ?? '')) ?? es;

/** Numbers and papers by which authorities know a person. */
export const identityTypes: readonly FieldType[] = [
  defineType({
    key: 'national_id',
    label: 'National id',
    family: 'identity',
    summary: 'The number by which a country knows a person, with valid check digits.',
    options: {
      country: {
        kind: 'one of',
        values: [...byCountry.keys()],
        summary: "Country of the number; without it the locale's, or ES.",
        aliases: ['countryCode', 'country_code'],
      },
    },
    example: '54362315K',
    localised: true,
    sensitive: true,
    rules: ({ country }, home) => idOf(country, home).rules ?? {},
    build: ({ country }, context) => {
      const rule = idOf(country, context.lists.data.country);
      const id = new Identifier(context);
      rule.build(id, context);
      return { kind: 'string', body: id.pieces };
    },
  }),
];
