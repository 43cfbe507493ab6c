import { pick } from '../../plan/program.ts';
import { defineType, type FieldType } from '../field-type.ts';
import table from './data/nationalities.json' with { type: 'json' };

/** Slot of the coherence group `person`; the number is part of the output's contract. */
const NATIONALITY = 21;

const ADJECTIVES = table.map(({ adjective }) => adjective);
const CODES = table.map(({ country }) => country);
const adjectiveOf = new Map(table.map(({ country, adjective }) => [country, adjective]));

/** Nationalities, as adjectives or codes. */
export const nationality: FieldType = defineType({
  key: 'nationality',
  label: 'Nationality',
  family: 'person',
  summary: 'A nationality in English, such as "Portuguese".',
  aliases: ['citizenship', 'demonym'],
  options: {
    of: {
      kind: 'one of',
      values: ['place', 'anywhere'],
      default: 'place',
      summary: "That of the country of the row's place, or any of the world; a unique field gives any.",
    },
    format: {
      kind: 'one of',
      values: ['adjective', 'code'],
      default: 'adjective',
      summary: 'The adjective, or the ISO 3166-1 alpha-2 code of the country.',
    },
  },
  example: 'Portuguese',
  localised: true,
  build: ({ of, format }, { unique, lists, shared }) => {
    const code = format === 'code';
    if (unique || of === 'anywhere') {
      const index = shared('person', NATIONALITY, table.length);
      return { kind: 'string', body: [pick(code ? CODES : ADJECTIVES, index)] };
    }
    const texts = code
      ? lists.ofPlaces('country code', ({ country }) => country)
      : lists.ofPlaces('nationality', ({ country }) => adjectiveOf.get(country) ?? country);
    return { kind: 'string', body: [pick(texts, shared('place', 0, texts.length))] };
  },
});
