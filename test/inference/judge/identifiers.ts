import colors from './data/colors.json' with { type: 'json' };
import { isLike, isWhole, textOf, wordsOf } from './reading.ts';
import type { Rules } from './rule.ts';
import { isEmail, isMoment, isOfficialNumber, isTitle, isUuid } from './shapes.ts';

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const COLORS: ReadonlySet<string> = new Set(colors);
const CARDS = /visa|master|maestro|amex|american express|discover|jcb|diners|union|debit|credit/i;
const isKey = isLike(/^(?=.*\d)[\w-]{1,40}$/);
const isTag = isLike(/^[a-z]{2,3}([-_][a-z]{2,4})?$/i);
const isCodeWritten = isLike(/^(?=.*[A-Z\d])[A-Z\d][A-Z\d_./ -]{0,29}$/i);
const isColorNotation = isLike(/^(#[\da-f]{3,8}|rgba?\(|hsla?\()/i);
const isPlate = isLike(/^(?=.*\d)(?=.*\p{L})[\p{L}\d][\p{L}\d ·•-]{2,12}$/iu);

/** A code is short, and has a digit or is all capitals: a plain word is none. */
function isCode(value: unknown): boolean {
  const text = textOf(value);
  const telling = /\d/.test(text) || text === text.toUpperCase();
  return telling && /[A-Z\d]/.test(text) && isCodeWritten(text) && wordsOf(text).length <= 3;
}

/** ISO 13616: the number with its first four characters moved to the end, letters as 10 to 35, is 1 modulo 97. */
function isIban(value: unknown): boolean {
  const text = textOf(value).replaceAll(/\s/g, '');
  if (!/^[A-Z]{2}\d\d[A-Z\d]*$/.test(text)) return false;
  const digits = [...text.slice(4), ...text.slice(0, 4)].map((character) => Number.parseInt(character, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** ISO/IEC 7812-1: every second digit from the right doubled, the sum of all digits is a multiple of ten. */
function isCardNumber(value: unknown): boolean {
  const digits = textOf(value).replaceAll(/[ -]/g, '');
  if (!/^\d{12,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, character, place) => {
    const digit = Number(character) * (place % 2 === 0 ? 1 : 2);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}

const isColor = (value: unknown): boolean =>
  isColorNotation(value) ||
  textOf(value)
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((word) => COLORS.has(word));

const distinct = (values: readonly unknown[]): number => new Set(values.map(textOf)).size;

export const identifiers = {
  id_int: { one: (value) => isWhole(value) || isKey(value), all: (values) => distinct(values) > 1 },
  uuid: { one: isUuid },
  code: { one: isCode },
  category_enum: {
    one: (value) =>
      textOf(value).length <= 45 && wordsOf(value).length <= 6 && ![isEmail, isUuid, isMoment].some((is) => is(value)),
    all: (values) => distinct(values) <= Math.max(6, values.length / 2),
  },
  currency_code: { one: (value) => CURRENCIES.has(textOf(value)) || /^[A-Z]{3}$/.test(textOf(value)) },
  language_code: { one: (value) => isTag(value) || isTitle(value, 2, 25) },
  locale: { one: isTag },
  color: { one: isColor },
  version: { one: (value) => /^v?\d+(\.\d+)+/.test(textOf(value)) || isWhole(value) },
  tax_id: { one: isOfficialNumber(5, 25) },
  national_id: { one: isOfficialNumber(4, 25) },
  license_plate: { one: isPlate },
  iban: { one: isIban },
  bic: { one: isLike(/^[A-Z]{6}[A-Z\d]{2}([A-Z\d]{3})?$/) },
  bank_account: { one: isLike(/^(?=.*\d{3})[A-Z\d][A-Z\d -]{3,34}$/i) },
  credit_card_number: { one: isCardNumber },
  card_type: { one: isLike(CARDS) },
} satisfies Rules;
