import { bind, get, type Piece, pick, text } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { listType } from '../list-type.ts';

/** A selection of the colour keywords of CSS Color Module Level 4. */
const names = [
  'aquamarine',
  'azure',
  'beige',
  'black',
  'blue',
  'brown',
  'chocolate',
  'coral',
  'crimson',
  'cyan',
  'darkblue',
  'darkgreen',
  'fuchsia',
  'gold',
  'gray',
  'green',
  'indigo',
  'ivory',
  'khaki',
  'lavender',
  'lime',
  'magenta',
  'maroon',
  'navy',
  'olive',
  'orange',
  'orchid',
  'pink',
  'plum',
  'purple',
  'red',
  'salmon',
  'sienna',
  'silver',
  'skyblue',
  'tan',
  'teal',
  'tomato',
  'turquoise',
  'violet',
  'white',
  'yellow',
];

const channel = ({ choose }: BuildContext): Piece => ({ p: 'integer', value: choose(256) });
const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** Colours. */
export const colourTypes: readonly FieldType[] = [
  listType({
    key: 'color',
    label: 'Colour',
    family: 'colours',
    summary: 'A colour keyword of CSS.',
    aliases: ['colour', 'color_name', 'colour_name'],
    values: names,
    example: 'teal',
  }),
  defineType({
    key: 'hex_color',
    label: 'Hex colour',
    family: 'colours',
    summary: '#rrggbb.',
    aliases: ['hex_colour', 'color_hex'],
    options: {},
    example: '#2e8b57',
    build: (_, { choose }) => ({
      kind: 'string',
      body: [text('#'), pick(HEX, choose(256)), pick(HEX, choose(256)), pick(HEX, choose(256))],
    }),
  }),
  defineType({
    key: 'rgb_color',
    label: 'RGB colour',
    family: 'colours',
    summary: 'rgb(r, g, b) of CSS.',
    aliases: ['rgb', 'rgb_colour'],
    options: {},
    example: 'rgb(46, 139, 87)',
    build: (_, context) => ({
      kind: 'string',
      body: [text('rgb('), channel(context), text(', '), channel(context), text(', '), channel(context), text(')')],
    }),
  }),
  defineType({
    key: 'hsl_color',
    label: 'HSL colour',
    family: 'colours',
    summary: 'hsl(h, s%, l%) of CSS.',
    aliases: ['hsl', 'hsl_colour'],
    options: {},
    example: 'hsl(146, 50%, 36%)',
    build: (_, { choose }) => ({
      kind: 'string',
      body: [
        bind('hue', choose(360)),
        text('hsl('),
        { p: 'integer', value: get('hue') },
        text(', '),
        { p: 'integer', value: choose(101) },
        text('%, '),
        { p: 'integer', value: choose(101) },
        text('%)'),
      ],
    }),
  }),
];
