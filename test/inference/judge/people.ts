import genders from './data/genders.json' with { type: 'json' };
import { familyNames, givenNames, hasName } from './name-lexicon.ts';
import { isLike, isWhole, isWithin, textOf, wordsOf } from './reading.ts';
import type { Rules } from './rule.ts';
import { isDay, isEmail, isTitle, isUuid, startsLikeName } from './shapes.ts';

const GENDERS: ReadonlySet<string> = new Set(genders);
const FORMS_OF_ADDRESS =
  /^(mr|mrs|ms|miss|mx|mstr|messrs|madam|sir|dr|doctor|prof|professor|rev|hon|eng|ing|herr|frau|firma|company|m|mme|mlle|sr|sra|srta|señora?|dona?|dhr|mevr|sig|sig\.ra)\b/i;
const PHONE = /^[+(\d][\d\s()./+x-]{5,28}(ext\.?\s?\d+)?$/i;

const distinct = (values: readonly unknown[]): number => new Set(values.map(textOf)).size;
const withoutDigits = (value: unknown): boolean => !/\d/.test(textOf(value));
const isWrittenBeyondLatin = isLike(/[^\u0000-\u024f]/);

export const people = {
  first_name: {
    one: (value) =>
      isTitle(value, 3, 40) && withoutDigits(value) && startsLikeName(value) && hasName(textOf(value), givenNames),
    all: (values) => distinct(values) > 3,
  },
  last_name: {
    one: (value) =>
      isTitle(value, 4, 50) &&
      withoutDigits(value) &&
      startsLikeName(value) &&
      hasName(textOf(value), familyNames, givenNames),
  },
  full_name: {
    one: (value) =>
      isTitle(value, 7, 80) &&
      withoutDigits(value) &&
      (wordsOf(value).length > 1 || isWrittenBeyondLatin(value)) &&
      hasName(textOf(value), givenNames, familyNames),
    all: (values) => distinct(values) > 5,
  },
  username: { one: (value) => isLike(/^(?=.*[a-z])[\w.-]{2,40}$/i)(value) && !isUuid(value) },
  email: { one: isEmail },
  phone: {
    one: (value) => {
      const text = textOf(value);
      return PHONE.test(text) && text.replaceAll(/\D/g, '').length >= 6 && !isDay(text);
    },
  },
  age: { one: (value) => isWhole(value) && isWithin(value, 0, 120) },
  gender: {
    one: (value) => {
      const text = textOf(value).toLowerCase();
      return GENDERS.has(text) || text.startsWith('transgender') || text.startsWith('prefer not');
    },
  },
  title_prefix: { one: (value) => textOf(value).length <= 14 && FORMS_OF_ADDRESS.test(textOf(value)) },
  job_title: { one: (value) => isTitle(value, 8, 80) && textOf(value).length >= 2 && !/^\d/.test(textOf(value)) },
  company_name: { one: (value) => isTitle(value, 9, 90) && startsLikeName(value) },
  department: { one: (value) => isTitle(value, 5, 50) },
} satisfies Rules;
