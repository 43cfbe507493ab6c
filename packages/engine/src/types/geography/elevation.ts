import { geographyOf } from '../../locales/geography/geography.ts';
import { lookup, type Program, sub } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { placeOf } from '../of-place.ts';

/** Feet in a metre: the international foot is 0.3048 m. */
const FEET = 1 / 0.3048;
/** Tables of the kernel hold no negative numbers; no place lies deeper than the shore of the Dead Sea, 430 m below. */
const DEEPEST = 2000;

function elevations(unit: string, { lists }: BuildContext): readonly number[] {
  const factor = unit === 'ft' ? FEET : 1;
  return lists.once(`elevation ${unit}`, () =>
    lists.places.map((place) => Math.round(geographyOf(place).elevation * factor) + DEEPEST),
  );
}

function build(unit: string, context: BuildContext): Program {
  const all = elevations(unit, context);
  const table = context.unique ? context.lists.once(`distinct ${unit}`, () => [...new Set(all)]) : all;
  const index = context.unique ? context.choose(table.length) : placeOf(context);
  return { kind: 'integer', body: [{ p: 'integer', value: sub(lookup(table, index), DEEPEST) }] };
}

export const elevationType: FieldType = defineType({
  key: 'elevation',
  label: 'Elevation',
  family: 'address',
  summary: "Height of the row's city above the sea.",
  aliases: ['altitude', 'height_above_sea'],
  options: {
    unit: { kind: 'one of', values: ['m', 'ft'], summary: 'Metres or feet.', default: 'm' },
  },
  example: 9,
  localised: true,
  build: ({ unit }, context) => build(unit as string, context),
});
