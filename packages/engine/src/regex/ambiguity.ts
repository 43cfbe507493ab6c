/**
 * Whether two derivations may give the same text, decided in one pass without enumerating. It is the argument behind
 * one-unambiguous expressions (Brüggemann-Klein, Wood, "One-unambiguous regular languages", 1998), with lengths: the parts
 * of a text can be told apart where one side has a fixed length, or where no character that could lengthen the left part
 * can start the right one. What cannot be shown is called ambiguous, so "no" is certain and "yes" may be wrong.
 */
import { type CharSet, charSet, NO_CHARS, overlap, union } from './char-set.ts';
import { areDistinct, startApart } from './distinct-options.ts';
import { EMPTY_TRAITS, isFixed, isNullable, MAX_PREFIX, type Traits } from './traits.ts';
import type { Node } from './tree.ts';

/** True when two derivations of `node` may give the same text; false is certain. */
export function isAmbiguous(node: Node): boolean {
  return traitsOf(node, new Map()).ambiguous;
}

function traitsOf(node: Node, classes: Map<readonly string[], CharSet>): Traits {
  switch (node.kind) {
    case 'text': {
      if (node.value === '') return EMPTY_TRAITS;
      const chars = [...node.value];
      const length = chars.length;
      const prefix = chars.slice(0, MAX_PREFIX).map((char) => charSet([char]));
      const first = prefix[0] ?? NO_CHARS;
      return {
        ...EMPTY_TRAITS,
        minLength: length,
        maxLength: length,
        first,
        prefix,
        alphabet: charSet(chars),
      };
    }
    case 'class': {
      const first = classes.get(node.chars) ?? charSet(node.chars);
      classes.set(node.chars, first);
      return { ...EMPTY_TRAITS, minLength: 1, maxLength: 1, first, prefix: [first], alphabet: first };
    }
    case 'sequence':
      return node.items.reduceRight((rest, item) => followedBy(traitsOf(item, classes), rest), EMPTY_TRAITS);
    case 'choice':
      return oneOf(
        node.options.map((option) => traitsOf(option, classes)),
        node.options,
      );
    case 'repeat':
      return repeated(traitsOf(node.item, classes), node.min, node.max);
  }
}

function followedBy(left: Traits, right: Traits): Traits {
  const separate = isFixed(left) || !overlap(left.extend, right.first);
  const alphabet = union(left.alphabet, right.alphabet);
  return {
    minLength: left.minLength + right.minLength,
    maxLength: left.maxLength + right.maxLength,
    first: isNullable(left) ? union(left.first, right.first) : left.first,
    prefix: joinPrefixes(left, right.prefix),
    extend: !separate ? alphabet : isNullable(right) ? union(right.extend, left.extend) : right.extend,
    alphabet,
    ambiguous: left.ambiguous || right.ambiguous || !(separate || isFixed(right)),
  };
}

/** An item that may be empty can be lengthened by what it starts with, so it never counts as separate. */
function repeated(item: Traits, min: number, max: number): Traits {
  const single = max === 1;
  const separate = single || isFixed(item) || !overlap(item.extend, item.first);
  const fixed = isFixed(item) && min === max;
  const growing = min < max ? union(item.extend, item.first) : item.extend;
  return {
    minLength: item.minLength * min,
    maxLength: item.maxLength * max,
    first: item.first,
    prefix: min === 0 ? [] : repeatPrefix(item, min),
    extend: fixed ? NO_CHARS : growing,
    alphabet: item.alphabet,
    ambiguous: item.ambiguous || !separate || (single && isNullable(item)),
  };
}

function oneOf(options: readonly Traits[], nodes: readonly Node[]): Traits {
  const minLength = Math.min(...options.map((option) => option.minLength));
  const maxLength = Math.max(...options.map((option) => option.maxLength));
  const first = options.reduce((set, option) => union(set, option.first), NO_CHARS);
  const alphabet = options.reduce((set, option) => union(set, option.alphabet), NO_CHARS);
  const inner = options.reduce((set, option) => union(set, option.extend), NO_CHARS);
  const ambiguous = options.some((option) => option.ambiguous) || !areDistinct(nodes, options);
  const growing = minLength === 0 ? union(inner, first) : inner;
  const extend = minLength === maxLength ? NO_CHARS : startApart(options) ? growing : alphabet;
  const prefix = (options[0]?.prefix ?? []).flatMap((_, place) => {
    const chars = options.map((option) => option.prefix[place]);
    return chars.includes(undefined) ? [] : [(chars as CharSet[]).reduce(union)];
  });
  return { minLength, maxLength, first, prefix, extend, alphabet, ambiguous };
}

/** Where the left texts may end inside the prefix, nothing is known of the places behind. */
function joinPrefixes(left: Traits, right: readonly CharSet[]): readonly CharSet[] {
  if (!isFixed(left)) return left.prefix;
  return [...left.prefix, ...right].slice(0, MAX_PREFIX);
}

function repeatPrefix(item: Traits, turns: number): readonly CharSet[] {
  let prefix: readonly CharSet[] = [];
  for (let turn = 0; turn < Math.min(turns, MAX_PREFIX); turn++) prefix = joinPrefixes(item, prefix);
  return prefix;
}
