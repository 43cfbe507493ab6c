import { DRAW_STEP, GOLDEN } from '../random/mix.ts';
import type { DataSegment } from './data-segment.ts';
import { type DrawState, freshDraws } from './draws.ts';
import type { KeyTable } from './key-table.ts';
import type { Env, Level, Op, Scope } from './op.ts';
import type { Range } from './range.ts';
import { type Code, get, i32, i64, type Local, set } from './wasm/code.ts';
import type { FunctionBuilder } from './wasm/function-builder.ts';

export interface EmitterOptions {
  /** Whether 128-bit vectors may be used; the output is the same without, only slower. */
  readonly simd: boolean;
  readonly keys: KeyTable;
  /** Function indices of the helpers (helpers.ts). */
  readonly decimal: number;
  readonly permute: number;
  /** The same of the helper that writes doubles, which few kernels have. */
  readonly real: () => number;
  /** Address code of the current row's entry (address, length) in a JavaScript column. */
  readonly column: (column: number) => Code;
  /** Emits operations as a function of their own, which takes the pointer and the level's row, and calls it. */
  readonly outline: (outer: Emitter, ops: readonly Op[], level: Level) => void;
}

// Constants of 64 bits that every word is made with, encoded once.
const MIX_FACTORS = [i64.const(0xbf58476d1ce4e5b9n), i64.const(0x94d049bb133111ebn)] as const;
const STEP_FACTOR = i64.const(GOLDEN);

/** The rows of a level inside the function under construction. */
interface LevelLocals {
  readonly row: Local;
  /** row * GOLDEN */
  readonly step: Local;
}

/**
 * The state of a row function under construction: the output pointer with the part of it that is known statically
 * (`pending`: constant-size writes cost no addition), the rows of each level, the streams' positions, and values already
 * computed for the row. Everything a number needs is emitted when it is asked for, so emission order is draw order.
 */
export class Emitter {
  readonly f: FunctionBuilder;
  readonly data: DataSegment;
  readonly p: Local;
  readonly simd: boolean;
  readonly helpers: EmitterOptions;
  /** Values bound by `let`, and their ranges. */
  readonly variables = new Map<string, Local>();
  readonly ranges = new Map<string, Range>();
  /** Keys by address that the function has in locals throughout, to be set before its rows. */
  readonly keyLocals = new Map<number, Local>();
  readonly #mostKeyLocals: number;
  #pending = 0;
  #levels = new Map<Level, LevelLocals>();
  #draws = new Map<Env, DrawState>();
  #shared: Map<string, Local>[] = [new Map()];
  #scopeIds = new Map<Scope, number>();
  #scratch: Local[] = [];

  /** @param keyLocals how many keys to hold in locals; the others are loaded where they are used */
  constructor(f: FunctionBuilder, p: Local, data: DataSegment, options: EmitterOptions, keyLocals = 0) {
    this.f = f;
    this.p = p;
    this.data = data;
    this.simd = options.simd;
    this.helpers = options;
    this.#mostKeyLocals = keyLocals;
  }

  // --- output pointer

  /** Address code and static offset of the next byte of output. */
  get out(): { base: Code; offset: number } {
    return { base: get(this.p), offset: this.#pending };
  }

  /** Moves on by a constant. */
  skip(bytes: number): void {
    this.#pending += bytes;
    // Offsets are cheap but not endless; this also keeps them far from the 32-bit limit.
    if (this.#pending > 4096) this.settle();
  }

  /** Moves on by a computed number of bytes. */
  advance(bytes: Code): void {
    const sum = i32.add(get(this.p), bytes);
    this.f.emit(set(this.p, this.#pending === 0 ? sum : i32.add(sum, i32.const(this.#pending))));
    this.#pending = 0;
  }

  /** Brings the pointer up to date, before control flow joins or a call takes it. */
  settle(): void {
    if (this.#pending === 0) return;
    this.f.emit(set(this.p, i32.add(get(this.p), i32.const(this.#pending))));
    this.#pending = 0;
  }

  // --- levels

  bindLevel(level: Level, row: Local, step: Local): void {
    this.#levels.set(level, { row, step });
  }

  level(level: Level): LevelLocals {
    const locals = this.#levels.get(level);
    if (locals === undefined) throw new Error('a field was emitted outside the rows it belongs to');
    return locals;
  }

  // --- scratch locals, alive until the end of the operation

  hold(type: Local['type'], value: Code): Local {
    const local = this.f.bind(type, value);
    this.#scratch.push(local);
    return local;
  }

  /** Emits one operation and recycles the locals it held. */
  operation(build: () => void): void {
    const outer = this.#scratch;
    this.#scratch = [];
    build();
    this.f.release(...this.#scratch);
    this.#scratch = outer;
  }

  /** A branch: pointer settled on both ends, nothing computed inside is visible outside. */
  branch(build: () => void): Code {
    this.#shared.push(new Map());
    const code = this.f.capture(() => {
      build();
      this.settle();
    });
    this.#shared.pop();
    return code;
  }

  // --- random words

  /** Word `draw` of the stream of any key in the level's row, in a local. */
  word(path: string, draw: number, level: Level): Local {
    return this.#mix(this.#wordBase(path, draw, level));
  }

  #wordBase(path: string, draw: number, level: Level): Code {
    return i64.add(get(this.level(level).step), this.key(path, draw));
  }

  /** key(path) + draw * DRAW_STEP */
  key(path: string, draw = 0): Code {
    const address = this.helpers.keys.address(path, draw);
    const held = this.keyLocals.get(address);
    if (held !== undefined) return get(held);
    if (this.keyLocals.size === this.#mostKeyLocals) return i64.load(i32.const(0), address);
    const local = this.f.fresh('i64');
    this.keyLocals.set(address, local);
    return get(local);
  }

  #mix(value: Code): Local {
    const z = this.hold('i64', value);
    const round = (shift: number, factor: Code): void =>
      this.f.emit(set(z, i64.mul(i64.xor(get(z), i64.shrU(get(z), i64.const(shift))), factor)));
    round(30, MIX_FACTORS[0]);
    round(27, MIX_FACTORS[1]);
    this.f.emit(set(z, i64.xor(get(z), i64.shrU(get(z), i64.const(31)))));
    return z;
  }

  drawState(env: Env): DrawState {
    let state = this.#draws.get(env);
    if (state === undefined) {
      state = freshDraws();
      this.#draws.set(env, state);
    }
    return state;
  }

  /** The next 64-bit word of a field's stream. */
  nextWord(env: Env): Local {
    const state = this.drawState(env);
    const draw = state.next++;
    if (state.base === undefined) return this.word(env.path, draw, env.scope.level);
    return this.#mix(i64.add(get(state.base), i64.const(BigInt(draw) * DRAW_STEP)));
  }

  /** Thirty-two fresh bits of a field's stream, as an i64: high half of a word first, then its low half. */
  nextHalf(env: Env): Code {
    const state = this.drawState(env);
    if (state.low !== undefined) {
      const word = state.low;
      state.low = undefined;
      return i64.and(get(word), i64.const(0xffffffff));
    }
    const word = this.nextWord(env);
    state.low = word;
    return i64.shrU(get(word), i64.const(32));
  }

  /** Forgets half-used words: what follows runs in another iteration or branch. */
  flushDraws(env: Env): void {
    const state = this.drawState(env);
    state.low = undefined;
    state.chain = undefined;
  }

  /**
   * A loop whose iterations take their own draws: `body` may draw any fixed number of words, and the base moves on by as
   * many after each iteration.
   */
  drawLoop(env: Env, body: () => void): Code {
    const state = this.drawState(env);
    this.flushDraws(env);
    const start = state.next;
    const outer = state.base;
    const base = this.f.local('i64');
    const from =
      outer === undefined
        ? this.#wordBase(env.path, start, env.scope.level)
        : i64.add(get(outer), i64.const(BigInt(start) * DRAW_STEP));
    this.f.emit(set(base, from));
    state.base = base;
    state.next = 0;
    return this.branch(() => {
      body();
      this.flushDraws(env);
      // An inner loop leaves a base of its own, further on: the next iteration starts from there.
      this.f.emit(set(base, i64.add(get(state.base ?? base), i64.const(BigInt(state.next) * DRAW_STEP))));
      state.base = base;
      state.next = 0;
    });
  }

  /** Thirty-two bits that every field of the group sees alike, as an i64. */
  sharedHalf(scope: Scope, group: string, slot: number): Code {
    const word = this.#sharedWord(scope, group, slot >> 1);
    return (slot & 1) === 0 ? i64.shrU(get(word), i64.const(32)) : i64.and(get(word), i64.const(0xffffffff));
  }

  #sharedWord(scope: Scope, group: string, draw: number): Local {
    let id = this.#scopeIds.get(scope);
    if (id === undefined) {
      id = this.#scopeIds.size;
      this.#scopeIds.set(scope, id);
    }
    const name = `${id}\0${group}\0${draw}`;
    for (const layer of this.#shared) {
      const known = layer.get(name);
      if (known !== undefined) return known;
    }
    const value = this.word(scope.groupPath(group), draw, scope.level);
    // Kept for the rest of the row (or branch), so it must outlive the operation's scratch locals.
    const kept = this.f.bind('i64', get(value));
    this.#shared[this.#shared.length - 1]?.set(name, kept);
    return kept;
  }

  /** The row's step local from its row number. */
  stepOf(row: Local): Code {
    return i64.mul(get(row), STEP_FACTOR);
  }
}
