import { mod } from '../../plan/program.ts';
import type { Identifier } from '../checks/identifier.ts';
import { characterValue } from '../checks/weights.ts';
import type { FieldType } from '../field-type.ts';
import table from './data/passports.json' with { type: 'json' };
import type { IdNumber } from './id-number.ts';
import { idByCountry } from './id-type.ts';

/** Passport numbers by country, as in the visual zone. */
export const passportNumbers: readonly IdNumber[] = table.map(({ country, pattern, example }) => ({
  country,
  name: 'Passport number',
  source: 'ICAO Doc 9303 and the specimens that countries publish',
  example,
  build: (id) => {
    id.pattern(pattern);
  },
}));

/** Places of the number in the machine-readable zone. */
const MRZ_PLACES = 9;
const WEIGHTS = [7, 3, 1];

/** Fills the number up and adds its check digit (ICAO Doc 9303, part 3, 4.9); fillers count nothing. */
function toMrz(id: Identifier): void {
  const weigh = (char: string, position: number): number => characterValue(char) * (WEIGHTS[position % 3] ?? 0);
  const check = mod(id.sum(weigh), 10);
  id.literal('<'.repeat(MRZ_PLACES - id.length)).number(check, 1);
}

/** Numbers of passports. */
export const passportNumber: FieldType = idByCountry(
  passportNumbers,
  'US',
  {
    key: 'passport_number',
    label: 'Passport number',
    summary: 'The number of a passport, in the form its country uses.',
    aliases: ['passport', 'passport_no'],
  },
  {
    options: {
      mrz: {
        kind: 'boolean',
        summary: 'The ten characters of the machine-readable zone: the number, filled up with <, and its check digit.',
      },
    },
    finish: (id, { mrz }) => {
      if (mrz === true) toMrz(id);
    },
  },
);
