import { needsJavaScript } from '../../plan/needs-javascript.ts';
import { bind, type Piece, type Program, type ProgramField, row } from '../../plan/program.ts';
import { rangeAfter } from './bindings.ts';
import { NotCertain } from './known.ts';
import { faithful } from './numbers.ts';
import { numberPiece } from './texts.ts';
import { uncompiled } from './uncompiled.ts';

/**
 * A top-level field as the kernel can make it. Objects and lists with something derived in them were made in JavaScript and
 * written as JSON before there were compiled expressions: their other values are made to look as JSON has them too, or all of the
 * field stays in JavaScript.
 */
export function settledField(field: ProgramField): ProgramField {
  const { program } = field;
  if (needsJavaScript(program) || !isContainer(program) || !hasDerived(program)) return field;
  try {
    return { ...field, program: asJson(program, []) };
  } catch (error) {
    if (!(error instanceof NotCertain)) throw error;
    return { ...field, program: uncompiled(program) };
  }
}

function isContainer(program: Program): boolean {
  if (program.kind === 'nullable') return isContainer(program.program);
  return program.kind === 'object' || program.kind === 'array' || program.kind === 'list';
}

function hasDerived(program: Program): boolean {
  switch (program.kind) {
    case 'derived':
      return true;
    case 'nullable':
    case 'unique':
      return hasDerived(program.program);
    case 'object':
    case 'array':
      return program.fields.some((field) => hasDerived(field.program));
    case 'list':
      return hasDerived(program.item.program);
    default:
      return false;
  }
}

/** @param before pieces that bind what the program refers to */
function asJson(program: Program, before: readonly Piece[]): Program {
  switch (program.kind) {
    case 'nullable':
      return { ...program, program: asJson(program.program, before) };
    case 'unique': {
      const image = bind('unique', { op: 'permute', of: row, size: program.size });
      return { ...program, program: asJson(program.program, [...before, image]) };
    }
    case 'reference':
      return { ...program, program: asJson(program.program, []) };
    case 'integer':
    case 'decimal':
      return { ...program, body: shortened(program.body, before) };
    case 'object':
    case 'array':
      return { ...program, fields: jsonFields(program.fields) };
    case 'list':
      return { ...program, item: { ...program.item, program: asJson(program.item.program, []) } };
    case 'derived':
    case 'boolean':
    case 'choice':
    case 'string':
    case 'date':
    case 'time':
    case 'datetime':
    case 'uuid':
      return program;
    default:
      throw new NotCertain(`a value of kind ${program.kind} inside an object`);
  }
}

function jsonFields(fields: readonly ProgramField[]): ProgramField[] {
  const names = fields.map(({ name }) => name);
  // An object of JavaScript has a name once, and those that are numbers first.
  if (new Set(names).size < names.length || names.some((name) => /^(0|[1-9]\d*)$/.test(name)))
    throw new NotCertain('names that an object of JavaScript would move');
  return fields.map((field) => ({ ...field, program: asJson(field.program, []) }));
}

/** A number without zeros at its end, of no more digits than a double holds. */
function shortened(body: readonly Piece[], before: readonly Piece[]): Piece[] {
  const last = body.at(-1);
  const lets = body.slice(0, -1);
  if ((last?.p !== 'integer' && last?.p !== 'fixed') || lets.some(({ p }) => p !== 'let'))
    throw new NotCertain('a number in several pieces');
  const { lo, hi } = rangeAfter([...before, ...lets], last.value);
  const decimals = last.p === 'fixed' ? last.decimals : 0;
  const piece = numberPiece(faithful({ int: last.value, decimals, lo, hi }));
  return [...lets, last.p === 'fixed' && piece.p === 'fixed' ? piece : last];
}
