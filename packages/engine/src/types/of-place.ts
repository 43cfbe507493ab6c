import type { Place } from '../locales/places.ts';
import { type Int, type Program, pick } from '../plan/program.ts';
import type { BuildContext } from './field-type.ts';

/** A text of the row's place. A unique field picks among the distinct texts instead. */
export function ofPlace(name: string, value: (place: Place) => string, context: BuildContext): Program {
  const all = context.lists.ofPlaces(name, value);
  if (!context.unique) return { kind: 'string', body: [pick(all, placeOf(context))] };
  const distinct = context.lists.once(`distinct ${name}`, () => [...new Set(all)]);
  return { kind: 'string', body: [pick(distinct, context.choose(distinct.length))] };
}

/** The index of the row's place, whether the field is unique or not. */
export const placeOf = (context: BuildContext): Int => context.member('place', 0, context.lists.places.length);
