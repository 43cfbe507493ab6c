import { add, type Int, type Piece, pick, text } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import units from './data/units.json' with { type: 'json' };

/** Slots of the row's place beside the place itself (0) and its point. */
const NAME_SLOT = 3;
const NUMBER_SLOT = 4;

/** How the pieces of a street address are chosen. */
interface StreetChoice {
  name(count: number): Int;
  number(most: number): Int;
}

/** The street and number that the row's `street_name`, `building_number` and `full_address` share. */
export const ofRow = (context: BuildContext): StreetChoice => ({
  name: (count) => context.shared('place', NAME_SLOT, count),
  number: (most) => context.shared('place', NUMBER_SLOT, most),
});

/** A street and number of the field's own. */
export const ofField = (context: BuildContext): StreetChoice => ({
  name: (count) => context.choose(count),
  number: (most) => context.choose(most),
});

/** Street and house number in the order of the locale. */
export function streetPieces(context: BuildContext, choice: StreetChoice): Piece[] {
  const { pattern, numberMax, names } = context.lists.data.street;
  return pattern.split(/(\{number\}|\{name\})/).flatMap((part): Piece[] => {
    if (part === '{number}') return [{ p: 'integer', value: add(choice.number(numberMax), 1) }];
    if (part === '{name}') return [pick(names, choice.name(names.length))];
    return part === '' ? [] : [text(part)];
  });
}

/** What comes before the number of a flat or office: of the locale, its language, or English. */
function unitsOf({ code, language }: { readonly code: string; readonly language: string }): readonly string[] {
  const byLocale: Readonly<Record<string, readonly string[]>> = units;
  return byLocale[code] ?? byLocale[language] ?? units.en;
}

/** Numbers of flats and offices are 1 to this. */
const UNIT_MAX = 99;

/** Parts of a street address. */
export const streetTypes: readonly FieldType[] = [
  defineType({
    key: 'street_name',
    label: 'Street name',
    family: 'address',
    summary: "Name of the street of the row's `full_address`.",
    aliases: ['road'],
    options: {},
    example: 'Miller Street',
    localised: true,
    build: (_, context) => {
      const { names } = context.lists.data.street;
      return { kind: 'string', body: [pick(names, ofRow(context).name(names.length))] };
    },
  }),
  defineType({
    key: 'building_number',
    label: 'House number',
    family: 'address',
    summary: "House number of the row's `full_address`, as text.",
    aliases: ['house_number', 'street_number'],
    options: {},
    example: '4821',
    localised: true,
    build: (_, context) => {
      const number = ofRow(context).number(context.lists.data.street.numberMax);
      return { kind: 'string', body: [{ p: 'integer', value: add(number, 1) }] };
    },
  }),
  defineType({
    key: 'secondary_address',
    label: 'Secondary address',
    family: 'address',
    summary: 'Flat, floor or office in the words of the locale.',
    aliases: ['address_line_2', 'apartment', 'suite'],
    options: {},
    example: 'Suite 12',
    localised: true,
    build: (_, context) => {
      const words = unitsOf(context.lists.data);
      const number: Piece = { p: 'integer', value: add(context.choose(UNIT_MAX), 1) };
      return { kind: 'string', body: [pick(words, context.choose(words.length)), number] };
    },
  }),
];
