import { type Int, type Piece, pick, text } from '../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from './field-type.ts';
import { patternPieces, patternsPieces } from './pattern.ts';
import { formOfSex } from './person.ts';

/** Domains nobody can own (RFC 2606 and RFC 6761), so that no generated address reaches a person. */
const SAFE_DOMAINS = ['example.com', 'example.net', 'example.org'];

/** Numbers that make a unique e-mail or user name unique; without leading zeros. */
const UNIQUE_NUMBERS = 1_000_000_000;

/** `first.last` of the row's person, then two digits, or for a unique field the number that makes it so. */
function localPart(separators: readonly string[], context: BuildContext): Piece[] {
  const { firstSlugs, lastSlugs, lastBySex, lastSlugsBySex } = context.lists;
  const first = pick(firstSlugs, personSlot(0, firstSlugs.length));
  const family = personSlot(1, lastSlugs.length);
  const last = lastBySex ? pick(lastSlugsBySex, formOfSex(family, context.lists)) : pick(lastSlugs, family);
  const separator: Piece =
    separators.length === 1 ? text(separators[0] ?? '') : pick(separators, context.draw(separators.length));
  const number: Piece = context.unique
    ? { p: 'integer', value: context.choose(UNIQUE_NUMBERS) }
    : { p: 'digits', value: context.draw(100), width: 2 };
  return [first, separator, last, number];
}

// Even a unique address names the row's person: only its number is unique.
const personSlot = (slot: number, below: number): Int => ({ op: 'shared', group: 'person', slot, below });

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
    aliases: ['Account Name', 'user_name', 'login'],
    options: {},
    example: 'charlotte_okafor42',
    localised: true,
    build: (_, context) => ({ kind: 'string', body: localPart(['.', '_', ''], context) }),
  }),
  defineType({
    key: 'phone',
    label: 'Phone number',
    family: 'contact',
    summary: "Number with the area code of the row's place.",
    aliases: ['Phone Number', 'phone_number'],
    options: {
      format: {
        kind: 'string',
        minLength: 1,
        maxLength: 60,
        summary: "Own pattern: # a digit, N a digit 2-9; such a field does not follow the row's place.",
      },
    },
    example: '(212) 555-0143',
    localised: true,
    build: ({ format }, context) => {
      if (typeof format === 'string') return { kind: 'string', body: patternPieces(format, context, '#N') };
      const patterns = context.lists.ofPlaces('phone', (place) => place.phone);
      const place = (): Int => context.shared('place', 0, patterns.length);
      return { kind: 'string', body: patternsPieces('phone', patterns, place, context) };
    },
  }),
];

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

function isDomain(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 253 && value.split('.').every((label) => LABEL.test(label));
}
