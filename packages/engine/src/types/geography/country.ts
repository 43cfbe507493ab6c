import { geographyOf, languageNameOf } from '../../locales/geography/geography.ts';
import type { Place } from '../../locales/places.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { ofPlace } from '../of-place.ts';

/** ISO 639-1 of the locale's language, or in the international locale of that of the place's country. */
function languageOf({ lists }: BuildContext): (place: Place) => string {
  const { country, language } = lists.data;
  return country === null ? (place) => geographyOf(place).country.language : () => language;
}

/** What goes with the country of the row's place. */
export const countryTypes: readonly FieldType[] = [
  defineType({
    key: 'continent',
    label: 'Continent',
    family: 'address',
    summary: "Continent of the row's country, in English; North and South America are two.",
    options: {},
    example: 'Europe',
    localised: true,
    build: (_, context) => ofPlace('continent', (place) => geographyOf(place).country.continent, context),
  }),
  defineType({
    key: 'calling_code',
    label: 'Calling code',
    family: 'address',
    summary: "International telephone prefix of the row's country.",
    aliases: ['dialing_code', 'phone_country_code'],
    options: {},
    example: '+31',
    localised: true,
    build: (_, context) => ofPlace('calling code', (place) => geographyOf(place).country.callingCode, context),
  }),
  defineType({
    key: 'language',
    label: 'Language',
    family: 'address',
    summary: "Language of the locale, or where that is international of the row's country; in English.",
    aliases: ['language_name'],
    options: {},
    example: 'Dutch',
    localised: true,
    build: (_, context) => {
      const code = languageOf(context);
      return ofPlace('language', (place) => languageNameOf(code(place)) ?? code(place), context);
    },
  }),
  defineType({
    key: 'language_code',
    label: 'Language code',
    family: 'address',
    summary: "ISO 639-1 code of the locale's language, or where that is international of the row's country's.",
    aliases: ['languageCode', 'iso_639_1'],
    options: {},
    example: 'nl',
    localised: true,
    build: (_, context) => ofPlace('language code', languageOf(context), context),
  }),
];
