import type { CellEncoding, Enclosure, Structure, TextFacts, TextForm } from '../format/cell-encoding.ts';
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
    return this.#program(field.program, field.path, encoding, envOf(field.path, scope), NOTHING_BOUND);
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
        // Without a program it is reached only inside the rows that columns are computed from: the value is filled in afterwards.
        return program.compiled === undefined
          ? [bytes(encoding.null)]
          : this.#program(program.compiled, path, encoding, env, bound);
      case 'either': {
        const cases = program.cases.map((inner) =>
          inner.kind === 'string'
            ? this.#whole(inner, encoding, env)
            : this.#program(inner, path, encoding, env, bound),
        );
        const [only] = cases;
        const lets = this.#pieces(program.lets, asIs, env);
        return cases.length === 1 && only !== undefined
          ? [...lets, ...only]
          : [...lets, { o: 'switch', on: program.on, cases, env }];
      }
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
      case 'external':
        // Says no more than that the field is not null here.
        return [bytes(encoding.value(true))];
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
      return [this.#wholePick(only, encoding, env)];
    }
    return this.#formed(program.body, encoding.text(program.kind, factsOf(program.body)), env);
  }

  #wholePick({ from, index }: Extract<Piece, { p: 'pick' }>, encoding: CellEncoding, env: Env): Op {
    return { o: 'pick', from: encoded(from, encoding, (text) => encoding.value(text)), index, env };
  }

  /** A text as the format writes those made in JavaScript. */
  #whole({ body }: TextProgram, encoding: CellEncoding, env: Env): Op[] {
    const [only] = body;
    if (body.length === 1 && only?.p === 'pick') return [this.#wholePick(only, encoding, env)];
    const form = wholeForm(body, encoding);
    if (form === undefined) throw new Error('the format has no form for this text');
    return this.#formed(body, form, env);
  }

  #formed(parts: readonly Piece[], form: TextForm, env: Env): Op[] {
    const pieces = this.#pieces(parts, form.escape, env);
    const guarded: Op[] = form.guard === undefined ? pieces : [{ o: 'guard', body: pieces, ...form.guard }];
    const body: Op[] = form.quotes === undefined ? guarded : [{ o: 'quotes', body: guarded, ...form.quotes }];
    if (form.empty !== undefined) return [{ o: 'or empty', body, empty: form.empty }];
    return [bytes(form.open), ...body, bytes(form.close)];
  }

  #pieces(pieces: readonly Piece[], escaped: TextForm['escape'], env: Env): Op[] {
    return pieces.flatMap((piece) => this.#piece(piece, escaped, env));
  }

  #piece(piece: Piece, escaped: TextForm['escape'], env: Env): Op[] {
    switch (piece.p) {
      case 'text':
        return [bytes(escaped(piece.text))];
      case 'pick':
        return [{ o: 'pick', from: encoded(piece.from, escaped, escaped), index: piece.index, env }];
      case 'digits':
        return [{ o: 'digits', value: piece.value, width: piece.width, env }];
      case 'integer':
        return [{ o: 'integer', value: piece.value, env }];
      case 'fixed':
        return [fixedOp(piece, env)];
      case 'real':
        return [{ o: 'real', value: piece.value, mostly: piece.mostly, env }];
      case 'uuid':
        return [{ o: 'uuid', env }];
      case 'date':
        return [{ o: 'date', days: piece.days, env }];
      case 'let':
        return [{ o: 'let', name: piece.name, value: piece.value, env }];
      case 'switch':
        return [{ o: 'switch', on: piece.on, cases: piece.cases.map((body) => this.#pieces(body, escaped, env)), env }];
      case 'repeat':
        return [
          {
            o: 'repeat',
            count: piece.count,
            body: this.#pieces(piece.body, escaped, env),
            separator: this.#pieces(piece.separator, escaped, env),
            env,
          },
        ];
      case 'of': {
        const { level } = env.scope;
        const scope = piece.within === undefined ? env.scope : this.scope(piece.within, level);
        return this.#pieces(piece.body, escaped, envOf(piece.path, scope));
      }
    }
  }
}

function documentOp(part: DocumentPart, inner: CellEncoding, env: Env): Op {
  if (typeof part === 'string') return bytes(part);
  if (part.p === 'json') return bytes(inner.value(part.value));
  return part.p === 'integer' ? { o: 'integer', value: part.value, env } : fixedOp(part, env);
}

const fixedOp = ({ value, decimals, trimmed }: Extract<Piece, { p: 'fixed' }>, env: Env): Op => ({
  o: 'fixed',
  value,
  decimals,
  trimmed: trimmed === true,
  env,
});

/** The form of a text that is written as if made in JavaScript; undefined when there is none. */
const wholeForm = (body: readonly Piece[], encoding: CellEncoding): TextForm | undefined =>
  encoding.whole === undefined ? encoding.text('string', factsOf(body)) : encoding.whole(factsOf(body));

/** Whether a format can write a text, byte for byte, as it writes those made in JavaScript. */
export const hasWholeForm = (body: readonly Piece[], encoding: CellEncoding): boolean =>
  (body.length === 1 && body[0]?.p === 'pick') || wholeForm(body, encoding) !== undefined;

/** Whether some literal or list entry of a text passes the test. */
export const someText = (body: readonly Piece[], test: (text: string) => boolean): boolean => factsOf(body).some(test);

const envOf = (path: string, scope: Scope): Env => ({ path, uniquePath: `${path}\0unique`, scope });

const asIs = (text: string): string => text;

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
      if (piece.p === 'of') return some(piece.body, test);
      return false;
    });
  return {
    some: (test) => some(body, test),
    mayBeEmpty: body.every(mayBeEmpty),
    mayBeginWith: (test) => mayMeet(body, test, 'first'),
    mayEndWith: (test) => mayMeet(body, test, 'last'),
  };
}

type End = 'first' | 'last';

/** Whether what stands at this end of a text may pass the test. */
function mayMeet(body: readonly Piece[], test: (text: string) => boolean, end: End): boolean {
  for (const piece of end === 'first' ? body : body.toReversed()) {
    if (meets(piece, test, end)) return true;
    if (!mayBeEmpty(piece)) return false;
  }
  return false;
}

function meets(piece: Piece, test: (text: string) => boolean, end: End): boolean {
  switch (piece.p) {
    case 'text':
      return test(piece.text);
    case 'pick':
      return piece.from.some(test);
    case 'integer':
    case 'fixed':
    case 'real':
      return end === 'first' && test('-');
    case 'switch':
      return piece.cases.some((inner) => mayMeet(inner, test, end));
    case 'repeat':
      return mayMeet(
        end === 'first' ? [...piece.body, ...piece.separator] : [...piece.separator, ...piece.body],
        test,
        end,
      );
    case 'of':
      return mayMeet(piece.body, test, end);
    default:
      return false;
  }
}

function mayBeEmpty(piece: Piece): boolean {
  if (piece.p === 'text') return piece.text === '';
  if (piece.p === 'pick') return piece.from.includes('');
  if (piece.p === 'switch') return piece.cases.some((inner) => inner.every(mayBeEmpty));
  if (piece.p === 'repeat') return !isPositive(piece.count) || piece.body.every(mayBeEmpty);
  if (piece.p === 'of') return piece.body.every(mayBeEmpty);
  return piece.p === 'let';
}

const isPositive = (count: Int): boolean =>
  (count.op === 'const' && Number(count.value) > 0) ||
  (count.op === 'add' && (isPositive(count.b) || isPositive(count.a)));
