import entityData from '../data/entities.json' with { type: 'json' };
import { singular } from '../normalise/singular.ts';
import type { EntityClass } from './table-context.ts';

let classes: ReadonlyMap<string, EntityClass> | undefined;

/** What kind of thing a noun names; undefined when it is not known. */
export function entityClassOf(noun: string): EntityClass | undefined {
  classes ??= new Map(
    Object.entries(entityData).flatMap(([name, nouns]) => nouns.map((each) => [each, name as EntityClass] as const)),
  );
  return classes.get(noun) ?? classes.get(singular(noun));
}
