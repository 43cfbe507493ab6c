import type { Plan } from '../plan/plan.ts';
import type { Program, ProgramField } from '../plan/program.ts';
import type { Field, Template } from '../template/template.ts';
import { sharesOfEnum } from './checks/enum-shares.ts';
import { programMeasure } from './expected/program-measure.ts';
import { programShares } from './expected/program-shares.ts';
import { ruleTests } from './expected/rule-tests.ts';
import { valueForm } from './expected/value-form.ts';
import type { ValueTest } from './expected/value-test.ts';
import type { Expected } from './expected-distribution.ts';

/** A field of a template, where it is in its rows, and what is known of its values. */
export interface PromisedField {
  readonly field: Field;
  /** Whether each row has it once: it is in no list, and in nothing that may be null. */
  readonly inEveryRow: boolean;
  /** What makes its values; undefined where only the template is known. */
  readonly program: Program | undefined;
  /** What each of its values passes. */
  readonly tests: readonly ValueTest[];
  /** The only values there are but null, by their JSON, with the share of each among them. */
  readonly shares: ReadonlyMap<string, number> | undefined;
  readonly measure: { readonly of: 'numbers' | 'dates'; readonly expected: Expected } | undefined;
}

export interface PromiseOptions {
  /** Of the template. */
  readonly plan?: Plan | undefined;
  /** The country of each locale that fields name, null where it has none; the key of those that name none is `en`. */
  readonly countries?: ReadonlyMap<string, string | null> | undefined;
}

/** The fields of a template by their paths, nested ones and those that hold them too. */
export function promisedFields(
  template: Template,
  { plan, countries }: PromiseOptions = {},
): ReadonlyMap<string, PromisedField> {
  const found = new Map<string, PromisedField>();
  const visitAll = (
    fields: readonly Field[],
    programs: readonly ProgramField[] | undefined,
    parent: string,
    inEveryRow: boolean,
  ): void => {
    const byName = new Map(programs?.map(({ name, program }) => [name, program]));
    for (const field of fields) {
      const path = parent === '' ? field.name : `${parent}.${field.name}`;
      visit(field, byName.get(field.name), path, inEveryRow);
    }
  };
  const visit = (field: Field, made: Program | undefined, path: string, inEveryRow: boolean): void => {
    const program = made?.kind === 'column' ? made.program : made;
    found.set(path, promiseOf(field, program, inEveryRow, countries));
    const inner = program === undefined ? undefined : bare(program);
    const { nested } = field;
    if (nested !== undefined) {
      const sure = inEveryRow && !nested.array && !nested.ended && field.common.nullPercentage === 0;
      const programs = inner?.kind === 'object' || inner?.kind === 'array' ? inner.fields : undefined;
      visitAll(nested.fields, programs, nested.array ? `${path}[*]` : path, sure);
    } else if (field.type.key === 'array') {
      const item = field.parts?.[0]?.field;
      if (item !== undefined) visitItem(item, inner?.kind === 'list' ? inner.item.program : undefined, `${path}[*]`);
    }
  };
  /** Of elements that are objects only their fields are looked at. */
  const visitItem = (field: Field, program: Program | undefined, path: string): void => {
    if (field.nested === undefined || field.nested.array) return visit(field, program, path, false);
    const inner = program === undefined ? undefined : bare(program);
    visitAll(field.nested.fields, inner?.kind === 'object' ? inner.fields : undefined, path, false);
  };
  visitAll(template.fields, plan?.fields, '', true);
  return found;
}

const bare = (program: Program): Program =>
  program.kind === 'nullable' || program.kind === 'unique' || program.kind === 'column'
    ? bare(program.program)
    : program;

/** Types whose distribution follows from their options, which is told of without the program. */
const TOLD_BY_OPTIONS = ['number', 'float', 'currency', 'date', 'datetime', 'sequence', 'boolean', 'enum', 'constant'];

function promiseOf(
  field: Field,
  program: Program | undefined,
  inEveryRow: boolean,
  countries: PromiseOptions['countries'],
): PromisedField {
  const told = TOLD_BY_OPTIONS.includes(field.type.key);
  const listed = told || program === undefined ? sharesOfOptions(field) : programShares(program, inEveryRow);
  const shares = listed === undefined ? undefined : withoutNull(listed);
  const expected = told || program === undefined ? undefined : programMeasure(program, shares);
  const country = countries?.get(field.common.locale ?? 'en');
  return {
    field,
    inEveryRow,
    program,
    shares,
    measure:
      expected === undefined || program === undefined
        ? undefined
        : { of: bare(program).kind.startsWith('date') ? 'dates' : 'numbers', expected },
    tests: [...(country === undefined ? [] : ruleTests(field, country)), ...formTests(field, program, shares)],
  };
}

function sharesOfOptions({ type, options }: Field): ReadonlyMap<string, number> | undefined {
  if (type.key === 'enum') return sharesOfEnum(options);
  return type.key === 'constant' ? new Map([[JSON.stringify(options['value']), 1]]) : undefined;
}

function withoutNull(shares: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const rest = 1 - (shares.get('null') ?? 0);
  return new Map([...shares].filter(([json]) => json !== 'null').map(([json, share]) => [json, share / rest]));
}

/** The list of all values where there is one, else what the program may make. What holds fields is judged by them. */
function formTests(
  field: Field,
  program: Program | undefined,
  shares: ReadonlyMap<string, number> | undefined,
): ValueTest[] {
  if (shares !== undefined) {
    const what = 'values that are not among those listed';
    return [{ name: 'values', what, passes: (value) => shares.has(JSON.stringify(value)) }];
  }
  if (program === undefined || field.nested !== undefined || field.type.key === 'array') return [];
  const form = valueForm(program);
  if (form === undefined) return [];
  return [{ name: 'form', what: 'values that the field never makes', passes: form }];
}
