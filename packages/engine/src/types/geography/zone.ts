import { geographyOf } from '../../locales/geography/geography.ts';
import { defineType, type FieldType } from '../field-type.ts';
import { ofPlace } from '../of-place.ts';

/** The time at the row's place. */
export const zoneTypes: readonly FieldType[] = [
  defineType({
    key: 'timezone',
    label: 'Time zone',
    family: 'address',
    summary: "IANA time zone of the row's place.",
    aliases: ['Time Zone', 'tz', 'iana_time_zone'],
    options: {},
    example: 'Europe/Amsterdam',
    localised: true,
    build: (_, context) => ofPlace('time zone', (place) => geographyOf(place).timeZone, context),
  }),
  defineType({
    key: 'utc_offset',
    label: 'UTC offset',
    family: 'address',
    summary: "Offset from UTC at the row's place, outside summer time.",
    aliases: ['gmt_offset'],
    options: {},
    example: '+01:00',
    localised: true,
    build: (_, context) => ofPlace('utc offset', (place) => geographyOf(place).utcOffset, context),
  }),
];
