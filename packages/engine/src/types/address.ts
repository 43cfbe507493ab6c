import type { Place } from '../locales/places.ts';
import { add, type Int, type Piece, type Program, pick, text } from '../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from './field-type.ts';
import { patternsPieces } from './pattern.ts';

/** A text of the row's place. A unique field picks among the distinct texts instead. */
function ofPlace(name: string, value: (place: Place) => string, context: BuildContext): Program {
  const all = context.lists.ofPlaces(name, value);
  if (!context.unique) return { kind: 'string', body: [pick(all, context.shared('place', 0, all.length))] };
  const distinct = context.lists.once(`distinct ${name}`, () => [...new Set(all)]);
  return { kind: 'string', body: [pick(distinct, context.choose(distinct.length))] };
}

function streetPieces(context: BuildContext): Piece[] {
  const { pattern, numberMax, names } = context.lists.data.street;
  return pattern.split(/(\{number\}|\{name\})/).flatMap((part): Piece[] => {
    if (part === '{number}') return [{ p: 'integer', value: add(context.choose(numberMax), 1) }];
    if (part === '{name}') return [pick(names, context.choose(names.length))];
    return part === '' ? [] : [text(part)];
  });
}

/** Types of the row's place: city, region, postcode, country and phone are those of one real place. */
export const addressTypes: readonly FieldType[] = [
  defineType({
    key: 'street_address',
    label: 'Street address',
    family: 'address',
    summary: 'Street and house number in the usual order of the locale.',
    aliases: ['Address', 'street', 'address_line_1'],
    options: {},
    example: '4821 Miller Street',
    localised: true,
    build: (_, context) => ({ kind: 'string', body: streetPieces(context) }),
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
    options: {},
    example: '10115',
    localised: true,
    build: (_, context) => {
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
    build: (_, context) => ofPlace('country code', (place) => place.country, context),
  }),
];
