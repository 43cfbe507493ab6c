import { buildReal } from './build-real.ts';
import { DataSegment } from './data-segment.ts';
import { emitOps } from './emit-ops.ts';
import { Emitter, type EmitterOptions } from './emitter.ts';
import { fuse } from './fuse.ts';
import { buildDecimal, buildSeed, PERMUTE } from './helpers.ts';
import { KeyTable } from './key-table.ts';
import { maxBytes } from './max-bytes.ts';
import { COLUMN_CURSOR, ROWS_DONE, SEED_WORD, SHARED_PAGES } from './memory-layout.ts';
import type { Level, Op } from './op.ts';
import { brIf, call, get, i32, i64, ifElse, loop, set } from './wasm/code.ts';
import { encodeModule } from './wasm/encode-module.ts';
import { FunctionBuilder } from './wasm/function-builder.ts';
import { type CompiledModule, webAssembly } from './wasm/web-assembly.ts';

/**
 * A compiled module, to be instantiated with a memory that begins with `data`. Threads share its machine code. It serves all
 * seeds: each memory has keys of its own.
 */
export interface KernelModule {
  readonly compiled: CompiledModule;
  readonly data: Uint8Array;
  /** Bytes of the module. */
  readonly codeBytes: number;
  /** The most bytes one row can take, JavaScript columns left out. */
  readonly maxRowBytes: number;
  readonly columns: number;
  readonly shared: boolean;
}

/** Small row functions gain from keys in registers; in large ones loads are no slower, and registers are wanted elsewhere. */
const KEY_LOCALS = 4;

export interface KernelOptions {
  readonly level: Level;
  readonly columns: number;
  readonly simd: boolean;
  /** Whether other threads read the output in place. */
  readonly shared: boolean;
}

/**
 * Compiles the operations of one row into a module that exports
 * `rows(out, firstRow: f64, count, limit, columnTable) -> end`: it writes rows until `count` are done or the output pointer
 * has reached `limit`, and leaves the number of rows done at ROWS_DONE. Before, `seed()` makes the keys of the word at SEED_WORD.
 */
export function buildKernel(rowOps: readonly Op[], options: KernelOptions): KernelModule {
  const ops = fuse(rowOps);
  const data = new DataSegment();
  const functions: FunctionBuilder[] = [
    new FunctionBuilder(['i32', 'i64'], ['i32']),
    PERMUTE,
    new FunctionBuilder([], []),
  ];
  const [decimal, , seed] = functions as [FunctionBuilder, FunctionBuilder, FunctionBuilder];
  const keys = new KeyTable(data);
  let real: number | undefined;
  const emitterOptions: EmitterOptions = {
    simd: options.simd,
    keys,
    real: () => {
      if (real === undefined) {
        const f = new FunctionBuilder(['i32', 'f64'], ['i32']);
        buildReal(f, new Emitter(f, f.param(0), data, emitterOptions));
        functions.push(f);
        real = functions.length - 1;
      }
      return real;
    },
    decimal: 0,
    permute: 1,
    column: (column) => i32.add(i32.load(i32.const(COLUMN_CURSOR)), i32.const(column * 8)),
    outline: (outer, inner, level) => {
      const f = new FunctionBuilder(['i32', 'i64'], ['i32']);
      const e = new Emitter(f, f.param(0), data, emitterOptions);
      e.bindLevel(level, f.param(1), f.bind('i64', e.stepOf(f.param(1))));
      emitOps(e, inner, level);
      e.settle();
      f.emit(get(e.p));
      functions.push(f);
      outer.settle();
      outer.f.emit(set(outer.p, call(functions.length - 1, get(outer.p), get(outer.level(level).row))));
    },
  };
  buildDecimal(decimal, new Emitter(decimal, decimal.param(0), data, emitterOptions), 0);
  const rows = buildRows(ops, data, options, emitterOptions);
  functions.push(rows);
  buildSeed(seed, keys.placeRecords(), SEED_WORD);
  const pages = Math.ceil(data.bytes.length / 65536);
  const bytes = encodeModule({
    functions,
    exports: { rows: functions.length - 1, seed: functions.indexOf(seed) },
    pages,
    sharedMaximum: options.shared ? SHARED_PAGES : undefined,
  });
  return {
    compiled: new webAssembly.Module(bytes),
    data: data.bytes,
    codeBytes: bytes.length,
    maxRowBytes: maxBytes(ops),
    columns: options.columns,
    shared: options.shared,
  };
}

function buildRows(
  ops: readonly Op[],
  data: DataSegment,
  options: KernelOptions,
  emitterOptions: EmitterOptions,
): FunctionBuilder {
  const f = new FunctionBuilder(['i32', 'f64', 'i32', 'i32', 'i32'], ['i32']);
  const [out, first, count, limit, columnTable] = [0, 1, 2, 3, 4].map((index) => f.param(index)) as [
    ReturnType<typeof f.param>,
    ReturnType<typeof f.param>,
    ReturnType<typeof f.param>,
    ReturnType<typeof f.param>,
    ReturnType<typeof f.param>,
  ];
  const e = new Emitter(f, out, data, emitterOptions, KEY_LOCALS);
  const row = f.bind('i64', i64.fromF64U(get(first)));
  const step = f.bind('i64', e.stepOf(row));
  const done = f.local('i32');
  e.bindLevel(options.level, row, step);
  const cursor = options.columns === 0 ? [] : [i32.store(i32.const(0), COLUMN_CURSOR, get(columnTable))];
  const body = e.branch(() => {
    f.emit(cursor);
    emitOps(e, ops, options.level);
    e.settle();
    f.emit(set(row, i64.add(get(row), i64.const(1))), set(step, e.stepOf(row)));
    if (options.columns > 0) f.emit(set(columnTable, i32.add(get(columnTable), i32.const(options.columns * 8))));
    f.emit(set(done, i32.add(get(done), i32.const(1))));
    f.emit(brIf(0, i32.and(i32.ltU(get(done), get(count)), i32.ltU(get(out), get(limit)))));
  });
  for (const [address, local] of e.keyLocals) f.emit(set(local, i64.load(i32.const(0), address)));
  f.emit(ifElse(get(count), loop(body)), i32.store(i32.const(0), ROWS_DONE, get(done)), get(out));
  return f;
}
