import type { Int, QuantileTable } from '../../plan/program.ts';
import { evenly } from './evenly.ts';
import { quantileAt } from './quantile-at.ts';
import { weightedShares } from './weighted-shares.ts';

/** Thrown where there are more ways than are walked, or something that is not drawn. */
export class TooMany extends Error {}

/** More outcomes of one draw are not walked one by one. */
const MOST_OUTCOMES = 5000;

interface Turn {
  readonly shares: readonly number[];
  at: number;
}

/**
 * Walks all ways in which integers may be drawn, one after another: each walk takes its turns as the last one did, but for the
 * last of them that has another outcome left.
 */
export class Oracle {
  readonly #everyRow: boolean;
  readonly #turns: Turn[] = [];
  #next = 0;
  #begun = false;
  readonly #variables = new Map<string, bigint>();
  /** What is known of the numbers that fields share: the word lies within [from, to) of 2^32, as a share. */
  readonly #shared = new Map<string, readonly [number, number]>();
  /** The row's remainder by one divisor. */
  #remainder: readonly [bigint, bigint] | undefined;
  /** Of the walk so far. */
  probability = 1;

  /** @param everyRow whether the rows have no gaps */
  constructor(everyRow: boolean) {
    this.#everyRow = everyRow;
  }

  /** Begins the next walk. @returns false when all were taken */
  again(): boolean {
    if (this.#begun) {
      for (let last = this.#turns.at(-1); last !== undefined; last = this.#turns.at(-1)) {
        if (++last.at < last.shares.length) break;
        this.#turns.pop();
      }
      if (this.#turns.length === 0) return false;
    }
    this.#begun = true;
    this.#next = 0;
    this.#variables.clear();
    this.#shared.clear();
    this.#remainder = undefined;
    this.probability = 1;
    return true;
  }

  bind(name: string, value: bigint): void {
    this.#variables.set(name, value);
  }

  value(int: Int): bigint {
    switch (int.op) {
      case 'const':
        return BigInt(int.value);
      case 'draw':
        return this.#even(int.below);
      case 'shared':
        return this.#fromShared(`${int.group}\0${int.slot}`, int.below);
      case 'get': {
        const value = this.#variables.get(int.name);
        if (value === undefined) throw new TooMany();
        return value;
      }
      case 'weighted':
        return BigInt(this.#turn(weightedShares(int.odds)));
      case 'quantile':
        return this.#fromTable(int.table);
      case 'lookup':
        return BigInt(int.table[Number(this.value(int.index))] ?? 0);
      case 'row':
      case 'permute':
        throw new TooMany();
      case 'mod':
        if (int.a.op === 'row' && int.b.op === 'const') return this.#dealt(BigInt(int.b.value));
        break;
      case 'less':
        if (int.a.op === 'draw' && int.b.op === 'const') return this.#chance(Number(int.b.value) / int.a.below);
    }
    const [a, b] = [this.value(int.a), this.value(int.b)];
    switch (int.op) {
      case 'add':
        return a + b;
      case 'sub':
        return a - b;
      case 'mul':
        return a * b;
      case 'div':
        return a / b;
      case 'mod':
        return a % b;
      case 'less':
        return a < b ? 1n : 0n;
    }
  }

  #turn(shares: readonly number[]): number {
    if (shares.length > MOST_OUTCOMES) throw new TooMany();
    const turn = this.#turns[this.#next] ?? { shares, at: 0 };
    this.#turns[this.#next++] = turn;
    this.probability *= turn.shares[turn.at] ?? 0;
    return turn.at;
  }

  /** 1 with a probability. */
  #chance(p: number): bigint {
    const share = Math.min(1, Math.max(0, p));
    return BigInt(this.#turn([1 - share, share]));
  }

  #even(below: number): bigint {
    if (below > MOST_OUTCOMES) throw new TooMany();
    return BigInt(this.#turn(evenly(below)));
  }

  /** Rows are dealt out in turn, which over many rows is as if they were drawn. */
  #dealt(by: bigint): bigint {
    if (!this.#everyRow) throw new TooMany();
    if (this.#remainder === undefined) this.#remainder = [by, this.#even(Number(by))];
    if (this.#remainder[0] !== by) throw new TooMany();
    return this.#remainder[1];
  }

  #fromShared(key: string, below: number): bigint {
    if (below > MOST_OUTCOMES) throw new TooMany();
    const [from, to] = this.#shared.get(key) ?? [0, 1];
    const first = Math.floor(from * below);
    const pieces = Math.max(1, Math.ceil(to * below) - first);
    const bounds = (i: number): readonly [number, number] => [
      Math.max(from, (first + i) / below),
      Math.min(to, (first + i + 1) / below),
    ];
    const shareOf = (i: number): number => {
      const [start, end] = bounds(i);
      return Math.max(0, end - start) / (to - from);
    };
    const isWhole = from === 0 && to === 1;
    const at = this.#turn(isWhole ? evenly(below) : Array.from({ length: pieces }, (_, i) => shareOf(i)));
    this.#shared.set(key, bounds(at));
    return BigInt(first + at);
  }

  #fromTable(table: QuantileTable): bigint {
    const { min, max } = table;
    if (max - min >= MOST_OUTCOMES) throw new TooMany();
    return BigInt(min + this.#turn(quantileAt.shares(table)));
  }
}
