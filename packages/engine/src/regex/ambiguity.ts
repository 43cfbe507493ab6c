/**
 * Whether two derivations may give the same text, decided in one pass without enumerating. It is the argument behind
 * one-unambiguous expressions (Brüggemann-Klein, Wood, "One-unambiguous regular languages", 1998), with lengths: the parts
 * of a text can be told apart where one side has a fixed length, or where no character that could lengthen the left part
 * can start the right one. What cannot be shown is called ambiguous, so "no" is certain and "yes" may be wrong.
 */
import { type CharSet, charSet, NO_CHARS, overlap, union } from './char-set.ts';
import type { Node } from './tree.ts';

interface Traits {
  readonly minLength: number;
  readonly maxLength: number;
  /** Characters a text may start with. */
  readonly first: CharSet;
  /** Characters that may follow a whole text of this node within a longer text of it. */
  readonly extend: CharSet;
  /** Every character that may occur. */
  readonly alphabet: CharSet;
  readonly ambiguous: boolean;
}

const EMPTY: Traits = {
  minLength: 0,
  maxLength: 0,
  first: NO_CHARS,
  extend: NO_CHARS,
  alphabet: NO_CHARS,
  ambiguous: false,
};

/** True when two derivations of `node` may give the same text; false is certain. */
export function isAmbiguous(node: Node): boolean {
  return traitsOf(node, new Map()).ambiguous;
}

function traitsOf(node: Node, classes: Map<readonly string[], CharSet>): Traits {
  switch (node.kind) {
    case 'text': {
      if (node.value === '') return EMPTY;
      const chars = [...node.value];
      const length = chars.length;
      const first = charSet(chars.slice(0, 1));
      return {
        ...EMPTY,
        minLength: length,
        maxLength: length,
        first,
        alphabet: charSet(chars),
      };
    }
    case 'class': {
      const first = classes.get(node.chars) ?? charSet(node.chars);
      classes.set(node.chars, first);
      return { ...EMPTY, minLength: 1, maxLength: 1, first, alphabet: first };
    }
    case 'sequence':
      return node.items.reduceRight((rest, item) => followedBy(traitsOf(item, classes), rest), EMPTY);
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
    extend: !separate ? alphabet : isNullable(right) ? union(right.extend, left.extend) : right.extend,
    alphabet,
    ambiguous: left.ambiguous || right.ambiguous || !(separate || isFixed(right)),
  };
}

function repeated(item: Traits, min: number, max: number): Traits {
  const single = max === 1;
  const separate = single || isFixed(item) || (!isNullable(item) && !overlap(item.extend, item.first));
  const fixed = isFixed(item) && min === max;
  const growing = min < max ? union(item.extend, item.first) : item.extend;
  return {
    minLength: item.minLength * min,
    maxLength: item.maxLength * max,
    first: item.first,
    extend: fixed ? NO_CHARS : separate ? growing : item.alphabet,
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
  const ambiguous = options.some((option) => option.ambiguous) || !areDistinct(options, nodes);
  const growing = minLength === 0 ? union(inner, first) : inner;
  const extend = minLength === maxLength ? NO_CHARS : startApart(options) ? growing : alphabet;
  return { minLength, maxLength, first, extend, alphabet, ambiguous };
}

/** Whether no text can come from two of the options: by their lengths, by their first characters, or as distinct texts. */
function areDistinct(options: readonly Traits[], nodes: readonly Node[]): boolean {
  const order = options
    .map((_, index) => index)
    .sort((a, b) => (options[a]?.minLength ?? 0) - (options[b]?.minLength ?? 0));
  let reach = -1;
  let together: number[] = [];
  const check = (): boolean => {
    const texts = together.flatMap((index) => {
      const node = nodes[index];
      return node?.kind === 'text' ? [node.value] : [];
    });
    if (new Set(texts).size < texts.length) return false;
    const patterns = together.filter((index) => nodes[index]?.kind !== 'text').map((index) => options[index] as Traits);
    const text: Traits = {
      ...EMPTY,
      minLength: texts.includes('') ? 0 : 1,
      first: charSet(texts.flatMap((t) => [...t].slice(0, 1))),
    };
    return startApart(texts.length === 0 ? patterns : [text, ...patterns]);
  };
  for (const index of order) {
    const { minLength, maxLength } = options[index] as Traits;
    if (minLength > reach) {
      if (!check()) return false;
      together = [];
    }
    together.push(index);
    reach = Math.max(reach, maxLength);
  }
  return check();
}

/** Whether the first character of a text tells which option it is from (and at most one gives the empty text). */
function startApart(options: readonly Traits[]): boolean {
  let seen = NO_CHARS;
  for (const option of options) {
    if (overlap(seen, option.first)) return false;
    seen = union(seen, option.first);
  }
  return options.filter(isNullable).length <= 1;
}

function isFixed(traits: Traits): boolean {
  return traits.minLength === traits.maxLength;
}

function isNullable(traits: Traits): boolean {
  return traits.minLength === 0;
}
