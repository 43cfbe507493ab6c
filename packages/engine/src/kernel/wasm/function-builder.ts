import { type Code, get, type Local, set, type ValueType } from './code.ts';

/** One WebAssembly function under construction: parameters, locals (recycled after use) and a body. */
export class FunctionBuilder {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly locals: ValueType[] = [];
  #body: Code[] = [];
  #free: Record<ValueType, Local[]> = { i32: [], i64: [], f64: [], v128: [] };

  constructor(params: readonly ValueType[], results: readonly ValueType[]) {
    this.params = params;
    this.results = results;
  }

  param(index: number): Local {
    const type = this.params[index];
    if (type === undefined) throw new RangeError(`no parameter ${index}`);
    return { index, type };
  }

  /** A local that nobody uses now; hand it back with `release`. */
  local(type: ValueType): Local {
    return this.#free[type].pop() ?? this.fresh(type);
  }

  /** A local that nothing has used before: what is set in it outside of a loop is there all the time. */
  fresh(type: ValueType): Local {
    this.locals.push(type);
    return { index: this.params.length + this.locals.length - 1, type };
  }

  release(...locals: Local[]): void {
    for (const local of locals) this.#free[local.type].push(local);
  }

  emit(...code: Code[]): void {
    this.#body.push(...code);
  }

  /** Stores a value in a fresh local. */
  bind(type: ValueType, value: Code): Local {
    const local = this.local(type);
    this.emit(set(local, value));
    return local;
  }

  /** Runs `build` and returns what it emitted instead of adding it to the body (for branches and loops). */
  capture(build: () => void): Code {
    const outer = this.#body;
    this.#body = [];
    try {
      build();
      return this.#body;
    } finally {
      this.#body = outer;
    }
  }

  get body(): Code {
    return this.#body;
  }
}

export { get };
