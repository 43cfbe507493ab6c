import type { Node } from '../../regex/index.ts';

/** Longest text of the patterns for which lengths are planned. */
export const MAX_PLANNED_LENGTH = 256;

const ZERO: ReadonlySet<number> = new Set([0]);
type Draw = (below: number) => number;

/**
 * Texts of a pattern's tree with exactly so many characters. Which lengths each part can have is known before one is chosen,
 * so there is no search. Planning is done once for many texts; for lengths up to MAX_PLANNED_LENGTH.
 */
export class TextsOfLength {
  readonly #root: Node;
  readonly #length: number;
  readonly #known = new Map<Node, ReadonlySet<number>>();
  /** Lengths of the first 0, 1, 2, … items of a sequence, or turns of a repeat. */
  readonly #prefixes = new Map<Node, readonly ReadonlySet<number>[]>();

  constructor(root: Node, length: number) {
    this.#root = root;
    this.#length = length;
  }

  /** Whether there are any. */
  get any(): boolean {
    return this.#lengths(this.#root).has(this.#length);
  }

  /** One of them, drawn. Only where there are any. */
  text(draw: Draw): string {
    return this.#text(this.#root, this.#length, draw);
  }

  #lengths(node: Node): ReadonlySet<number> {
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
      case 'choice':
        return new Set(node.options.flatMap((option) => [...this.#lengths(option)]));
      case 'sequence':
        return this.#prefixesOf(node).at(-1) ?? ZERO;
      case 'repeat':
        return new Set(
          this.#prefixesOf(node)
            .slice(node.min)
            .flatMap((lengths) => [...lengths]),
        );
    }
  }

  #prefixesOf(node: Extract<Node, { kind: 'sequence' | 'repeat' }>): readonly ReadonlySet<number>[] {
    const known = this.#prefixes.get(node);
    if (known !== undefined) return known;
    const items = node.kind === 'sequence' ? node.items : new Array<Node>(node.max).fill(node.item);
    const prefixes: ReadonlySet<number>[] = [ZERO];
    for (const item of items) {
      const next = this.#plus(prefixes.at(-1) ?? ZERO, this.#lengths(item));
      prefixes.push(next);
      // Every turn has a character at least: more turns than fit are of no use.
      if (next.size === 0 && node.kind === 'repeat') break;
    }
    this.#prefixes.set(node, prefixes);
    return prefixes;
  }

  #plus(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
    return new Set([...a].flatMap((x) => [...b].map((y) => x + y).filter((sum) => sum <= this.#length)));
  }

  #text(node: Node, length: number, draw: Draw): string {
    switch (node.kind) {
      case 'text':
        return node.value;
      case 'class':
        return node.chars[draw(node.chars.length)] ?? '';
      case 'choice': {
        const fitting = node.options.filter((option) => this.#lengths(option).has(length));
        return this.#text(fitting[draw(fitting.length)] as Node, length, draw);
      }
      case 'sequence':
        return this.#items(node.items, this.#prefixesOf(node), length, draw);
      case 'repeat': {
        const prefixes = this.#prefixesOf(node);
        const fitting = prefixes.flatMap((lengths, turns) => (turns >= node.min && lengths.has(length) ? [turns] : []));
        const turns = fitting[draw(fitting.length)] ?? 0;
        return this.#items(new Array<Node>(turns).fill(node.item), prefixes, length, draw);
      }
    }
  }

  /** The items from the last to the first: each has a length that the ones before it can make up for. */
  #items(items: readonly Node[], before: readonly ReadonlySet<number>[], length: number, draw: Draw): string {
    const texts: string[] = [];
    let rest = length;
    for (let i = items.length - 1; i >= 0; i--) {
      const item = items[i] as Node;
      const fitting = [...this.#lengths(item)].filter((own) => before[i]?.has(rest - own));
      const own = fitting[draw(fitting.length)] ?? 0;
      texts.push(this.#text(item, own, draw));
      rest -= own;
    }
    return texts.reverse().join('');
  }
}
