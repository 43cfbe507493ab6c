import { parseExpression } from '../expression/index.ts';
import type { Plan } from '../plan/plan.ts';
import type { Piece, Program } from '../plan/program.ts';

/** What all values of a field are that are not null. `decimal`: numbers that are written with all their decimals, also where these are zeros. */
export type ScalarKind = 'text' | 'number' | 'decimal' | 'boolean';

/**
 * The one kind of all values of each field that are not null, so that they say the same in every format; undefined, where this holds not
 * for all: some are of several kinds, have others within, are not known before they are made, or have half of a surrogate pair in them,
 * which UTF-8 cannot say.
 */
export function scalarKinds({ fields }: Pick<Plan, 'fields'>): ReadonlyMap<string, ScalarKind> | undefined {
  const kinds = new Map<string, ScalarKind>();
  for (const { name, program } of fields) {
    const kind = scalarKind(program);
    if (kind === undefined) return undefined;
    kinds.set(name, kind);
  }
  return kinds;
}

function scalarKind(program: Program): ScalarKind | undefined {
  switch (program.kind) {
    case 'nullable':
    case 'unique':
    case 'column':
    case 'reference':
      return scalarKind(program.program);
    case 'string':
    case 'date':
    case 'time':
    case 'datetime':
    case 'uuid':
      return program.body.every(isWellFormed) ? 'text' : undefined;
    case 'integer':
      return 'number';
    case 'decimal':
      return program.body.every(isTrimmed) ? 'number' : 'decimal';
    case 'boolean':
      return 'boolean';
    case 'choice':
      return kindOfAll(program.values);
    case 'derived':
      return kindOfResult(program.expression);
    default:
      return undefined;
  }
}

function isTrimmed(piece: Piece): boolean {
  switch (piece.p) {
    case 'fixed':
      return piece.trimmed === true;
    case 'switch':
      return piece.cases.every((pieces) => pieces.every(isTrimmed));
    case 'repeat':
    case 'of':
      return piece.body.every(isTrimmed);
    default:
      return true;
  }
}

function isWellFormed(piece: Piece): boolean {
  switch (piece.p) {
    case 'text':
      return piece.text.isWellFormed();
    case 'pick':
      return piece.from.every((text) => text.isWellFormed());
    case 'switch':
      return piece.cases.every((pieces) => pieces.every(isWellFormed));
    case 'repeat':
      return [...piece.body, ...piece.separator].every(isWellFormed);
    case 'of':
      return piece.body.every(isWellFormed);
    default:
      return true;
  }
}

function kindOfAll(values: readonly unknown[]): ScalarKind | undefined {
  const given = values.filter((value) => (value ?? null) !== null);
  const all = (test: (value: unknown) => boolean): boolean => given.length > 0 && given.every(test);
  if (all((value) => typeof value === 'string' && value.isWellFormed())) return 'text';
  if (all((value) => typeof value === 'number')) return 'number';
  return all((value) => typeof value === 'boolean') ? 'boolean' : undefined;
}

/** What is made of well-formed texts is well-formed: functions count characters, and expressions refuse half of one. */
function kindOfResult(source: string): ScalarKind | undefined {
  const parsed = parseExpression(source);
  const type = parsed.ok ? parsed.value.resultType : undefined;
  if (type === 'number' || type === 'boolean') return type;
  return type === 'string' && source.isWellFormed() ? 'text' : undefined;
}
