import type { StepForm } from '../plan/negative-plan.ts';
import type { Piece, Program } from '../plan/program.ts';
import type { Field } from '../template/template.ts';
import { toMillis, toSeconds } from '../types/calendar/temporal.ts';
import type { Options } from '../types/field-type.ts';
import { scaledBounds } from '../types/number.ts';
import type { TypeRules } from '../types/type-rules.ts';
import { rulesOfReference } from './rules-of-reference.ts';

/** What a value is, or `unknown` where it is not known before it is made. */
export type ValueKind =
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'uuid'
  | 'string'
  | 'choice'
  | 'object'
  | 'array'
  | 'unknown';

/** The rules that the values of a field keep, gathered from its options, its program and what its type declares. */
export interface Constraints {
  readonly kind: ValueKind;
  /** Whether right rows may hold null, or an empty text. */
  readonly mayBeNull: boolean;
  readonly mayBeEmpty: boolean;
  readonly unique: boolean;
  /** Least and greatest value, in the unit of the form. */
  readonly bounds?: { readonly form: StepForm; readonly min: number; readonly max: number };
  /** The only values there are. */
  readonly values?: readonly unknown[];
  readonly rules: TypeRules;
}

/** The constraints of a field. @param now what `"now"` means, in milliseconds since the epoch */
export function constraintsOf(field: Field, program: Program, country: string | null, now: number): Constraints {
  const inner = bare(program);
  // A list that is always empty, or an object where a recursion ends: there is nothing in it that could be wrong.
  const ended = field.nested !== undefined && inner.kind === 'choice';
  const kind = ended ? 'unknown' : kindOf(inner);
  const values = inner.kind === 'choice' && !ended ? inner.values : undefined;
  const rules = field.type.rules?.(field.options, country) ?? rulesOfReference(field);
  const bounds = rules.bounds === false ? undefined : boundsOf(kind, inner, field.options, now);
  return {
    kind,
    mayBeNull: field.common.nullPercentage > 0 || kind === 'unknown' || values?.includes(null) === true,
    mayBeEmpty: values?.includes('') ?? (!('body' in inner) || shortest(inner.body) === 0),
    unique: field.common.unique,
    rules,
    ...(bounds === undefined ? {} : { bounds }),
    ...(values === undefined ? {} : { values }),
  };
}

function bare(program: Program): Program {
  return program.kind === 'nullable' || program.kind === 'unique' || program.kind === 'column'
    ? bare(program.program)
    : program;
}

function kindOf(program: Program): ValueKind {
  switch (program.kind) {
    case 'nullable':
    case 'unique':
    case 'column':
    case 'derived':
    case 'either':
    case 'computed':
    case 'selected':
    case 'running':
    case 'external':
    case 'reference':
      return 'unknown';
    case 'list':
      return 'array';
    case 'document':
      return 'object';
    default:
      return program.kind;
  }
}

function boundsOf(kind: ValueKind, program: Program, options: Options, now: number): Constraints['bounds'] {
  const [min, max] = [options['min'], options['max']];
  if (min === undefined || max === undefined) return undefined;
  switch (kind) {
    case 'integer':
    case 'decimal': {
      if (typeof min !== 'number' || typeof max !== 'number') return undefined;
      const decimals = decimalsOf(program);
      if (decimals === undefined) return undefined;
      const scaled = scaledBounds(options, decimals);
      return { form: { kind: 'number', decimals }, min: scaled.min, max: scaled.max };
    }
    case 'date': {
      const [first, last] = [toMillis(min, { now }), toMillis(max, { now })].map((millis) =>
        Math.floor(millis / 86_400_000),
      );
      return range({ kind: 'date' }, first, last);
    }
    case 'datetime': {
      const precision = options['precision'] === 'seconds' ? 'seconds' : 'milliseconds';
      const unit = precision === 'seconds' ? 1000 : 1;
      return range(
        { kind: 'datetime', precision },
        Math.ceil(toMillis(min, { now }) / unit),
        Math.floor(toMillis(max, { now }) / unit),
      );
    }
    case 'time':
      return range({ kind: 'time' }, toSeconds(min), toSeconds(max));
    default:
      return undefined;
  }
}

/** Options called min and max that are no bounds of the kind bound nothing. */
const range = (form: StepForm, min: number | undefined, max: number | undefined): Constraints['bounds'] =>
  Number.isSafeInteger(min) && Number.isSafeInteger(max) && (min as number) <= (max as number)
    ? { form, min: min as number, max: max as number }
    : undefined;

/** Digits behind the point of a number's program, undefined where that is not known. */
function decimalsOf(program: Program): number | undefined {
  if (program.kind !== 'decimal') return 0;
  return program.body.find((piece) => piece.p === 'fixed')?.decimals;
}

/** Characters that the shortest text has at least. */
function shortest(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + shortestPiece(piece), 0);
}

function shortestPiece(piece: Piece): number {
  switch (piece.p) {
    case 'text':
      return piece.text.length;
    case 'pick':
      return piece.from.some((text) => text === '') ? 0 : 1;
    case 'digits':
      return piece.width;
    case 'integer':
    case 'fixed':
    case 'real':
      return 1;
    case 'uuid':
      return 36;
    case 'date':
      return 10;
    case 'let':
      return 0;
    case 'of':
      return shortest(piece.body);
    case 'switch':
      return Math.min(...piece.cases.map(shortest));
    case 'repeat':
      // A count that is no constant may be nothing; one that never is, the type says with `parts` or `minLength`.
      return piece.count.op === 'const' && piece.count.value > 0 ? shortest(piece.body) : 0;
  }
}
