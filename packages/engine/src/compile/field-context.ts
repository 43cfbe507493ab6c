import type { Int } from '../plan/program.ts';
import { div, get, mod } from '../plan/program.ts';
import type { BuildContext, Moment } from '../types/field-type.ts';
import type { LocaleLists } from '../types/locale-lists.ts';

/** Choices beyond this are drawn: the permutation already tells more rows apart than there can be. */
const ENOUGH = 2n ** 60n;

/** A build context that counts how many values a unique field can give. */
export interface CountingContext extends BuildContext {
  /** Number of distinct values so far (1 for a field that is not unique). */
  readonly size: () => bigint;
  /** What the field agrees on with others of its group. */
  readonly things: ReadonlySet<string>;
}

/** The context in which a field's type builds its program. */
export function fieldContext(unique: boolean, lists: LocaleLists, clock: Moment, group?: string): CountingContext {
  let size = 1n;
  const draw = (below: number): Int => ({ op: 'draw', below });
  const things = new Set<string>();
  const member = (thing: string, slot: number, below: number): Int => {
    things.add(thing);
    const odds = lists.oddsOf(thing, slot);
    if (odds !== undefined && odds.alias.length !== below) throw new Error(`${thing} ${slot} has not ${below} odds`);
    const shared = { op: 'shared', group: group === undefined ? thing : `${thing}\0${group}`, slot, below } as const;
    return odds === undefined ? shared : { ...shared, odds };
  };
  const choose = (below: number): Int => {
    if (!unique) return draw(below);
    if (size * BigInt(below) > ENOUGH * 8n) return draw(below);
    // The row's place in the permutation, written in mixed radix: one digit for each choice.
    const digit = mod(size === 1n ? get('unique') : div(get('unique'), size), below);
    size *= BigInt(below);
    return digit;
  };
  return {
    unique,
    lists,
    clock,
    draw,
    choose,
    shared: (thing, slot, below) => (unique ? choose(below) : member(thing, slot, below)),
    member,
    size: () => size,
    things,
  };
}
