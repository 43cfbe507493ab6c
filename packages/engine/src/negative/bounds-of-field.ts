import type { Case, Edit } from '../plan/negative-plan.ts';
import { parsePattern } from '../regex/index.ts';
import { isWritable, lengthsOf } from './cases-of-field.ts';
import type { Constraints } from './constraints.ts';
import { MAX_PLANNED_LENGTH, TextsOfLength } from './make/text-of-length.ts';

/** A value at a bound or one step beside it. */
export type BoundWay = Pick<Case, 'rule' | 'variant' | 'holds' | 'edit'>;

/**
 * The values at the bounds of a field: one below, at, and one above each. The values of a unique field that keep its rules
 * are left out, for another row may have them.
 */
export function boundsOfField(constraints: Constraints): BoundWay[] {
  const all = [...valuesAtBounds(constraints), ...partsAtBounds(constraints), ...lengthsAtBounds(constraints)];
  return constraints.unique ? all.filter((one) => !one.holds) : all;
}

/** One below, at and one above both bounds, each place once. */
export function places(min: number, max: number | undefined, what = ''): { place: number; name: string }[] {
  const named = (bound: string, offset: number): string =>
    `${bound}${what === '' ? '' : ` ${what}`}${offset === 0 ? '' : offset < 0 ? ' - 1' : ' + 1'}`;
  const around = (bound: string, at: number): { place: number; name: string }[] =>
    [-1, 0, 1].map((offset) => ({ place: at + offset, name: named(bound, offset) }));
  const all = [...around('min', min), ...(max === undefined ? [] : around('max', max))];
  // Where the range is narrow, the bound itself gives the name, not its neighbour.
  const byPlace = new Map<number, string>();
  for (const { place, name } of all.toSorted((a, b) => a.name.length - b.name.length))
    if (!byPlace.has(place)) byPlace.set(place, name);
  return [...byPlace].map(([place, name]) => ({ place, name })).toSorted((a, b) => a.place - b.place);
}

function valuesAtBounds({ bounds }: Constraints): BoundWay[] {
  if (bounds === undefined) return [];
  const { form, min, max } = bounds;
  return places(min, max)
    .filter(({ place }) => isWritable(form, place))
    .map(({ place, name }) => ({
      rule: 'range',
      variant: name,
      holds: place >= min && place <= max,
      edit: { do: 'step', form, start: place, direction: 1, spread: 1 },
    }));
}

function partsAtBounds({ rules: { parts } }: Constraints): BoundWay[] {
  if (parts === undefined) return [];
  const { separator, close, min, max, what } = parts;
  return places(min, max, what)
    .filter(({ place }) => place > 0)
    .map(({ place, name }) => ({
      rule: 'length',
      variant: name,
      holds: place >= min && place <= max,
      edit: { do: 'parts', separator, close, to: place },
    }));
}

function lengthsAtBounds(constraints: Constraints): BoundWay[] {
  if (constraints.rules.parts !== undefined) return [];
  const { min, max } = lengthsOf(constraints);
  const least = Math.max(1, min ?? 1);
  return places(least, max, 'length')
    .filter(({ place }) => place > 0)
    .flatMap(({ place, name }): BoundWay[] => {
      const holds = place >= least && (max === undefined || place <= max);
      const edit = holds ? textAt(constraints, place) : ({ do: 'length', to: place } as const);
      return edit === undefined ? [] : [{ rule: 'length', variant: name, holds, edit }];
    });
}

/** A right text of a length, where the pattern is all there is to being right. */
function textAt({ rules, kind }: Constraints, length: number): Edit | undefined {
  const { pattern, checksum, except } = rules;
  if (kind !== 'string' || pattern === undefined || checksum !== undefined || except !== undefined) return undefined;
  const parsed = parsePattern(pattern);
  if (!parsed.ok || parsed.value.maxLength > MAX_PLANNED_LENGTH || !new TextsOfLength(parsed.value.root, length).any)
    return undefined;
  return { do: 'match', pattern, length };
}
