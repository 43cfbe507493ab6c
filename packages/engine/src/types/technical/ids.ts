import { add, bind, div, get, type Int, mod, type Piece, pick, text } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { drawnHex, hexOf } from './hex.ts';

/** Moments in ids: milliseconds of the years 2020 to 2029. */
const START = Date.UTC(2020, 0, 1);
const SPAN = Date.UTC(2030, 0, 1) - START;
const moment = ({ choose }: BuildContext): Int => add(choose(SPAN), START);

const VARIANT = [...'89ab'];
/** Milliseconds between 1582-10-15 and 1970-01-01 (RFC 9562, 5.1). */
const GREGORIAN = 12_219_292_800_000;

/** The last two groups of a UUID: variant bits, then drawn ones. */
const tail = (context: BuildContext): Piece[] => [
  pick(VARIANT, context.choose(4)),
  pick(NIBBLES, context.choose(16)),
  ...drawnHex(1, context),
  text('-'),
  ...drawnHex(6, context),
];
const NIBBLES = [...'0123456789abcdef'];
const CROCKFORD = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const NANO = [...'useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict'].sort();

/** Version 1: time low, mid and high of a 60-bit clock. */
function version1(context: BuildContext): Piece[] {
  // Milliseconds times 10,000 exceed 53 bits, not 64: the kernel's integers have them.
  const ticks: Int = { op: 'mul', a: add(moment(context), GREGORIAN), b: { op: 'const', value: 10_000 } };
  return [
    bind('ticks', ticks),
    ...hexOf(mod(get('ticks'), 2 ** 32), 4),
    text('-'),
    ...hexOf(mod(div(get('ticks'), 2 ** 32), 65_536), 2),
    text('-1'),
    pick(NIBBLES, mod(div(get('ticks'), 2n ** 56n), 16)),
    ...hexOf(mod(div(get('ticks'), 2n ** 48n), 256), 1),
  ];
}

/** Version 7: 48 bits of milliseconds. */
const version7 = (context: BuildContext): Piece[] => [
  bind('moment', moment(context)),
  ...hexOf(div(get('moment'), 65_536), 4),
  text('-'),
  ...hexOf(mod(get('moment'), 65_536), 2),
  text('-7'),
  pick(NIBBLES, context.choose(16)),
  ...drawnHex(1, context),
];

/** The part before the variant of a UUID without a clock. */
const clockless = (version: string, context: BuildContext): Piece[] => [
  ...drawnHex(4, context),
  text('-'),
  ...drawnHex(2, context),
  text(`-${version}`),
  pick(NIBBLES, context.choose(16)),
  ...drawnHex(1, context),
];

/** The UUID of a version other than 4, which has a piece of its own. */
export function uuidPieces(version: string, context: BuildContext): Piece[] {
  const head = version === '1' ? version1(context) : version === '7' ? version7(context) : clockless(version, context);
  return [...head, text('-'), ...tail(context)];
}

/** Identifiers that programs give. */
export const idTypes: readonly FieldType[] = [
  defineType({
    key: 'ulid',
    label: 'ULID',
    family: 'technical',
    summary: 'A moment of 48 bits and 80 drawn bits in 26 characters of Crockford base 32.',
    options: {},
    example: '01J2QK5Z8XW3V9M4T7R6E5B1NC',
    build: (_, context) => {
      const digit = (index: Int): Piece => pick(CROCKFORD, index);
      const time = Array.from({ length: 10 }, (_, i) => digit(mod(div(get('moment'), 32 ** (9 - i)), 32)));
      const drawn = Array.from({ length: 16 }, () => digit(context.choose(32)));
      return { kind: 'string', body: [bind('moment', moment(context)), ...time, ...drawn] };
    },
  }),
  defineType({
    key: 'nanoid',
    label: 'Nano ID',
    family: 'technical',
    summary: 'Drawn letters, digits, - and _.',
    aliases: ['nano_id'],
    options: { length: { kind: 'integer', min: 1, max: 64, summary: 'Number of characters.', default: 21 } },
    example: 'V1StGXR8_Z5jdHi6B-myT',
    build: ({ length }, { choose }) => ({
      kind: 'string',
      body: Array.from({ length: length as number }, () => pick(NANO, choose(64))),
    }),
  }),
  defineType({
    key: 'object_id',
    label: 'MongoDB ObjectId',
    family: 'technical',
    summary: 'Seconds since 1970, then 8 drawn bytes, in 24 hexadecimal digits.',
    aliases: ['MongoDB ObjectID', 'mongodb_object_id', 'mongo_id', 'bson_object_id'],
    options: {},
    example: '66938c2af4b5e6d7c8091a2b',
    build: (_, context) => ({
      kind: 'string',
      body: [bind('second', div(moment(context), 1000)), ...hexOf(get('second'), 4), ...drawnHex(8, context)],
    }),
  }),
  defineType({
    key: 'snowflake_id',
    label: 'Snowflake id',
    family: 'technical',
    summary: 'A 64-bit id of a moment, a machine and a counter, as text.',
    aliases: ['snowflake', 'tweet_id'],
    options: {},
    example: '1541815603606036480',
    build: (_, context) => ({
      kind: 'string',
      // 41 bits of milliseconds since 2010-11-04T01:42:54.657Z, 10 of the machine, 12 of the counter.
      body: [
        bind('milliseconds', add(context.choose(SPAN), START - 1_288_834_974_657)),
        {
          p: 'integer',
          value: add(
            { op: 'mul', a: get('milliseconds'), b: { op: 'const', value: 4_194_304 } },
            context.choose(4_194_304),
          ),
        },
      ],
    }),
  }),
];
