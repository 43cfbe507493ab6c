import { isLike, isWhole, isWithin, textOf } from './reading.ts';
import { regionCodes, regionNames } from './regions.ts';
import type { Rules } from './rule.ts';
import { isProse, isTitle, startsLikeName } from './shapes.ts';

const STREET =
  /(st|street|road|rd|ave|lane|way|drive|weg|straße|strasse|str|platz|allee|rue|calle|via|laan|straat|rua|avenida)\b/i;
const WITHIN_A_BUILDING =
  /\b(apt|apartment|suite|ste|floor|fl|unit|room|building|bldg|block|etage|stock|piso|p\.?\s?o\.?|c\/o|bus|top|eg|og|\d)/i;
const POSTCODE = /^(?=.*\d)[A-Z\d][A-Z\d -]{2,11}$/i;
/** Postcodes of the Caribbean and of forces have no digit, or one: KY1, BFPO. */
const LETTERED_POSTCODE = /^[A-Z]{2,4}\s?\d?[A-Z]{0,2}$/;
const hasDigit = isLike(/\d/);

/** A country's name, with "the" before it or a remark in brackets behind it. */
function isCountry(value: unknown): boolean {
  const text = textOf(value).toLowerCase();
  return regionNames.has(text.replace(/\s*\(.*\)$/, '')) || regionNames.has(text.replace(/^the /, ''));
}

const isCoordinate =
  (most: number) =>
  (value: unknown): boolean =>
    isWithin(value, -most, most) && !isWhole(value);

export const places = {
  street_address: {
    one: (value) => isProse(value) && textOf(value).length >= 5 && (hasDigit(value) || STREET.test(textOf(value))),
  },
  address_line2: { one: (value) => WITHIN_A_BUILDING.test(textOf(value)) || isTitle(value, 5, 50) },
  city: { one: (value) => isTitle(value, 6, 60) && !hasDigit(value) && startsLikeName(value) },
  state_region: { one: (value) => isTitle(value, 6, 60) && startsLikeName(value) && !/\d{3}/.test(textOf(value)) },
  postcode: { one: (value) => POSTCODE.test(textOf(value)) || LETTERED_POSTCODE.test(textOf(value)) },
  country_name: { one: isCountry },
  country_code: { one: (value) => regionCodes.has(textOf(value).toUpperCase()) || /^[A-Z]{3}$/.test(textOf(value)) },
  latitude: { one: isCoordinate(90) },
  longitude: { one: isCoordinate(180) },
} satisfies Rules;
