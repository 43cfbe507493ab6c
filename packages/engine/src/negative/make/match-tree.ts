import { MAX_CLASS_CHARS, type Node, type Pattern, UNBOUNDED_REPEATS } from '../../regex/index.ts';

/** Quantifiers without an upper limit, which the tree cuts off; in a class or escaped they count as well, to be safe. */
const OPEN_ENDED = /[*+]|\{\d+,\}/;
/** What takes characters beyond printable ASCII that the tree leaves out. */
const UNLISTED = /\[\^|\[:\^|\.|\\[DWSs]/;
const PRINTABLE = /^[ -~]$/;

/** Whether texts may be longer than the tree says. */
export const isOpenEnded = (source: string): boolean => OPEN_ENDED.test(source);

/**
 * Whether a text may match the pattern. The answer is never no for a text that matches, though the tree holds less than the
 * pattern means: where repeats may have been cut off they count as endless, a class that may have been thinned out takes any
 * character, and where negated classes may have left out what is not printable ASCII, that matches everywhere. The set of
 * places reached is carried through the tree, so there is no backtracking; when the work runs out the answer is yes.
 * @param work steps that may be taken, counted down
 */
export function mayMatch(source: string, { root }: Pattern, text: string, work: Work = { left: 1_000_000 }): boolean {
  const chars = [...text];
  const ends = new Matcher(source, chars, work).reach(root, new Set([0]));
  return work.left < 0 || ends.has(chars.length);
}

/** A budget of steps, shared by several matches. */
export interface Work {
  left: number;
}

const NOWHERE: ReadonlySet<number> = new Set();

class Matcher {
  readonly #chars: readonly string[];
  readonly #open: boolean;
  readonly #unlisted: boolean;
  readonly #work: Work;

  constructor(source: string, chars: readonly string[], work: Work) {
    this.#chars = chars;
    this.#work = work;
    this.#open = isOpenEnded(source);
    this.#unlisted = UNLISTED.test(source);
  }

  /** The places where a text of the node may end that starts at one of the places. */
  reach(node: Node, from: ReadonlySet<number>): ReadonlySet<number> {
    this.#work.left -= 1 + from.size;
    if (this.#work.left < 0) return NOWHERE;
    switch (node.kind) {
      case 'text': {
        const wanted = [...node.value];
        const ends = [...from].filter((place) => wanted.every((char, i) => this.#fits(place + i, [char])));
        return new Set(ends.map((place) => place + wanted.length));
      }
      case 'class':
        return new Set([...from].filter((place) => this.#fits(place, node.chars)).map((place) => place + 1));
      case 'sequence':
        return node.items.reduce<ReadonlySet<number>>((places, item) => this.reach(item, places), from);
      case 'choice':
        return new Set(node.options.flatMap((option) => [...this.reach(option, from)]));
      case 'repeat':
        return this.#repeat(node, from);
    }
  }

  #fits(place: number, among: readonly string[]): boolean {
    const char = this.#chars[place];
    if (char === undefined) return false;
    return among.includes(char) || among.length >= MAX_CLASS_CHARS || (this.#unlisted && !PRINTABLE.test(char));
  }

  #repeat({ item, min, max }: Extract<Node, { kind: 'repeat' }>, from: ReadonlySet<number>): ReadonlySet<number> {
    let places = from;
    for (let turn = 0; turn < min && places.size > 0; turn++) places = this.reach(item, places);
    const all = new Set(places);
    const endless = this.#open && (max === UNBOUNDED_REPEATS || max - min === UNBOUNDED_REPEATS);
    for (let turn = min; (endless || turn < max) && places.size > 0; turn++) {
      const next = [...this.reach(item, places)].filter((place) => !all.has(place));
      for (const place of next) all.add(place);
      places = new Set(next);
    }
    return all;
  }
}
