import { slug } from '../../../locales/slug.ts';
import { bind, digits, get, type Int, type Piece, pick, text } from '../../../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from '../../field-type.ts';
import { issuerOption, issuers, ofStart } from './card-of-row.ts';

const DAY = 86_400_000;
const EXPIRY = 1;
const FORMATS = ['MM/YY', 'MM/YYYY', 'MMYY', 'YYMM', 'YYYY-MM'];

/** The months that a card of the row may expire in, from the one after `now`. */
function expiries(now: number, years: number, format: string): string[] {
  const date = new Date(now);
  return Array.from({ length: years * 12 }, (_, i) => {
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + 1 + i;
    const year = String(Math.floor(month / 12)).padStart(4, '0');
    return format
      .replace('YYYY', year)
      .replace('YY', year.slice(-2))
      .replace('MM', String((month % 12) + 1).padStart(2, '0'));
  });
}

/** A name as embossed: words in capitals of ASCII, joined by hyphens, so that blanks stand between names only. */
const embossed = (name: string, language: string): string =>
  name
    .split(/[\s-]+/)
    .map((word) => slug(word, language))
    .filter((word) => word !== '')
    .join('-')
    .toUpperCase();

/** A name of the row's person, embossed; a unique field picks among the distinct ones. */
function namePiece(which: 'firstNames' | 'lastNames', slot: number, context: BuildContext): Piece {
  const { lists } = context;
  const slugs = which === 'firstNames' ? lists.firstSlugs : lists.lastSlugs;
  const all = lists.once(`embossed ${which}`, () =>
    lists[which].map(
      (name, i) => embossed(name, lists.data.language) || (slugs[i] ?? '').toUpperCase() || 'CARDHOLDER',
    ),
  );
  if (!context.unique) return pick(all, context.shared('person', slot, all.length));
  const distinct = lists.once(`distinct embossed ${which}`, () => [...new Set(all)]);
  return pick(distinct, context.choose(distinct.length));
}

const isAmex = (options: Readonly<Record<string, unknown>>, context: BuildContext): Int =>
  ofStart(options, context, ({ issuer }) => (issuer.key === 'amex' ? 1 : 0));

/** What stands on the row's card beside its number. */
export const cardFieldTypes: readonly FieldType[] = [
  defineType({
    key: 'card_issuer',
    label: 'Card issuer',
    family: 'finance',
    summary: "Network of the row's card.",
    aliases: ['card_type', 'card_network', 'credit_card_issuer', 'credit_card_type'],
    options: {
      code: { kind: 'boolean', summary: 'The name that the option `issuer` takes (amex) instead.', default: false },
    },
    example: 'Mastercard',
    build: ({ code }, context) => {
      const common = issuers.filter(({ weight }) => weight > 0);
      const names = common.map(({ key, name }) => (code === true ? key : name));
      const index = context.unique
        ? context.choose(names.length)
        : ofStart({ issuer: 'any' }, context, ({ issuer }) => common.indexOf(issuer));
      return { kind: 'string', body: [pick(names, index)] };
    },
  }),
  defineType({
    key: 'masked_card_number',
    label: 'Masked card number',
    family: 'finance',
    summary:
      "As long as the number of the row's card, all but the last four digits starred; those four are drawn anew.",
    aliases: ['masked_number', 'maskedNumber', 'card_number_masked'],
    options: { issuer: issuerOption },
    example: '************1486',
    sensitive: true,
    build: (options, context) => {
      const lengths = [...new Set(issuers.map(({ length }) => length))];
      const stars = lengths.map((length) => '*'.repeat(length - 4));
      const index = ofStart(options, context, ({ issuer }) => lengths.indexOf(issuer.length));
      return { kind: 'string', body: [pick(stars, index), digits(context.choose(10_000), 4)] };
    },
  }),
  defineType({
    key: 'card_expiry',
    label: 'Card expiry',
    family: 'finance',
    summary: "Month in which the row's card expires, after the moment that `now` means.",
    aliases: ['credit_card_expiry', 'card_expiration', 'card_expiry_date'],
    options: {
      format: { kind: 'one of', values: FORMATS, summary: 'How the month is written.', default: 'MM/YY' },
      years: { kind: 'integer', min: 1, max: 20, summary: 'Within so many years.', default: 5 },
    },
    example: '07/29',
    sensitive: true,
    build: ({ format, years }, context) => {
      const months = expiries(context.clock.today * DAY, years as number, format as string);
      return { kind: 'string', body: [pick(months, context.shared('card', EXPIRY, months.length))] };
    },
  }),
  defineType({
    key: 'card_cvv',
    label: 'Card security code',
    family: 'finance',
    summary: "Security code of the row's card: four digits for American Express, three for all others.",
    aliases: ['cvv', 'cvc', 'card_cvc', 'credit_card_cvv', 'card_security_code'],
    options: { issuer: issuerOption },
    example: '428',
    sensitive: true,
    build: (options, context) => {
      const code = digits(get('code'), 3);
      const amex = [digits(context.draw(10), 1), code];
      const body: Piece[] = [{ p: 'switch', on: isAmex(options, context), cases: [[code], amex] }];
      return { kind: 'string', body: [bind('code', context.choose(1000)), ...body] };
    },
  }),
  defineType({
    key: 'card_holder',
    label: 'Card holder',
    family: 'finance',
    summary: "Name of the row's person as embossed on a card: capitals, ASCII.",
    aliases: ['credit_card_holder', 'cardholder_name', 'name_on_card'],
    options: {},
    example: 'CHARLOTTE OKAFOR',
    localised: true,
    sensitive: true,
    build: (_, context) => ({
      kind: 'string',
      body: [namePiece('firstNames', 0, context), text(' '), namePiece('lastNames', 1, context)],
    }),
  }),
];
