import { pick } from '../../plan/program.ts';
import { defineType, type FieldType } from '../field-type.ts';
import table from './data/nationalities.json' with { type: 'json' };

/** Slot of the coherence group `person`; the number is part of the output's contract. */
const NATIONALITY = 21;

const adjectives = table.map(({ adjective }) => adjective);
const codes = table.map(({ country }) => country);

/** Nationalities, as adjectives. */
export const nationality: FieldType = defineType({
  key: 'nationality',
  label: 'Nationality',
  family: 'person',
  summary: 'The nationality of a person in English, such as "Portuguese", or the code of its country.',
  aliases: ['citizenship', 'demonym'],
  options: {
    format: {
      kind: 'one of',
      values: ['adjective', 'code'],
      default: 'adjective',
      summary: 'The adjective, or the ISO 3166-1 alpha-2 code of the country.',
    },
  },
  example: 'Portuguese',
  build: ({ format }, { shared }) => ({
    kind: 'string',
    body: [pick(format === 'code' ? codes : adjectives, shared('person', NATIONALITY, table.length))],
  }),
});
