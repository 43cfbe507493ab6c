import { findLocale } from '../locales/load-locale.ts';
import { internationalPhone, nationalPhone } from '../locales/phone-form.ts';
import { knownCountries, type Place, sharedCountries } from '../locales/places.ts';
import { type Int, type Piece, pick, text } from '../plan/program.ts';
import { EMAIL_RULES } from './email-rules.ts';
import { type BuildContext, defineType, type FieldType, type OptionProblem, type Options } from './field-type.ts';
import { isDomain } from './is-domain.ts';
import type { LocaleLists } from './locale-lists.ts';
import { patternPieces, patternsPieces } from './pattern.ts';
import { nameSlugs, UNIQUE_NUMBERS } from './person/name-slugs.ts';

/** Domains nobody can own (RFC 2606 and RFC 6761), so that no generated address reaches a person. */
const SAFE_DOMAINS = ['example.com', 'example.net', 'example.org'];

/**
 * `first.last` of the row's person, then two digits, or for a unique field the number that makes it so: even a unique
 * address names the row's person.
 */
function localPart(separators: readonly string[], context: BuildContext): Piece[] {
  const { first, last } = nameSlugs(context);
  const separator: Piece =
    separators.length === 1 ? text(separators[0] ?? '') : pick(separators, context.draw(separators.length));
  const number: Piece = context.unique
    ? { p: 'integer', value: context.choose(UNIQUE_NUMBERS) }
    : { p: 'digits', value: context.draw(100), width: 2 };
  return [first, separator, last, number];
}

/** Types by which a person is reached. */
export const contactTypes: readonly FieldType[] = [
  defineType({
    key: 'email',
    label: 'E-mail address',
    family: 'contact',
    summary: "Address made from the row's name, at a domain that cannot exist in the wild.",
    aliases: ['E-Mail', 'email_address'],
    options: {
      domains: { kind: 'list', summary: 'Domains to pick from.', default: SAFE_DOMAINS, aliases: ['domain'] },
    },
    example: 'charlotte.okafor42@example.org',
    localised: true,
    sensitive: true,
    check: ({ domains }) =>
      Array.isArray(domains) && domains.length > 0 && domains.every(isDomain)
        ? []
        : [
            {
              option: 'domains',
              message: '`domains` must be a list of domain names',
              hint: 'for instance ["example.com"]',
            },
          ],
    rules: () => EMAIL_RULES,
    build: ({ domains }, context) => {
      const list = domains as readonly string[];
      return { kind: 'string', body: [...localPart(['.'], context), text('@'), pick(list, context.draw(list.length))] };
    },
  }),
  defineType({
    key: 'username',
    label: 'User name',
    family: 'contact',
    summary: "Account name made from the row's name.",
    aliases: ['user_name', 'login'],
    options: {},
    example: 'charlotte_okafor42',
    localised: true,
    build: (_, context) => ({ kind: 'string', body: localPart(['.', '_', ''], context) }),
  }),
  defineType({
    key: 'phone',
    label: 'Phone number',
    family: 'contact',
    summary: "Number with the area code of the row's place, from a range for fiction where the country has one.",
    aliases: ['Phone Number', 'phone_number'],
    options: {
      format: {
        kind: 'string',
        minLength: 1,
        maxLength: 60,
        summary: "Own pattern: # a digit, N a digit 2-9; such a field does not follow the row's place.",
      },
      international: {
        kind: 'boolean',
        summary: 'With the calling code (+971 4 3123456), or as dialled in the country (04 3123456); else as is usual.',
      },
      country_code: {
        kind: 'string',
        minLength: 2,
        maxLength: 5,
        summary: 'Calling code that the numbers must have, such as +971; they are written with it.',
        aliases: ['calling_code'],
      },
    },
    example: '(212) 555-0143',
    localised: true,
    check: checkPhone,
    rules: ({ format, international }) =>
      typeof format === 'string' || international === true
        ? {}
        : {
            pattern: '[+(]?[0-9][0-9 ()./-]+',
            // E.164 has at most 15 digits; no one writes more than twice as much.
            minLength: 5,
            maxLength: 30,
            wrong: [{ rule: 'pattern', variant: 'letter among the digits', edit: { do: 'put', at: -1, text: 'X' } }],
          },
    build: (options, context) => {
      const { format } = options;
      if (typeof format === 'string') return { kind: 'string', body: patternPieces(format, context, '#N') };
      return { kind: 'string', body: phonePieces(options, context) };
    },
  }),
];

/** Numbers of the row's place; of any with the calling code, when the locale has places of several countries. */
function phonePieces({ international, country_code: wanted }: Options, context: BuildContext): Piece[] {
  const { lists } = context;
  const form =
    wanted !== undefined || international === true ? 'international' : international === false ? 'national' : '';
  const all = lists.ofPlaces(`phone ${form}`, (place) => phoneOf(place, form, lists));
  const patterns =
    wanted === undefined
      ? all
      : lists.once(`phone ${wanted}`, () => all.filter((_, i) => callingCodeOf(lists.places[i], lists) === wanted));
  const ofRow = patterns.length === all.length;
  const index = (): Int => (ofRow ? context.shared('place', 0, patterns.length) : context.choose(patterns.length));
  return patternsPieces(`phone ${form} ${ofRow ? '' : wanted}`, patterns, index, context);
}

function phoneOf(place: Place, form: string, { countries }: LocaleLists): string {
  const country = countries.get(place.country);
  if (form === '' || country === undefined) return place.phone;
  return form === 'national' ? nationalPhone(place.phone, country) : internationalPhone(place.phone, country);
}

const callingCodeOf = (place: Place | undefined, { countries }: LocaleLists): string | undefined =>
  countries.get(place?.country ?? '')?.callingCode;

function checkPhone({ format, international, country_code: wanted, locale }: Options): OptionProblem[] {
  const given = { international, country_code: wanted };
  const idle = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
  if (format !== undefined && idle !== undefined) {
    const message = `\`${idle}\` has no meaning beside \`format\``;
    return [{ option: idle, message, hint: 'the pattern says how the number is written; leave one of them out' }];
  }
  if (typeof wanted !== 'string') return [];
  if (international === false) {
    const message = 'a number with a calling code is international';
    return [{ option: 'international', message, hint: 'leave out `international`, or `country_code`' }];
  }
  const country = findLocale(String(locale ?? 'en'))?.split('_')[1];
  const codes =
    country === undefined
      ? sharedCountries().map((code) => knownCountries().get(code)?.callingCode)
      : [knownCountries().get(country)?.callingCode];
  if (codes.includes(wanted)) return [];
  const message =
    country === undefined
      ? `no country has the calling code ${JSON.stringify(wanted)}`
      : `numbers of the locale ${String(locale)} begin with ${codes[0]}, not ${JSON.stringify(wanted)}`;
  const hint = 'a plus sign and the digits of the country, such as +971 with the locale en_AE or ar_AE';
  return [{ option: 'country_code', code: 'calling_code_mismatch', message, hint }];
}
