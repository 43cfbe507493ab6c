import { add, bind, get, type Int, mod, type Piece, sub, text } from '../../plan/program.ts';
import { gaussian } from '../../random/distributions.ts';
import { quantileTable } from '../../random/quantile-table.ts';
import { complement } from '../checks/check-digits.ts';
import { Identifier } from '../checks/identifier.ts';
import { luhn, weights } from '../checks/weights.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { listType } from '../list-type.ts';
import lists from './lists.json' with { type: 'json' };

/** Slots of the coherence group `diagnosis`; numbers are part of the output's contract. */
const DIAGNOSIS = 0;
const MEDICATION = 1;

/** A normal distribution, rounded, between bounds; any value when unique. */
const bell = (context: BuildContext, mean: number, deviation: number, min: number, max: number): Int =>
  context.unique
    ? add(context.choose(max - min + 1), min)
    : { op: 'quantile', table: quantileTable(gaussian(mean, deviation), min, max) };

const measure = (
  key: string,
  label: string,
  summary: string,
  aliases: readonly string[],
  [mean, deviation, min, max, decimals]: readonly [number, number, number, number, number],
  example: number,
): FieldType =>
  defineType({
    key,
    label,
    family: 'health',
    summary,
    aliases,
    options: {},
    example,
    build: (_, context) => {
      const unit = 10 ** decimals;
      const value = bell(context, mean * unit, deviation * unit, min * unit, max * unit);
      return decimals === 0
        ? { kind: 'integer', body: [{ p: 'integer', value }] }
        : { kind: 'decimal', body: [{ p: 'fixed', value, decimals }] };
    },
  });

/** Medicine. Measures are normally distributed around values of healthy adults; they diagnose nobody. */
export const healthTypes: readonly FieldType[] = [
  listType({
    key: 'blood_type',
    label: 'Blood group',
    family: 'health',
    summary: 'ABO and Rh group, in about the shares of the world.',
    aliases: ['bloodType', 'blood_group'],
    values: lists.blood,
    weights: lists.bloodWeights,
    sensitive: true,
  }),
  listType({
    key: 'icd10_code',
    label: 'ICD-10 code',
    family: 'health',
    summary: "WHO ICD-10 code of the row's diagnosis.",
    aliases: ['icd10', 'icd_10', 'diagnosis_code'],
    values: lists.diagnoses.map(([code = '']) => code),
    of: ['diagnosis', DIAGNOSIS],
    sensitive: true,
  }),
  listType({
    key: 'diagnosis',
    label: 'Diagnosis',
    family: 'health',
    summary: 'Name of the diagnosis of the row.',
    aliases: ['icd10_description', 'medical_condition'],
    values: lists.diagnoses.map(([, name = '']) => name),
    of: ['diagnosis', DIAGNOSIS],
    sensitive: true,
  }),
  listType({
    key: 'medication',
    label: 'Medication',
    family: 'health',
    summary: 'International nonproprietary name of a medicine.',
    aliases: ['drug', 'drug_name', 'medicine'],
    values: lists.medications.map(([name = '']) => name),
    of: ['diagnosis', MEDICATION],
  }),
  listType({
    key: 'dosage',
    label: 'Dosage',
    family: 'health',
    summary: 'A usual strength of the medication of the row.',
    aliases: ['dose', 'strength'],
    values: lists.medications.map(([, dose = '']) => dose),
    of: ['diagnosis', MEDICATION],
  }),
  listType({
    key: 'medical_specialty',
    label: 'Medical specialty',
    family: 'health',
    summary: 'A branch of medicine.',
    aliases: ['medicalSpecialty'],
    values: lists.specialties,
  }),
  listType({
    key: 'allergy',
    label: 'Allergy',
    family: 'health',
    summary: 'A common allergy; most people have none.',
    aliases: ['allergies'],
    values: lists.allergies,
    weights: lists.allergyWeights,
    sensitive: true,
  }),
  listType({
    key: 'symptom',
    label: 'Symptom',
    family: 'health',
    summary: 'A symptom.',
    values: lists.symptoms,
    sensitive: true,
  }),
  defineType({
    key: 'npi',
    label: 'NPI',
    family: 'health',
    summary: 'US National Provider Identifier: ten digits with a Luhn check digit over 80840 and the number.',
    aliases: ['national_provider_identifier'],
    options: {},
    example: '1234567893',
    build: (_, context) => {
      const id = new Identifier(context).between(1, 2, 1).digits(8);
      // CMS, NPI check digit: the prefix 80840 adds 24 to the sum.
      return { kind: 'string', body: id.number(complement(add(id.sum(luhn(9)), 24), 10), 1).pieces };
    },
  }),
  defineType({
    key: 'nhs_number',
    label: 'NHS number',
    family: 'health',
    summary: 'Ten digits with a modulus 11 check digit, of the range 999 that is never issued to patients.',
    aliases: ['nhs'],
    options: { formatted: { kind: 'boolean', summary: 'In groups of 3, 3 and 4 digits.', default: false } },
    example: '9990548609',
    sensitive: true,
    build: ({ formatted }, context) => {
      // NHS Data Dictionary: weights 10 to 2, 11 less the remainder, 11 is 0 and 10 is not used.
      const weigh = weights([10, 9, 8, 7, 6, 5, 4, 3, 2]);
      const id = new Identifier(context).fixed('999');
      if (formatted === true) id.separator(' ');
      id.digits(3);
      if (formatted === true) id.separator(' ');
      id.digits(2).steer(11, weigh, (remainder) => remainder !== 1);
      return { kind: 'string', body: id.number(complement(id.sum(weigh), 11), 1).pieces };
    },
  }),
  measure(
    'height_cm',
    'Height',
    'Height of an adult in centimetres.',
    ['heightCm', 'height', 'body_height'],
    [171, 10, 140, 210, 0],
    172,
  ),
  measure(
    'weight_kg',
    'Weight',
    'Weight of an adult in kilograms.',
    ['weightKg', 'weight', 'body_weight'],
    [75, 14, 40, 160, 1],
    74.5,
  ),
  measure('heart_rate', 'Heart rate', 'Beats a minute at rest.', ['pulse'], [72, 10, 45, 120, 0], 71),
  measure('body_temperature', 'Body temperature', 'Degrees Celsius.', ['body_temp'], [36.8, 0.4, 35, 41, 1], 36.9),
  measure('blood_glucose', 'Blood glucose', 'Fasting, in mg/dl.', ['glucose'], [95, 14, 60, 250, 0], 92),
  defineType({
    key: 'blood_pressure',
    label: 'Blood pressure',
    family: 'health',
    summary: 'Systolic over diastolic pressure in mmHg.',
    aliases: ['bloodPressure'],
    options: {},
    example: '121/79',
    notUnique: 'the two pressures go together',
    build: (_, context): { kind: 'string'; body: Piece[] } => ({
      kind: 'string',
      body: [
        bind('systolic', bell(context, 122, 13, 90, 190)),
        { p: 'integer', value: get('systolic') },
        text('/'),
        { p: 'integer', value: sub(get('systolic'), add(mod(get('systolic'), 7), add(context.draw(16), 28))) },
      ],
    }),
  }),
];
