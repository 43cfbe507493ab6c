import type { Node, Pattern } from './tree.ts';

/** Counts above this are of no use to anyone who holds a double. */
const DOUBLE_RANGE = 1n << 1_024n;

/**
 * The number of derivations of a tree, or `cap` when there are more. A derivation is one way through it: an option for
 * every choice, a character for every class, a number of turns for every repeat.
 */
export function derivationCount(node: Node, cap?: bigint): bigint {
  return new Counter(cap).count(node);
}

/** `derivationCount` as a double: Infinity beyond its range. */
export function approximateCount(node: Node): number {
  return Number(derivationCount(node, DOUBLE_RANGE));
}

/**
 * The text of derivation `index`, for 0 <= index < derivationCount(pattern.root); a RangeError otherwise. Every derivation
 * has one index. Mixed radix, the leftmost part turning fastest; in a repeat, fewer turns come first.
 */
export function wordAt(pattern: Pattern, index: bigint): string {
  let counter = counters.get(pattern);
  if (counter === undefined) {
    counter = new Counter();
    counters.set(pattern, counter);
  }
  const count = counter.count(pattern.root);
  if (index < 0n || index >= count) throw new RangeError(`index ${index} is not in [0, ${count})`);
  const parts: string[] = [];
  write(pattern.root, index, counter, parts);
  return parts.join('');
}

/** Counts are kept as long as the pattern is, so that many words of one pattern cost little more than their length. */
const counters = new WeakMap<Pattern, Counter>();

class Counter {
  readonly #cap: bigint | undefined;
  readonly #known = new Map<Node, bigint>();

  constructor(cap?: bigint) {
    this.#cap = cap;
  }

  count(node: Node): bigint {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const count = this.#limit(this.#sum(node));
    this.#known.set(node, count);
    return count;
  }

  #sum(node: Node): bigint {
    switch (node.kind) {
      case 'text':
        return 1n;
      case 'class':
        return BigInt(node.chars.length);
      case 'sequence':
        return node.items.reduce((product, item) => this.#limit(product * this.count(item)), 1n);
      case 'choice':
        return node.options.reduce((sum, option) => sum + this.count(option), 0n);
      case 'repeat':
        return this.#powers(this.count(node.item), node.min, node.max);
    }
  }

  /** base^min + … + base^max */
  #powers(base: bigint, min: number, max: number): bigint {
    if (base === 1n) return BigInt(max - min + 1);
    let sum = 0n;
    let power = 1n;
    for (let turns = 0; turns <= max; turns++) {
      if (turns > 0) power *= base;
      if (turns >= min) sum += power;
      if (this.#cap !== undefined && power >= this.#cap) return this.#cap;
    }
    return sum;
  }

  #limit(count: bigint): bigint {
    return this.#cap !== undefined && count > this.#cap ? this.#cap : count;
  }
}

function write(node: Node, index: bigint, counter: Counter, parts: string[]): void {
  switch (node.kind) {
    case 'text':
      parts.push(node.value);
      return;
    case 'class':
      parts.push(node.chars[Number(index)] as string);
      return;
    case 'sequence':
      writeEach(node.items, index, counter, parts);
      return;
    case 'choice': {
      let rest = index;
      for (const option of node.options) {
        const count = counter.count(option);
        if (rest < count) {
          write(option, rest, counter, parts);
          return;
        }
        rest -= count;
      }
      return;
    }
    case 'repeat': {
      const base = counter.count(node.item);
      let turns = node.min;
      let rest = index;
      for (let power = base ** BigInt(node.min); rest >= power; power *= base) {
        rest -= power;
        turns++;
      }
      writeEach(new Array<Node>(turns).fill(node.item), rest, counter, parts);
    }
  }
}

function writeEach(nodes: readonly Node[], index: bigint, counter: Counter, parts: string[]): void {
  let rest = index;
  for (const node of nodes) {
    const count = counter.count(node);
    write(node, rest % count, counter, parts);
    rest /= count;
  }
}
