import { bind, get, type Int, lookup, type Piece, pick, text } from '../../plan/program.ts';
import { once } from '../../text/once.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { listType } from '../list-type.ts';
import lists from './lists.json' with { type: 'json' };
import { nameOfSex, nameTypes } from './names.ts';
import { birthDate, birthDay, birthDayIndex, isMale, ofBirthDays } from './person-of-row.ts';

const FAMILY = 'person';
const DAY = 86_400_000;

/** Zodiac signs begin on these days of January to December; before it the month before's holds. */
const SIGN_BEGINS = [20, 19, 21, 20, 21, 21, 23, 23, 23, 23, 22, 22];
const signs = once(() =>
  ofBirthDays(({ month, day }) => (day >= (SIGN_BEGINS[month - 1] ?? 32) ? month : month - 1) % 12),
);

/** Pieces of a value by the sex of the row's person. */
const bySex = (female: readonly Piece[], male: readonly Piece[], context: BuildContext): Piece[] => [
  { p: 'switch', on: isMale(context), cases: [female, male] },
];

const years = (birth: number, now: Date): number => {
  const { year, month, day } = birthDate(birth);
  const [m, d] = [now.getUTCMonth() + 1, now.getUTCDate()];
  return now.getUTCFullYear() - year - (m < month || (m === month && d < day) ? 1 : 0);
};

/** Types of the row's person. */
export const personTypes: readonly FieldType[] = [
  ...nameTypes,
  defineType({
    key: 'birthdate',
    label: 'Date of birth',
    family: FAMILY,
    summary: "Birth day of the row's person, 1940 to 2006; with bounds of its own it no longer follows the person.",
    aliases: ['date_of_birth', 'birth_date', 'dob', 'birthday'],
    options: {
      min: { kind: 'date', summary: 'Earliest day.' },
      max: { kind: 'date', summary: 'Latest day.' },
    },
    example: '1984-03-17',
    sensitive: true,
    check: ({ min, max }) =>
      min !== undefined && max !== undefined && Date.parse(String(min)) > Date.parse(String(max))
        ? [{ option: 'min', message: '`min` lies after `max`', hint: 'swap them' }]
        : [],
    build: ({ min, max }, context) => {
      if (min === undefined && max === undefined)
        return { kind: 'date', body: [{ p: 'date', days: birthDay(context) }] };
      const day = (bound: unknown, otherwise: string): number =>
        bound === 'now' ? context.clock.today : Math.floor(Date.parse(String(bound ?? otherwise)) / DAY);
      const [first, last] = [day(min, '1900-01-01'), day(max, '2026-12-31')];
      const days: Int = {
        op: 'add',
        a: context.choose(Math.max(1, last - first + 1)),
        b: { op: 'const', value: first },
      };
      return { kind: 'date', body: [{ p: 'date', days }] };
    },
  }),
  defineType({
    key: 'age',
    label: 'Age',
    family: FAMILY,
    summary:
      "Years of the row's person on the day the rows are made; with bounds of its own it no longer follows the person.",
    aliases: ['age_in_years'],
    options: {
      min: { kind: 'integer', min: 0, max: 130, summary: 'Least age.' },
      max: { kind: 'integer', min: 0, max: 130, summary: 'Greatest age.' },
    },
    example: 41,
    notUnique: 'ages repeat',
    check: ({ min, max }) =>
      ((min as number | undefined) ?? 0) > ((max as number | undefined) ?? 130)
        ? [{ option: 'min', message: '`min` is above `max`', hint: 'swap them' }]
        : [],
    build: ({ min, max }, context) => {
      if (min !== undefined || max !== undefined) {
        const first = (min as number | undefined) ?? 0;
        const value: Int = {
          op: 'add',
          a: context.draw(((max as number | undefined) ?? Math.max(first, 95)) - first + 1),
          b: { op: 'const', value: first },
        };
        return { kind: 'integer', body: [{ p: 'integer', value }] };
      }
      const now = new Date(context.clock.today * DAY);
      const ages = ofBirthDays(() => 0).map((_, index) => years(index, now));
      return { kind: 'integer', body: [{ p: 'integer', value: lookup(ages, birthDayIndex(context)) }] };
    },
  }),
  defineType({
    key: 'sex',
    label: 'Sex',
    family: FAMILY,
    summary: "Sex of the row's person, as its first name says.",
    aliases: ['gender', 'biological_sex'],
    options: {
      format: {
        kind: 'one of',
        values: ['word', 'letter', 'iso'],
        summary: 'female, F, or 2 (ISO/IEC 5218).',
        default: 'word',
      },
    },
    example: 'female',
    localised: true,
    sensitive: true,
    build: ({ format }, context) => {
      const [female, male] = { word: ['female', 'male'], letter: ['F', 'M'], iso: ['2', '1'] }[
        format as 'word'
      ] as string[];
      return {
        kind: 'string',
        body: [pick([female ?? '', male ?? ''], context.unique ? context.choose(2) : isMale(context))],
      };
    },
  }),
  defineType({
    key: 'name_prefix',
    label: 'Form of address',
    family: FAMILY,
    summary: "Ms, Mr, Dr and the like for the row's person.",
    aliases: ['prefix', 'salutation', 'honorific', 'name_title'],
    options: {},
    example: 'Ms',
    localised: true,
    notUnique: 'there are few of them',
    build: (_, context) => ({
      kind: 'string',
      body: bySex([pick(lists.femaleTitles, context.draw(4))], [pick(lists.maleTitles, context.draw(4))], context),
    }),
  }),
  listType({
    key: 'name_suffix',
    label: 'Name suffix',
    family: FAMILY,
    summary: 'What follows a name: Jr., PhD.',
    aliases: ['suffix'],
    values: lists.suffixes,
  }),
  defineType({
    key: 'middle_name',
    label: 'Middle name',
    family: FAMILY,
    summary: "A second given name of the sex of the row's person.",
    aliases: ['middleName', 'second_name'],
    options: {},
    example: 'Marie',
    localised: true,
    build: (_, context) => {
      const { firstNames } = context.lists;
      if (context.unique) return { kind: 'string', body: [pick(firstNames, context.choose(firstNames.length))] };
      const [female, male] = (['female', 'male'] as const).map((sex) => [nameOfSex(sex, context, context.draw)]);
      return { kind: 'string', body: bySex(female ?? [], male ?? [], context) };
    },
  }),
  defineType({
    key: 'initials',
    label: 'Initials',
    family: FAMILY,
    summary: "First letters of the row's given and family name.",
    options: {},
    example: 'CO',
    localised: true,
    notUnique: 'there are few of them',
    build: (_, context) => {
      const letters = (name: string, names: readonly string[]): readonly string[] =>
        context.lists.once(`initials of ${name}`, () => names.map((each) => [...each][0] ?? ''));
      const { firstNames, lastNames } = context.lists;
      return {
        kind: 'string',
        body: [
          pick(letters('first names', firstNames), context.member('person', 0, firstNames.length)),
          pick(letters('last names', lastNames), context.member('person', 1, lastNames.length)),
        ],
      };
    },
  }),
  defineType({
    key: 'zodiac_sign',
    label: 'Zodiac sign',
    family: FAMILY,
    summary: "Sign of the birth day of the row's person.",
    aliases: ['zodiac', 'star_sign'],
    options: {},
    example: 'Pisces',
    notUnique: 'there are twelve of them',
    build: (_, context) => ({
      kind: 'string',
      body: [bind('sign', lookup(signs(), birthDayIndex(context))), pick(lists.zodiac, get('sign'))],
    }),
  }),
  listType({
    key: 'marital_status',
    label: 'Marital status',
    family: FAMILY,
    summary: 'Single, married and so on, in usual shares.',
    aliases: ['maritalStatus', 'civil_status'],
    values: lists.marital,
    weights: lists.maritalWeights,
    sensitive: true,
  }),
  listType({
    key: 'education_level',
    label: 'Education',
    family: FAMILY,
    summary: 'Highest degree.',
    aliases: ['education', 'degree'],
    values: lists.education,
    weights: lists.educationWeights,
  }),
  listType({
    key: 'hobby',
    label: 'Hobby',
    family: FAMILY,
    summary: 'A pastime.',
    aliases: ['interest'],
    values: lists.hobbies,
  }),
  listType({
    key: 'relationship',
    label: 'Relationship',
    family: FAMILY,
    summary: 'What one person is to another.',
    values: lists.relationships,
  }),
  defineType({
    key: 'nickname',
    label: 'Nickname',
    family: FAMILY,
    summary: "The row's given name in small letters and a number.",
    aliases: ['display_name', 'handle', 'screen_name'],
    options: {},
    example: 'charlotte42',
    localised: true,
    build: (_, context) => {
      const { firstSlugs } = context.lists;
      const number: Int = context.unique ? context.choose(1_000_000_000) : context.draw(1000);
      return {
        kind: 'string',
        body: [pick(firstSlugs, context.member('person', 0, firstSlugs.length)), { p: 'integer', value: number }],
      };
    },
  }),
  defineType({
    key: 'bio',
    label: 'Short biography',
    family: FAMILY,
    summary: 'A line about a person.',
    aliases: ['biography', 'about_me'],
    options: {},
    example: 'Chess, gardening and a fan of old lanterns.',
    build: (_, { choose, lists: locale }) => {
      const small = locale.once('small hobbies', () => lists.hobbies.map((hobby) => hobby.toLowerCase()));
      return {
        kind: 'string',
        body: [
          pick(lists.hobbies, choose(lists.hobbies.length)),
          text(', '),
          pick(small, choose(small.length)),
          text(' and '),
          pick(small, choose(small.length)),
          text('.'),
        ],
      };
    },
  }),
];
