import { digits } from '../../plan/program.ts';
import { defineType, type FieldType } from '../field-type.ts';
import { driversLicense } from './drivers-license.ts';
import { idByCountry } from './id-type.ts';
import { namedIds } from './named-ids.ts';
import { nationalIds } from './national-ids.ts';
import { nationality } from './nationality.ts';
import { passportNumber } from './passport-number.ts';
import { ssnSerial } from './ssn-serial.ts';
import { taxId } from './tax-id.ts';
import { vatIds } from './vat-ids.ts';

/** Numbers and papers by which authorities know persons and firms. */
export const identityTypes: readonly FieldType[] = [
  idByCountry(nationalIds, 'ES', {
    key: 'national_id',
    label: 'National id',
    summary:
      "The number by which a country knows a person, with valid check digits; where it carries them, with the row's birth date and sex.",
    aliases: ['national_identification_number', 'personal_id', 'identity_number'],
  }),
  ...namedIds,
  defineType({
    key: 'ssn_last_four',
    label: 'Last four of the SSN',
    family: 'identity',
    summary: "The last four digits of the row's Social Security Number (ssn), 0001 to 9999.",
    aliases: ['ssnLastFour', 'ssn_last4', 'last_four_ssn'],
    options: {},
    example: '4399',
    sensitive: true,
    build: (_, context) => ({ kind: 'string', body: [digits(ssnSerial(context), 4)] }),
  }),
  passportNumber,
  driversLicense,
  taxId,
  idByCountry(vatIds, 'DE', {
    key: 'vat_id',
    label: 'VAT id',
    family: 'business',
    summary: 'The number of a firm for value added tax, with the prefix of its country where it has one.',
    aliases: ['vat_number', 'vat', 'ust_id', 'vatin'],
    sensitive: false,
  }),
  nationality,
];
