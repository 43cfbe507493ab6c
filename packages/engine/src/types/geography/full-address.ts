import { defineType, type FieldType } from '../field-type.ts';
import { ofPlace } from '../of-place.ts';
import { addressLine } from './address-line.ts';
import { ofRow, streetPieces } from './street.ts';

/** Whole places in one text. */
export const fullAddressTypes: readonly FieldType[] = [
  defineType({
    key: 'full_address',
    label: 'Full address',
    family: 'address',
    summary: "Street, number, postcode, city and country of the row's place in one line, in the order of the country.",
    aliases: ['complete_address', 'mailing_address', 'one_line_address'],
    options: {
      country: {
        kind: 'boolean',
        summary: 'Whether the country comes last; never in Japanese, Chinese and Korean.',
        default: true,
      },
    },
    example: '4821 Miller Street, 3011 AB Rotterdam, Netherlands',
    localised: true,
    build: ({ country }, context) => ({
      kind: 'string',
      body: addressLine(streetPieces(context, ofRow(context)), country === true, context),
    }),
  }),
  defineType({
    key: 'location',
    label: 'Location',
    family: 'address',
    summary: "City and country of the row's place, as in a profile.",
    aliases: ['place'],
    options: {
      with: {
        kind: 'one of',
        values: ['country', 'region'],
        summary: 'What follows the city.',
        default: 'country',
      },
    },
    example: 'Rotterdam, Netherlands',
    localised: true,
    build: (options, context) => {
      const { countryNames, data } = context.lists;
      const region = options['with'] === 'region';
      return ofPlace(
        region ? 'city, region' : 'city, country',
        ({ city, cityEn, country, region: name }) => {
          const shown = data.country === null ? (cityEn ?? city) : city;
          return `${shown}, ${region ? name : (countryNames.get(country) ?? country)}`;
        },
        context,
      );
    },
  }),
];
