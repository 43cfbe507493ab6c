import { MAX_CLASS_CHARS, type Node, type Pattern, UNBOUNDED_REPEATS } from '../../regex/index.ts';

/** Quantifiers without an upper limit, which the tree cuts off; in a class or escaped they count as well, to be safe. */
const OPEN_ENDED = /[*+]|\{\d+,\}/;

/** Whether texts may be longer than the tree says. */
export const isOpenEnded = (source: string): boolean => OPEN_ENDED.test(source);

/**
 * Whether a text of printable ASCII, or made of characters of the tree, may match the pattern. The answer is never no for a
 * text that matches, though repeats without a limit and classes that were thinned out are trees of less than they match:
 * a repeat that may have been cut off counts as endless, and a class that may have been thinned takes any character. The set
 * of places reached is carried through the tree, so the time is bounded by text times tree.
 */
export function mayMatch(source: string, { root }: Pattern, text: string): boolean {
  const chars = [...text];
  return reach(root, new Set([0]), chars, isOpenEnded(source)).has(chars.length);
}

/** The places where a text of the node may end that starts at one of the places. */
function reach(node: Node, from: ReadonlySet<number>, chars: readonly string[], open: boolean): ReadonlySet<number> {
  switch (node.kind) {
    case 'text': {
      const wanted = [...node.value];
      const ends = [...from].filter((place) => wanted.every((char, i) => chars[place + i] === char));
      return new Set(ends.map((place) => place + wanted.length));
    }
    case 'class': {
      const any = node.chars.length >= MAX_CLASS_CHARS;
      const fits = (char: string | undefined): boolean => char !== undefined && (any || node.chars.includes(char));
      return new Set([...from].filter((place) => fits(chars[place])).map((place) => place + 1));
    }
    case 'sequence':
      return node.items.reduce<ReadonlySet<number>>((places, item) => reach(item, places, chars, open), from);
    case 'choice':
      return new Set(node.options.flatMap((option) => [...reach(option, from, chars, open)]));
    case 'repeat':
      return reachRepeat(node, from, chars, open);
  }
}

function reachRepeat(
  { item, min, max }: Extract<Node, { kind: 'repeat' }>,
  from: ReadonlySet<number>,
  chars: readonly string[],
  open: boolean,
): ReadonlySet<number> {
  let places = from;
  for (let turn = 0; turn < min && places.size > 0; turn++) places = reach(item, places, chars, open);
  const all = new Set(places);
  const endless = open && (max === UNBOUNDED_REPEATS || max - min === UNBOUNDED_REPEATS);
  for (let turn = min; (endless || turn < max) && places.size > 0; turn++) {
    const next = [...reach(item, places, chars, open)].filter((place) => !all.has(place));
    for (const place of next) all.add(place);
    places = new Set(next);
  }
  return all;
}
