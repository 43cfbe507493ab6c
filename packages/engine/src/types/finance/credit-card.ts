import {
  add,
  bind,
  constant,
  digits,
  get,
  type Int,
  lookup,
  mod,
  mul,
  type Piece,
  pick,
  sub,
} from '../../plan/program.ts';
import { once } from '../../text/once.ts';
import { addLuhn } from '../checks/check-digits.ts';
import { Identifier } from '../checks/identifier.ts';
import { type BuildContext, defineType, type FieldType, type Options } from '../field-type.ts';
import { issuerOption, issuers, ofStart, starts } from './card/card-of-row.ts';
import { grouped } from './grouped.ts';

const doubled = (digit: number): number => (digit > 4 ? 2 * digit - 9 : 2 * digit);

/** Luhn sum of four digits of which the first is doubled, as in all groups when they are aligned right. */
const luhn4 = once(() =>
  Array.from({ length: 10_000 }, (_, value) =>
    [...String(value).padStart(4, '0')].reduce((sum, c, i) => sum + (i % 2 === 0 ? doubled(Number(c)) : Number(c)), 0),
  ),
);

/** Sixteen digits from 4; the last of them makes the Luhn sum a multiple of ten (ISO/IEC 7812-1). */
function visaPieces({ choose }: BuildContext): Piece[] {
  const values = [add(choose(1000), 4000), choose(10_000), choose(10_000), mul(choose(1000), 10)];
  const groups = values.map((_, i) => get(`group${i}`));
  const sum = groups.reduce<Int>((total, group) => add(total, lookup(luhn4(), group)), constant(0));
  return [
    ...values.map((value, i) => bind(`group${i}`, value)),
    bind('check', mod(sub(constant(10), mod(sum, 10)), 10)),
    ...groups.map((group, i) => digits(i === 3 ? add(group, get('check')) : group, 4)),
  ];
}

/** Digits of a card number that no other digit depends on, whatever its length: in runs of three. */
const FREE = ['free0', 'free1', 'free2'];
const PREFIX = 4;

/** Numbers by the beginning of the row's card. What is chosen is the same for every length, so that unique ones differ. */
function networkPieces(options: Options, context: BuildContext): Piece[] {
  const all = starts(options);
  const lengths = [...new Set(all.map(({ issuer }) => issuer.length))];
  const prefixes = [...new Set(all.map(({ prefix }) => prefix))];
  const indexOf = new Map(prefixes.map((prefix, i) => [prefix, i]));
  const drawn = { ...context, choose: context.draw };
  const cases = lengths.map((length) => {
    const id = new Identifier(drawn).oneOf(prefixes, get('prefix'));
    id.digits(length - PREFIX - 3 * FREE.length - 1);
    for (const name of FREE) id.number(get(name), 3);
    const pieces = addLuhn(id).pieces;
    return options['formatted'] === true ? grouped(pieces, length < 16 ? [4, 6, 5] : [4]) : pieces;
  });
  return [
    bind(
      'prefix',
      ofStart(options, context, ({ prefix }) => indexOf.get(prefix) ?? 0),
    ),
    ...FREE.map((name) => bind(name, context.choose(1000))),
    ...(cases.length === 1
      ? (cases[0] ?? [])
      : [
          {
            p: 'switch' as const,
            on: ofStart(options, context, ({ issuer }) => lengths.indexOf(issuer.length)),
            cases,
          },
        ]),
  ];
}

/** Published numbers: the first one of the network that the row's card has, or one of its others. */
function testNumber(options: Options, context: BuildContext): Piece {
  const list = issuers.filter(({ key, weight }) =>
    options['issuer'] === 'any' ? weight > 0 : key === options['issuer'],
  );
  const numbers = list
    .flatMap(({ test }) => test)
    .map((number) => (options['formatted'] === true ? spaced(number) : number));
  if (context.unique) return pick(numbers, context.choose(numbers.length));
  // Where the numbers of a network begin, and how many there are: one of twelve is a fair pick among one to four.
  const most = 12;
  const begins = list.map((_, i) => list.slice(0, i).reduce((sum, { test }) => sum + test.length, 0));
  const picks = list.flatMap(({ test }, i) =>
    Array.from({ length: most }, (_, k) => (begins[i] ?? 0) + (k % test.length)),
  );
  const network = ofStart(options, context, ({ issuer }) => list.indexOf(issuer));
  return pick(numbers, lookup(picks, add(mul(network, most), context.choose(most))));
}

const spaced = (number: string): string =>
  number.length < 16 ? number.replace(/^(.{4})(.{6})/, '$1 $2 ') : number.replaceAll(/(.{4})(?=.)/g, '$1 ');

/** Payment card numbers. */
export const creditCardType: FieldType = defineType({
  key: 'credit_card_number',
  label: 'Credit card number',
  family: 'finance',
  summary:
    "Number of the row's card with a valid check digit. A made-up number may happen to be somebody's: `test` keeps to published ones. Some validators do not know the ranges 644-649 of Discover and those of Maestro and Mir.",
  aliases: ['creditCard', 'credit_card', 'card_number'],
  options: {
    issuer: issuerOption,
    formatted: { kind: 'boolean', summary: 'Groups as on the card, with blanks between them.', default: false },
    test: {
      kind: 'boolean',
      summary: 'Only numbers that payment providers publish for tests and that no bank gives out.',
      default: false,
      aliases: ['test_numbers'],
    },
  },
  example: '4539578763621486',
  sensitive: true,
  check: ({ issuer, test }) => {
    const chosen = issuers.find(({ key }) => key === issuer);
    if (test !== true || chosen === undefined || chosen.test.length > 0) return [];
    const others = issuers.filter((one) => one.test.length > 0).map(({ key }) => key);
    return [
      {
        option: 'test',
        message: `no test numbers of ${chosen.name} are published`,
        hint: `leave out \`test\`, or use one of ${others.join(', ')}`,
      },
    ];
  },
  rules: ({ issuer, formatted }) =>
    formatted === true
      ? {}
      : {
          pattern: issuer === 'visa' ? '[0-9]{16}' : '[0-9]{12,19}',
          checksum: { name: 'luhn', at: -1 },
        },
  build: (options, context) => {
    if (options['test'] === true) return { kind: 'string', body: [testNumber(options, context)] };
    if (options['issuer'] !== 'visa') return { kind: 'string', body: networkPieces(options, context) };
    const pieces = visaPieces(context);
    return { kind: 'string', body: options['formatted'] === true ? grouped(pieces, [4]) : pieces };
  },
});
