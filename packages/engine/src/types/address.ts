import type { Int } from '../plan/program.ts';
import { defineType, type FieldType } from './field-type.ts';
import { addressLine } from './geography/address-line.ts';
import { ofField, streetPieces } from './geography/street.ts';
import { ofPlace } from './of-place.ts';
import { patternsPieces, templatePieces } from './pattern.ts';

/** Types of the row's place: city, region, postcode, country and phone are those of one real place. */
export const addressTypes: readonly FieldType[] = [
  defineType({
    key: 'street_address',
    label: 'Street address',
    family: 'address',
    summary: 'Street and house number in the usual order of the locale.',
    aliases: ['Address', 'street', 'address_line_1'],
    options: {
      use_full_address: {
        kind: 'boolean',
        summary: 'Postcode, city and country as well, as `full_address` writes them.',
        default: false,
        aliases: ['useFullAddress'],
      },
    },
    example: '4821 Miller Street',
    localised: true,
    build: ({ use_full_address }, context) => {
      const street = streetPieces(context, ofField(context));
      return { kind: 'string', body: use_full_address === true ? addressLine(street, true, context) : street };
    },
  }),
  defineType({
    key: 'city',
    label: 'City',
    family: 'address',
    summary: "City of the row's place.",
    aliases: ['town'],
    options: {},
    example: 'Rotterdam',
    localised: true,
    build: (_, context) => {
      const international = context.lists.data.country === null;
      return ofPlace('city', (place) => (international ? (place.cityEn ?? place.city) : place.city), context);
    },
  }),
  defineType({
    key: 'state',
    label: 'State or region',
    family: 'address',
    summary: "State, province or region of the row's place.",
    aliases: ['province', 'region'],
    options: {
      abbreviated: { kind: 'boolean', summary: 'The code (CA) instead of the name (California).', default: false },
    },
    example: 'California',
    localised: true,
    build: ({ abbreviated }, context) =>
      abbreviated === true
        ? ofPlace('region code', (place) => place.regionCode, context)
        : ofPlace('region', (place) => place.region, context),
  }),
  defineType({
    key: 'postcode',
    label: 'Postcode',
    family: 'address',
    summary: "Postcode in the range of the row's city; empty where the country has none.",
    aliases: ['Zip Code', 'zip', 'postal_code'],
    options: {
      format: {
        kind: 'string',
        minLength: 1,
        maxLength: 40,
        summary: "Own pattern: # a digit, ? a letter; such a field does not follow the row's place.",
      },
    },
    example: '10115',
    localised: true,
    build: ({ format }, context) => {
      if (typeof format === 'string') return { kind: 'string', body: templatePieces(format, context) };
      const patterns = context.lists.ofPlaces('postcode', (place) => place.postcode);
      const place = (): Int => context.shared('place', 0, patterns.length);
      return { kind: 'string', body: patternsPieces('postcode', patterns, place, context) };
    },
  }),
  defineType({
    key: 'country',
    label: 'Country',
    family: 'address',
    summary: "Country of the row's place.",
    options: {},
    example: 'Netherlands',
    localised: true,
    build: (_, context) =>
      ofPlace('country', (place) => context.lists.countryNames.get(place.country) ?? place.country, context),
  }),
  defineType({
    key: 'country_code',
    label: 'Country code',
    family: 'address',
    summary: "ISO 3166-1 alpha-2 code of the row's country.",
    aliases: ['countryCode'],
    options: {},
    example: 'NL',
    localised: true,
    // ISO 3166-1 leaves these to its users and will not assign them.
    rules: () => ({ pattern: '[A-Z]{2}', except: ['AA', 'QM', 'QZ', 'XX', 'ZZ'] }),
    build: (_, context) => ofPlace('country code', (place) => place.country, context),
  }),
];
