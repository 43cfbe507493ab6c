import type { Int } from '../plan/program.ts';
import { emitDate } from './emit-date.ts';
import { emitInt, type Num, toI32, toI64 } from './emit-int.ts';
import { emitDigits, emitFixed, emitInteger } from './emit-number.ts';
import { emitReal, realCode } from './emit-real.ts';
import { copyBytes, emitBytes, emitPick } from './emit-text.ts';
import { emitUuid } from './emit-uuid.ts';
import type { Emitter } from './emitter.ts';
import type { Level, Op } from './op.ts';
import { block, br, brIf, brTable, type Code, f64, get, i32, i64, ifElse, loop, memoryCopy, set } from './wasm/code.ts';

/** Above this weight a list of fields is cut into functions: compilers are superlinear in a function's size. */
const FUNCTION_WEIGHT = 600;

/** Emits operations in order; the stretch between two seams is one field, at whose end its scratch locals are free. */
export function emitOps(e: Emitter, ops: readonly Op[], level: Level): void {
  const fields = splitAtSeams(ops);
  if (fields.length > 1 && weightOf(ops) > FUNCTION_WEIGHT) {
    for (const group of groupByWeight(fields)) e.helpers.outline(e, group, level);
    return;
  }
  for (const field of fields) {
    e.operation(() => {
      for (const op of field) emitOp(e, op, level);
    });
  }
}

function splitAtSeams(ops: readonly Op[]): Op[][] {
  const fields: Op[][] = [[]];
  for (const op of ops) {
    if (op.o === 'seam') fields.push([]);
    else fields.at(-1)?.push(op);
  }
  return fields.filter((field) => field.length > 0);
}

/** Consecutive fields together while they stay under the limit, each group joined by seams again. */
function groupByWeight(fields: readonly Op[][]): Op[][] {
  const groups: Op[][] = [];
  let weight = Number.POSITIVE_INFINITY;
  for (const field of fields) {
    const own = weightOf(field);
    if (weight + own > FUNCTION_WEIGHT) {
      groups.push([...field]);
      weight = own;
    } else {
      groups.at(-1)?.push({ o: 'seam' }, ...field);
      weight += own;
    }
  }
  return groups;
}

function weightOf(ops: readonly Op[]): number {
  let weight = 0;
  for (const op of ops) {
    if (op.o !== 'seam') weight += 1;
    if (op.o === 'switch') for (const body of op.cases) weight += weightOf(body);
    else if (
      op.o === 'repeat' ||
      op.o === 'children' ||
      op.o === 'elsewhere' ||
      op.o === 'or empty' ||
      op.o === 'guard' ||
      op.o === 'quotes'
    ) {
      weight += weightOf(op.body);
    } else if (op.o === 'nullable') weight += weightOf(op.otherwise);
  }
  return weight;
}

function emitOp(e: Emitter, op: Op, level: Level): void {
  switch (op.o) {
    case 'bytes':
      return emitBytes(e, op.text);
    case 'pick':
      return emitPick(e, op);
    case 'digits':
      return emitDigits(e, held(e, emitInt(e, op.value, op.env)), op.width);
    case 'integer':
      return emitInteger(e, held(e, emitInt(e, op.value, op.env)));
    case 'fixed':
      return emitFixed(e, held(e, emitInt(e, op.value, op.env)), op.decimals, op.trimmed);
    case 'real':
      return emitRealOp(e, op);
    case 'uuid':
      return emitUuid(e, op.env);
    case 'date':
      return emitDate(e, held(e, emitInt(e, op.days, op.env)));
    case 'let': {
      const value = emitInt(e, op.value, op.env);
      e.variables.set(op.name, { local: e.hold(value.type, value.code), range: value.range });
      return;
    }
    case 'switch':
      return emitSwitch(e, op, level);
    case 'repeat':
      return emitRepeat(e, op, level);
    case 'children':
      return emitChildren(e, op);
    case 'elsewhere':
      return emitElsewhere(e, op);
    case 'nullable':
      return emitNullable(e, op, level);
    case 'or empty':
      return emitOrEmpty(e, op, level);
    case 'guard':
      return emitGuard(e, op, level);
    case 'quotes':
      return emitQuotes(e, op, level);
    case 'column':
      return emitColumn(e, e.helpers.column(op.column));
    case 'seam':
      return;
  }
}

function emitRealOp(e: Emitter, { value, mostly, env }: Extract<Op, { o: 'real' }>): void {
  const codeOf = (int: Int): Num => emitInt(e, int, env);
  const real = e.hold('f64', realCode(value, codeOf));
  if (mostly === undefined) return emitReal(e, real);
  const { units, decimals } = mostly;
  const known = held(e, codeOf(units));
  const same = f64.eq(
    get(real),
    realCode({ r: 'decimal', units, decimals }, () => known),
  );
  e.settle();
  const likely = e.branch(() => emitFixed(e, known, decimals, true));
  const otherwise = e.branch(() => emitReal(e, real));
  e.f.emit(ifElse(same, likely, otherwise));
}

/** Computes a number before anything of the operation is written, so that draws and writes never interleave. */
const held = (e: Emitter, num: Num): Num => ({ ...num, code: get(e.hold(num.type, num.code)) });

// A case with a loop in it takes an unknown number of draws, but fewer than this.
const LOOP_DRAWS = 2 ** 20;

function emitSwitch(e: Emitter, op: Extract<Op, { o: 'switch' }>, level: Level): void {
  const on = e.hold('i32', toI32(emitInt(e, op.on, op.env)).code);
  e.settle();
  e.flushDraws(op.env);
  const state = e.drawState(op.env);
  const { next, base } = state;
  let furthest = next;
  const cases = op.cases.map((body) => {
    // Alternatives exclude each other, so they may use the same draws; what follows goes on after the longest.
    state.next = next;
    state.base = base;
    const code = e.branch(() => emitOps(e, body, level));
    furthest = Math.max(furthest, state.base === base ? state.next : next + LOOP_DRAWS);
    e.flushDraws(op.env);
    return code;
  });
  state.next = furthest;
  state.base = base;
  // Block nesting: case i is entered by leaving i + 1 blocks; each case then leaves the whole.
  const last = cases.length - 1;
  let code: Code = block(
    brTable(
      Array.from({ length: last }, (_, i) => i),
      last,
      get(on),
    ),
  );
  cases.forEach((body, i) => {
    const content: Code = [code, body, i === last ? [] : br(last - i)];
    code = i === last ? content : block(content);
  });
  e.f.emit(block(code));
}

function emitRepeat(e: Emitter, op: Extract<Op, { o: 'repeat' }>, level: Level): void {
  const count = e.hold('i32', toI32(emitInt(e, op.count, op.env)).code);
  const i = e.hold('i32', i32.const(0));
  e.f.emit(set(i, i32.const(0)));
  e.settle();
  const body = e.drawLoop(op.env, () => {
    if (op.separator.length > 0)
      e.f.emit(
        ifElse(
          get(i),
          e.branch(() => emitOps(e, op.separator, level)),
        ),
      );
    emitOps(e, op.body, level);
  });
  const step: Code = [set(i, i32.add(get(i), i32.const(1))), brIf(0, i32.ltU(get(i), get(count)))];
  e.f.emit(ifElse(get(count), loop([body, step])));
}

function emitChildren(e: Emitter, op: Extract<Op, { o: 'children' }>): void {
  const count = e.hold('i32', toI32(emitInt(e, op.count, op.env)).code);
  const i = e.hold('i32', i32.const(0));
  const row = e.hold('i64', i64.mul(get(e.level(op.env.scope.level).row), i64.const(op.stride)));
  const step = e.hold('i64', i64.const(0));
  e.f.emit(set(i, i32.const(0)));
  e.settle();
  e.bindLevel(op.scope.level, row, step);
  const body = e.branch(() => {
    e.f.emit(
      ifElse(
        get(i),
        e.branch(() => emitBytes(e, op.separator)),
      ),
    );
    e.f.emit(set(step, e.stepOf(row)));
    emitOps(e, op.body, op.scope.level);
  });
  const next: Code = [
    set(row, i64.add(get(row), i64.const(1))),
    set(i, i32.add(get(i), i32.const(1))),
    brIf(0, i32.ltU(get(i), get(count))),
  ];
  e.f.emit(ifElse(get(count), loop([body, next])));
}

function emitElsewhere(e: Emitter, op: Extract<Op, { o: 'elsewhere' }>): void {
  const row = e.hold('i64', toI64(emitInt(e, op.row, op.env)).code);
  const step = e.hold('i64', e.stepOf(row));
  e.settle();
  e.bindLevel(op.scope.level, row, step);
  e.f.emit(e.branch(() => emitOps(e, op.body, op.scope.level)));
}

function emitNullable(e: Emitter, op: Extract<Op, { o: 'nullable' }>, level: Level): void {
  const word = e.word(op.nullPath, 0, op.scope.level);
  e.settle();
  const isNull = i64.ltU(i64.shrU(get(word), i64.const(32)), i64.const(op.threshold));
  const then = e.branch(() => emitOps(e, op.ifNull, level));
  const otherwise = e.branch(() => emitOps(e, op.otherwise, level));
  e.f.emit(ifElse(isNull, then, otherwise));
}

function emitOrEmpty(e: Emitter, op: Extract<Op, { o: 'or empty' }>, level: Level): void {
  e.settle();
  const start = e.hold('i32', get(e.p));
  emitOps(e, op.body, level);
  e.settle();
  e.f.emit(
    ifElse(
      i32.eq(get(e.p), get(start)),
      e.branch(() => emitBytes(e, op.empty)),
    ),
  );
}

/** Writes the body one byte further on; what then lies before it is the prefix, or the body moves back over it. */
function emitGuard(e: Emitter, op: Extract<Op, { o: 'guard' }>, level: Level): void {
  e.settle();
  const start = e.hold('i32', get(e.p));
  e.skip(1);
  emitOps(e, op.body, level);
  e.settle();
  const first = e.hold('i32', i32.load8U(get(start), 1));
  const isOne = Array.from(op.first, (character) => {
    const [lead = 0, ...rest] = new TextEncoder().encode(character);
    // What follows a first byte is behind it: texts are whole characters.
    return rest.reduce(
      (same, byte, index) => i32.and(same, i32.eq(i32.load8U(get(start), index + 2), i32.const(byte))),
      i32.eq(get(first), i32.const(lead)),
    );
  });
  const length = e.hold('i32', i32.sub(i32.sub(get(e.p), get(start)), i32.const(1)));
  e.f.emit(
    ifElse(
      i32.and(i32.gtU(get(length), i32.const(0)), isOne.reduce(i32.or)),
      i32.store8(get(start), 0, i32.const(op.prefix.charCodeAt(0))),
      [
        memoryCopy(get(start), i32.add(get(start), i32.const(1)), get(length)),
        set(e.p, i32.sub(get(e.p), i32.const(1))),
      ],
    ),
  );
}

/** Writes the body, looks through it, and moves it on by a byte for the quote where it needs quotes: few texts do. */
function emitQuotes(e: Emitter, op: Extract<Op, { o: 'quotes' }>, level: Level): void {
  e.settle();
  const start = e.hold('i32', get(e.p));
  emitOps(e, op.body, level);
  e.settle();
  const at = e.hold('i32', get(start));
  const byte = e.hold('i32', i32.const(0));
  const isOneOf = (characters: string): Code =>
    Array.from(characters, (character) => i32.eq(get(byte), i32.const(character.charCodeAt(0)))).reduce(i32.or);
  const isBlank = (address: Code): Code => [set(byte, i32.load8U(address)), isOneOf(' \t\n\v\f\r')];
  const found = e.hold('i32', i32.const(0));
  const edges = i32.or(isBlank(get(start)), isBlank(i32.sub(get(e.p), i32.const(1))));
  const scan = (): Code => [
    set(byte, i32.load8U(get(at))),
    set(found, i32.or(get(found), isOneOf(op.special))),
    set(at, i32.add(get(at), i32.const(1))),
    brIf(0, i32.ltU(get(at), get(e.p))),
  ];
  const length = i32.sub(get(e.p), get(start));
  const quote = i32.const(34);
  const enclose = [
    memoryCopy(i32.add(get(start), i32.const(1)), get(start), length),
    i32.store8(get(start), 0, quote),
    i32.store8(get(e.p), 1, quote),
    set(e.p, i32.add(get(e.p), i32.const(2))),
  ];
  // An empty text has no edges, and is somebody else's business.
  e.f.emit(
    ifElse(i32.ltU(get(start), get(e.p)), [
      set(found, edges),
      op.special === '' ? [] : loop(scan()),
      ifElse(get(found), enclose),
    ]),
  );
}

function emitColumn(e: Emitter, entry: Code): void {
  const at = e.hold('i32', entry);
  const from = e.hold('i32', i32.load(get(at), 0));
  const length = e.hold('i32', i32.load(get(at), 4));
  copyBytes(e, from, length);
}
