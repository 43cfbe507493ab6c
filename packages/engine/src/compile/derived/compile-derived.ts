import { parseExpression } from '../../expression/index.ts';
import { constant, type Program, type ProgramField } from '../../plan/program.ts';
import { Bindings } from './bindings.ts';
import { isConstant } from './bits.ts';
import { ExpressionValues, type Fields } from './expression-values.ts';
import { FieldValues, withMissing } from './field-values.ts';
import { type Known, NotCertain, notCertain } from './known.ts';
import { numberPiece } from './texts.ts';

/** The fields of one object, with programs for what is derived wherever a program gives the very bytes of JavaScript. */
export function compileDerived(fields: readonly ProgramField[]): ProgramField[] {
  return fields.map((field) => {
    const program = withCompiled(field.program, fields);
    return program === field.program ? field : { ...field, program };
  });
}

function withCompiled(program: Program, fields: readonly ProgramField[]): Program {
  if (program.kind === 'nullable') {
    const inner = withCompiled(program.program, fields);
    return inner === program.program ? program : { ...program, program: inner };
  }
  if (program.kind !== 'derived') return program;
  const compiled = compiledExpression(program.expression, fields);
  return compiled === undefined ? program : { ...program, compiled };
}

function compiledExpression(source: string, fields: readonly ProgramField[]): Program | undefined {
  const bindings = new Bindings();
  try {
    const value = new ObjectFields(fields, undefined, bindings).evaluate(source);
    const program = programOf(value);
    return { kind: 'either', lets: bindings.letsFor(program), on: constant(0), cases: [program] };
  } catch (error) {
    if (error instanceof NotCertain) return undefined;
    throw error;
  }
}

function programOf(value: Known): Program {
  const none: Program = { kind: 'choice', values: [null], index: constant(0) };
  if (value.type === 'null') return none;
  if (value.type === 'either')
    return { kind: 'either', lets: [], on: value.on, cases: [programOf(value.whenFalse), programOf(value.whenTrue)] };
  const program = presentProgram(value);
  if (isConstant(value.missing, 0n)) return program;
  return { kind: 'either', lets: [], on: value.missing, cases: [program, none] };
}

function presentProgram(value: Exclude<Known, { readonly type: 'null' | 'either' }>): Program {
  switch (value.type) {
    case 'boolean':
      return { kind: 'boolean', value: value.int };
    case 'number':
      return { kind: value.decimals === 0 ? 'integer' : 'decimal', body: [numberPiece(value)] };
    case 'text':
      return { kind: 'string', body: value.pieces };
  }
}

/** The fields of an object, read in one row. */
class ObjectFields implements Fields {
  readonly #byName: ReadonlyMap<string, ProgramField>;
  readonly #within: string | undefined;
  readonly #bindings: Bindings;
  readonly #known = new Map<string, Known | NotCertain>();
  readonly #objects = new Map<string, ObjectFields>();
  /** Fields whose expressions are being read: none of them can be an answer to itself. */
  readonly #open = new Set<string>();

  /** @param within the path of the object, where it is not that of the expression */
  constructor(fields: readonly ProgramField[], within: string | undefined, bindings: Bindings) {
    this.#byName = new Map(fields.map((field) => [field.name, field]));
    this.#within = within;
    this.#bindings = bindings;
  }

  evaluate(source: string): Known {
    const parsed = parseExpression(source);
    if (!parsed.ok) return notCertain('an expression that does not parse');
    return new ExpressionValues(this, this.#bindings, source).valueOf(parsed.value.ast);
  }

  valueOf([name = '', ...rest]: readonly string[]): Known {
    const field = this.#byName.get(name);
    // What is not there is null; names are checked when the template is read.
    if (field === undefined) return notCertain('a field that is not there');
    if (rest.length > 0) return this.#member(field, rest);
    let known = this.#known.get(name);
    if (known === undefined) {
      if (this.#open.has(name)) return notCertain('a field made from itself');
      this.#open.add(name);
      known = attempt(() => this.#valueOf(field));
      this.#open.delete(name);
      this.#known.set(name, known);
    }
    if (known instanceof NotCertain) throw known;
    return known;
  }

  #valueOf(field: ProgramField): Known {
    const { program, path } = field;
    const values = new FieldValues(this.#bindings);
    const place = this.#within === undefined ? { path } : { path, within: this.#within };
    const inner = program.kind === 'nullable' ? program.program : program;
    if (inner.kind !== 'derived') return values.valueOf(program, place);
    const value = this.evaluate(inner.expression);
    return program.kind === 'nullable' ? withMissing(value, values.missing(place, program.threshold)) : value;
  }

  /** A part of a nested object; null where the object is. */
  #member(field: ProgramField, rest: readonly string[]): Known {
    const { program, path } = field;
    const object = program.kind === 'nullable' ? program.program : program;
    if (object.kind !== 'object') return notCertain('a part of what is no object');
    let fields = this.#objects.get(field.name);
    if (fields === undefined) {
      fields = new ObjectFields(object.fields, path, this.#bindings);
      this.#objects.set(field.name, fields);
    }
    const value = fields.valueOf(rest);
    if (program.kind !== 'nullable') return value;
    return withMissing(value, new FieldValues(this.#bindings).missing({ path }, program.threshold));
  }
}

function attempt(make: () => Known): Known | NotCertain {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotCertain) return error;
    throw error;
  }
}
