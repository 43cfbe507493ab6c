import type { CellEncoding, Enclosure, Structure, TextFacts } from '../format/cell-encoding.ts';
import type { DocumentPart, Int, Piece, Program, ProgramField } from '../plan/program.ts';
import { encoded } from './encoded.ts';
import type { Env, Level, Op, Scope } from './op.ts';
import type { Range } from './range.ts';
import { serialDate } from './serial-dates.ts';

type TextProgram = Extract<Program, { body: readonly Piece[] }>;

const NOTHING_BOUND: ReadonlyMap<string, Range> = new Map();

/** Turns programs into operations for one format: texts are encoded, quotes and nulls are put in place. */
export class Lowering {
  /** The coherence groups under a path, over the rows of `level` (a level of its own unless one is given). */
  scope(path: string, level: Level = {}): Scope {
    return { level, groupPath: (group) => `${path}\0${group}` };
  }

  /** The operations of one field. */
  field(field: ProgramField, encoding: CellEncoding, scope: Scope): Op[] {
    const env: Env = { path: field.path, uniquePath: `${field.path}\0unique`, scope };
    return this.#program(field.program, field.path, encoding, env, NOTHING_BOUND);
  }

  #program(program: Program, path: string, encoding: CellEncoding, env: Env, bound: ReadonlyMap<string, Range>): Op[] {
    switch (program.kind) {
      case 'boolean':
        return [{ o: 'pick', from: encoding.boolean, index: program.value, env }];
      case 'choice': {
        const from = program.values.map((value) => encoding.value(value));
        return from.length === 1 ? [bytes(from[0] ?? '')] : [{ o: 'pick', from, index: program.index, env }];
      }
      case 'document': {
        const { open, close, encoding: inner } = encoding.structure.document;
        return [bytes(open), ...program.parts.map((part) => documentOp(part, inner(), env)), bytes(close)];
      }
      case 'column':
        return [{ o: 'column', column: program.column }];
      case 'computed':
        // Reached only inside the rows that columns are computed from: the function is applied afterwards.
        return this.#program(program.input, path, encoding, env, bound);
      case 'derived':
        // Reached only inside the rows that columns are computed from: the value is filled in afterwards.
        return [bytes(encoding.null)];
      case 'nullable': {
        const otherwise = this.#program(program.program, path, encoding, env, bound);
        return [
          {
            o: 'nullable',
            threshold: program.threshold,
            nullPath: `${path}\0null`,
            scope: env.scope,
            ifNull: [bytes(encoding.null)],
            otherwise,
          },
        ];
      }
      case 'unique': {
        const image: Int = { op: 'permute', of: { op: 'row' }, size: program.size };
        return [
          { o: 'let', name: 'unique', value: image, env },
          ...this.#program(
            program.program,
            path,
            encoding,
            env,
            new Map([['unique', { lo: 0n, hi: program.size - 1n }]]),
          ),
        ];
      }
      case 'object': {
        const { object } = encoding.structure;
        return this.object(program.fields, encoding.structure, object, env.scope, path);
      }
      case 'array': {
        const { list } = encoding.structure;
        const scope = this.scope(path);
        const children: Op = {
          o: 'children',
          count: program.count,
          stride: program.stride,
          body: this.object(program.fields, encoding.structure, list.item, scope, path),
          separator: list.separator,
          env,
          scope,
        };
        return [bytes(list.open), children, bytes(list.close)];
      }
      case 'list': {
        const { list, item: itemEncoding } = encoding.structure;
        const { item, count, stride } = program;
        const scope = this.scope(path);
        const body = this.field(item, itemEncoding(), scope);
        const children: Op = { o: 'children', count, stride, body, separator: list.separator, env, scope };
        return [bytes(list.open), children, bytes(list.close)];
      }
      case 'reference': {
        const scope = this.scope('');
        const body = this.field({ name: '', path: program.path, program: program.program }, encoding, scope);
        return [{ o: 'elsewhere', row: program.row, body, env, scope }];
      }
      case 'selected': {
        // Reached only inside the rows that columns are computed from, like what follows: all cases, to choose from.
        const { object } = encoding.structure;
        return this.object(program.cases, encoding.structure, object, env.scope, path);
      }
      case 'running':
        return [bytes(encoding.null)];
      default:
        return this.#text(encoding.serialDates === true ? serial(program, bound) : program, encoding, env);
    }
  }

  /** An object of fields, within an enclosure. */
  object(
    fields: readonly ProgramField[],
    structure: Structure,
    { open, close }: Enclosure,
    scope: Scope,
    path: string,
  ): Op[] {
    const own = this.scope(path, scope.level);
    const ops: Op[] = [bytes(open)];
    fields.forEach((field, index) => {
      const { before, encoding } = structure.member(field.name, index);
      ops.push(bytes(before), ...this.field(field, encoding, own), { o: 'seam' });
    });
    ops.push(bytes(close));
    return ops;
  }

  #text(program: TextProgram, encoding: CellEncoding, env: Env): Op[] {
    const [only] = program.body;
    if (program.body.length === 1 && only?.p === 'pick' && program.kind === 'string' && encoding.framesTexts !== true) {
      // One entry of a list is the whole value: each entry carries its own quotes, or none.
      const from = encoded(only.from, encoding, (text) => encoding.value(text));
      return [{ o: 'pick', from, index: only.index, env }];
    }
    const form = encoding.text(program.kind, factsOf(program.body));
    const convert = (piece: Piece): Op => {
      switch (piece.p) {
        case 'text':
          return bytes(form.escape(piece.text));
        case 'pick':
          return { o: 'pick', from: encoded(piece.from, form.escape, form.escape), index: piece.index, env };
        case 'digits':
          return { o: 'digits', value: piece.value, width: piece.width, env };
        case 'integer':
          return { o: 'integer', value: piece.value, env };
        case 'fixed':
          return { o: 'fixed', value: piece.value, decimals: piece.decimals, env };
        case 'uuid':
          return { o: 'uuid', env };
        case 'date':
          return { o: 'date', days: piece.days, env };
        case 'let':
          return { o: 'let', name: piece.name, value: piece.value, env };
        case 'switch':
          return { o: 'switch', on: piece.on, cases: piece.cases.map((body) => body.map(convert)), env };
        case 'repeat':
          return {
            o: 'repeat',
            count: piece.count,
            body: piece.body.map(convert),
            separator: piece.separator.map(convert),
            env,
          };
      }
    };
    const pieces = program.body.map(convert);
    const body: Op[] = form.guard === undefined ? pieces : [{ o: 'guard', body: pieces, ...form.guard }];
    if (form.empty !== undefined) return [{ o: 'or empty', body, empty: form.empty }];
    return [bytes(form.open), ...body, bytes(form.close)];
  }
}

function documentOp(part: DocumentPart, inner: CellEncoding, env: Env): Op {
  if (typeof part === 'string') return bytes(part);
  if (part.p === 'json') return bytes(inner.value(part.value));
  return part.p === 'integer'
    ? { o: 'integer', value: part.value, env }
    : { o: 'fixed', value: part.value, decimals: part.decimals, env };
}

/** Dates and times as serial numbers, or as texts where that cannot be. */
function serial(program: TextProgram, bound: ReadonlyMap<string, Range>): TextProgram {
  if (program.kind !== 'date' && program.kind !== 'datetime' && program.kind !== 'time') return program;
  const body = serialDate(program.body, bound);
  return body === undefined ? { ...program, kind: 'string' } : { ...program, body };
}

export const bytes = (text: string): Op => ({ o: 'bytes', text });

function factsOf(body: readonly Piece[]): TextFacts {
  const some = (pieces: readonly Piece[], test: (text: string) => boolean): boolean =>
    pieces.some((piece) => {
      if (piece.p === 'text') return test(piece.text);
      if (piece.p === 'pick') return piece.from.some(test);
      if (piece.p === 'switch') return piece.cases.some((inner) => some(inner, test));
      if (piece.p === 'repeat') return some(piece.body, test) || some(piece.separator, test);
      return false;
    });
  return {
    some: (test) => some(body, test),
    mayBeEmpty: body.every(mayBeEmpty),
    mayBeginWith: (test) => mayBegin(body, test),
  };
}

function mayBegin(body: readonly Piece[], test: (text: string) => boolean): boolean {
  for (const piece of body) {
    if (beginnings(piece, test)) return true;
    if (!mayBeEmpty(piece)) return false;
  }
  return false;
}

function beginnings(piece: Piece, test: (text: string) => boolean): boolean {
  switch (piece.p) {
    case 'text':
      return test(piece.text);
    case 'pick':
      return piece.from.some(test);
    case 'integer':
    case 'fixed':
      return test('-');
    case 'switch':
      return piece.cases.some((inner) => mayBegin(inner, test));
    case 'repeat':
      return mayBegin([...piece.body, ...piece.separator], test);
    default:
      return false;
  }
}

function mayBeEmpty(piece: Piece): boolean {
  if (piece.p === 'text') return piece.text === '';
  if (piece.p === 'pick') return piece.from.includes('');
  if (piece.p === 'switch') return piece.cases.some((inner) => inner.every(mayBeEmpty));
  if (piece.p === 'repeat') return !isPositive(piece.count) || piece.body.every(mayBeEmpty);
  return piece.p === 'let';
}

const isPositive = (count: Int): boolean =>
  (count.op === 'const' && Number(count.value) > 0) ||
  (count.op === 'add' && (isPositive(count.b) || isPositive(count.a)));
