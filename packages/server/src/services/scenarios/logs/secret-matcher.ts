/** Secrets longer than this are looked for by their beginning, and from there on one by one. */
const MOST_IN_TREE = 256;

/** A stretch of characters: the first, and the one after the last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What an automaton knows of secrets; `node` 0 is its root. */
interface Tree {
  /** The node that follows one at a character: `node * 65536 + character`. */
  readonly next: ReadonlyMap<number, number>;
  /** The node of the longest other end of what led to one. */
  readonly fail: readonly number[];
  /** The next node on that way at which a secret ends; 0: none. */
  readonly other: readonly number[];
  /** The longest end of what led to a node with which a secret begins that is longer. */
  readonly begun: readonly number[];
  /** Secrets that end at a node, or whose beginning does. */
  readonly ends: ReadonlyMap<number, readonly string[]>;
}

/**
 * Finds texts in one that comes character by character, in time that grows with it and not with what is looked for: by an automaton over all
 * of them (Aho and Corasick 1975), whose size is bounded by the beginnings of long ones; these are followed from there on (Knuth, Morris and Pratt 1977).
 */
export class SecretMatcher {
  readonly #tree: Tree;
  readonly #isFirst = new Uint8Array(65_536);
  readonly #tables = new Map<string, Int32Array>();
  /** Of long secrets, how many characters of them are there. */
  readonly #long = new Map<string, number>();
  #node = 0;

  constructor(secrets: readonly string[]) {
    this.#tree = treeOf(secrets);
    for (const secret of secrets) this.#isFirst[secret.charCodeAt(0)] = 1;
  }

  /** How many of the last characters may be the beginning of a secret that goes on. */
  get begun(): number {
    return Math.max(this.#tree.begun[this.#node] as number, ...this.#long.values());
  }

  /**
   * Takes a character.
   * @param at its place
   * @param found told of each secret that ends with it
   */
  take(character: number, at: number, found: (stretch: Stretch) => void): void {
    for (const [secret, length] of this.#long) this.#follow(secret, length, character, at, found);
    if (this.#node === 0 && this.#isFirst[character] === 0) return;
    const { next, fail, other, ends } = this.#tree;
    let node = this.#node;
    let following = next.get(node * 65_536 + character);
    while (following === undefined && node !== 0) {
      node = fail[node] as number;
      following = next.get(node * 65_536 + character);
    }
    this.#node = following ?? 0;
    for (let end = this.#node; end !== 0; end = other[end] as number) {
      for (const secret of ends.get(end) ?? []) {
        if (secret.length <= MOST_IN_TREE) found({ from: at + 1 - secret.length, to: at + 1 });
        else if (!this.#long.has(secret)) this.#long.set(secret, MOST_IN_TREE);
      }
    }
  }

  #follow(secret: string, length: number, character: number, at: number, found: (stretch: Stretch) => void): void {
    const table = this.#tableOf(secret);
    let there = length;
    while (there > 0 && secret.charCodeAt(there) !== character) there = table[there - 1] as number;
    if (secret.charCodeAt(there) === character) there += 1;
    if (there === secret.length) {
      found({ from: at + 1 - there, to: at + 1 });
      there = table[there - 1] as number;
    }
    // What is shorter is found by the tree.
    if (there < MOST_IN_TREE) this.#long.delete(secret);
    else this.#long.set(secret, there);
  }

  /** Made when the secret has begun: most never do. */
  #tableOf(secret: string): Int32Array {
    let table = this.#tables.get(secret);
    if (table === undefined) {
      table = bordersOf(secret);
      this.#tables.set(secret, table);
    }
    return table;
  }
}

/** For each beginning of a text, the length of the longest shorter one that it ends with. */
function bordersOf(text: string): Int32Array {
  const borders = new Int32Array(text.length);
  for (let at = 1, length = 0; at < text.length; at++) {
    while (length > 0 && text.charCodeAt(at) !== text.charCodeAt(length)) length = borders[length - 1] as number;
    if (text.charCodeAt(at) === text.charCodeAt(length)) length += 1;
    borders[at] = length;
  }
  return borders;
}

function treeOf(secrets: readonly string[]): Tree {
  const next = new Map<number, number>();
  const ends = new Map<number, string[]>();
  const [parent, last, depth, hasMore] = [[0], [0], [0], [false]];
  for (const secret of secrets) {
    let node = 0;
    for (let at = 0; at < Math.min(secret.length, MOST_IN_TREE); at++) {
      const edge = node * 65_536 + secret.charCodeAt(at);
      let child = next.get(edge);
      if (child === undefined) {
        child = parent.length;
        next.set(edge, child);
        parent.push(node);
        last.push(secret.charCodeAt(at));
        depth.push(at + 1);
        hasMore.push(false);
        hasMore[node] = true;
      }
      node = child;
    }
    ends.set(node, [...(ends.get(node) ?? []), secret]);
  }
  const [fail, other, begun] = [parent.map(() => 0), parent.map(() => 0), parent.map(() => 0)];
  const byDepth = Uint32Array.from(parent.keys()).sort((a, b) => (depth[a] as number) - (depth[b] as number));
  for (const node of byDepth) {
    if (node === 0) continue;
    let from = parent[node] as number;
    let to: number | undefined;
    while (to === undefined && from !== 0) {
      from = fail[from] as number;
      to = next.get(from * 65_536 + (last[node] as number));
    }
    fail[node] = to ?? 0;
    other[node] = ends.has(fail[node]) ? fail[node] : (other[fail[node]] as number);
    begun[node] = hasMore[node] === true ? (depth[node] as number) : (begun[fail[node]] as number);
  }
  return { next, fail, other, begun, ends };
}
