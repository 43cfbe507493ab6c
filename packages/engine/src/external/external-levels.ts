import type { Plan } from '../plan/plan.ts';
import type { Program, ProgramField } from '../plan/program.ts';

export type ExternalProgram = Extract<Program, { kind: 'external' }>;

/** A field whose values are made outside of the engine. */
export interface ExternalField {
  readonly name: string;
  /** JSON pointer into the values, without the places in lists: what its draws are keyed by. */
  readonly path: string;
  /** Its place in the template. */
  readonly pointer: string;
  readonly by: ExternalProgram['by'];
  readonly options: Readonly<Record<string, unknown>>;
  /** Fields of the same object that it is shown. Those of a field further down have these among them. */
  readonly sees: readonly string[];
}

/** An object of the rows with such fields: a row itself, or what is nested in it. */
export interface ExternalLevel {
  /** Path of the field that holds the object; empty: it is the row. */
  readonly path: string;
  /** In the order of the template, in which they are made. */
  readonly fields: readonly ExternalField[];
}

/** The program itself, without what says when it is null. */
export function bareExternal(program: Program): ExternalProgram | undefined {
  if (program.kind === 'nullable' || program.kind === 'column') return bareExternal(program.program);
  return program.kind === 'external' ? program : undefined;
}

/** The fields of the objects that a value is made of; undefined: it is no object, nor a list of any. */
export function fieldsWithin(program: Program): readonly ProgramField[] | undefined {
  switch (program.kind) {
    case 'nullable':
    case 'column':
      return fieldsWithin(program.program);
    case 'object':
    case 'array':
      return program.fields;
    case 'list':
      return fieldsWithin(program.item.program);
    default:
      return undefined;
  }
}

/** Whether a part of the value is made outside. */
export function isExternalWithin(program: Program): boolean {
  if (bareExternal(program) !== undefined) return true;
  if (program.kind === 'list') return isExternalWithin(program.item.program);
  if (program.kind === 'selected') return program.cases.some((one) => isExternalWithin(one.program));
  return fieldsWithin(program)?.some((field) => isExternalWithin(field.program)) === true;
}

/** Whether some values of a plan are made outside of the engine. */
export const hasExternal = ({ fields }: Pick<Plan, 'fields'>): boolean =>
  fields.some((field) => isExternalWithin(field.program));

/** All levels of a plan that have such fields, outer ones first. */
export const externalLevels = ({ fields }: Pick<Plan, 'fields'>): readonly ExternalLevel[] => levelsOf(fields, '');

function levelsOf(fields: readonly ProgramField[], path: string): ExternalLevel[] {
  const own = fields.flatMap(({ name, path: place, program }): ExternalField[] => {
    const external = bareExternal(program);
    if (external === undefined) return [];
    const { pointer, by, options, sees } = external;
    return [{ name, path: place, pointer, by, options, sees }];
  });
  const inner = fields.flatMap((field) => {
    const within = fieldsWithin(field.program);
    return within === undefined ? [] : levelsOf(within, field.path);
  });
  return own.length === 0 ? inner : [{ path, fields: own }, ...inner];
}
