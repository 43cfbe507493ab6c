import type { FieldType } from '../field-type.ts';
import { es } from './countries/es.ts';
import { idByCountry } from './id-type.ts';
import { nationalIds } from './national-ids.ts';

/** Numbers and papers by which authorities know a person. */
export const identityTypes: readonly FieldType[] = [
  idByCountry(nationalIds, es, {
    key: 'national_id',
    label: 'National id',
    summary: 'The number by which a country knows a person, with valid check digits.',
    aliases: ['national_identification_number', 'nationalId', 'personal_id'],
  }),
];
