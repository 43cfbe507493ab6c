import type { Airport } from '../../locales/geography/geography.ts';
import { geographyOf } from '../../locales/geography/geography.ts';
import { defineType, type FieldType } from '../field-type.ts';
import { ofPlace } from '../of-place.ts';

const airportType = (
  part: keyof Airport,
  type: Pick<FieldType, 'key' | 'label' | 'summary' | 'example' | 'aliases'>,
): FieldType =>
  defineType({
    ...type,
    family: 'address',
    options: {},
    localised: true,
    build: (_, context) => ofPlace(`airport ${part}`, (place) => geographyOf(place).airport[part], context),
  });

/** The airport with airlines that serves the row's place. */
export const airportTypes: readonly FieldType[] = [
  airportType('iata', {
    key: 'airport_iata',
    label: 'Airport code (IATA)',
    summary: "IATA code of the airport that serves the row's place.",
    aliases: ['iata', 'iata_code', 'airport_code'],
    example: 'RTM',
  }),
  airportType('icao', {
    key: 'airport_icao',
    label: 'Airport code (ICAO)',
    summary: "ICAO code of the airport that serves the row's place.",
    aliases: ['icao', 'icao_code'],
    example: 'EHRD',
  }),
  airportType('name', {
    key: 'airport_name',
    label: 'Airport',
    summary: "Name of the airport that serves the row's place.",
    aliases: ['airport'],
    example: 'Rotterdam The Hague Airport',
  }),
];
