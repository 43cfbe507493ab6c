import type { Node } from '../../regex/index.ts';

/** Longest text for which lengths are planned. */
export const MAX_PLANNED_LENGTH = 256;

/**
 * A text of a pattern's tree with exactly so many characters, undefined when there is none. Which lengths each part can have
 * is known before one is chosen, so there is no search. For lengths up to MAX_PLANNED_LENGTH.
 */
export function textOfLength(root: Node, length: number, draw: (below: number) => number): string | undefined {
  const planner = new Planner(length);
  return planner.lengths(root).has(length) ? planner.text(root, length, draw) : undefined;
}

class Planner {
  readonly #most: number;
  readonly #known = new Map<Node, ReadonlySet<number>>();
  readonly #turns = new Map<Node, readonly ReadonlySet<number>[]>();

  constructor(most: number) {
    this.#most = most;
  }

  lengths(node: Node): ReadonlySet<number> {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const lengths = this.#lengthsOf(node);
    this.#known.set(node, lengths);
    return lengths;
  }

  #lengthsOf(node: Node): ReadonlySet<number> {
    switch (node.kind) {
      case 'text':
        return new Set([[...node.value].length]);
      case 'class':
        return new Set([1]);
      case 'sequence':
        return node.items.reduce<ReadonlySet<number>>((sums, item) => this.#plus(sums, this.lengths(item)), ZERO);
      case 'choice':
        return new Set(node.options.flatMap((option) => [...this.lengths(option)]));
      case 'repeat': {
        const turns = this.#lengthsOfTurns(node);
        return new Set(turns.slice(node.min).flatMap((lengths) => [...lengths]));
      }
    }
  }

  /** Lengths of 0, 1, 2, … turns. Every turn has a character at least, so that turns beyond the most are of no use. */
  #lengthsOfTurns(node: Extract<Node, { kind: 'repeat' }>): readonly ReadonlySet<number>[] {
    const known = this.#turns.get(node);
    if (known !== undefined) return known;
    const turns: ReadonlySet<number>[] = [ZERO];
    const item = this.lengths(node.item);
    for (let turn = 1; turn <= node.max; turn++) {
      const next = this.#plus(turns[turn - 1] ?? ZERO, item);
      turns.push(next);
      if (next.size === 0) break;
    }
    this.#turns.set(node, turns);
    return turns;
  }

  #plus(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
    return new Set([...a].flatMap((x) => [...b].map((y) => x + y).filter((sum) => sum <= this.#most)));
  }

  text(node: Node, length: number, draw: (below: number) => number): string {
    switch (node.kind) {
      case 'text':
        return node.value;
      case 'class':
        return node.chars[draw(node.chars.length)] ?? '';
      case 'choice': {
        const fitting = node.options.filter((option) => this.lengths(option).has(length));
        return this.text(fitting[draw(fitting.length)] as Node, length, draw);
      }
      case 'sequence':
        return this.#sequence(node.items, length, draw);
      case 'repeat': {
        const turns = this.#lengthsOfTurns(node);
        const fitting = turns.flatMap((lengths, n) => (n >= node.min && lengths.has(length) ? [n] : []));
        const chosen = fitting[draw(fitting.length)] ?? 0;
        return this.#sequence(new Array<Node>(chosen).fill(node.item), length, draw);
      }
    }
  }

  #sequence(items: readonly Node[], length: number, draw: (below: number) => number): string {
    const before = [ZERO];
    for (const item of items) before.push(this.#plus(before.at(-1) ?? ZERO, this.lengths(item)));
    const texts: string[] = [];
    let rest = length;
    for (let i = items.length - 1; i >= 0; i--) {
      const item = items[i] as Node;
      const fitting = [...this.lengths(item)].filter((own) => before[i]?.has(rest - own));
      const own = fitting[draw(fitting.length)] ?? 0;
      texts.unshift(this.text(item, own, draw));
      rest -= own;
    }
    return texts.join('');
  }
}

const ZERO: ReadonlySet<number> = new Set([0]);
