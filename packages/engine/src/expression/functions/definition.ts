import type { StaticType } from '../ast.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Value } from '../value.ts';
import type { IsoDate } from './iso-date.ts';

/**
 * What a parameter takes, and what the function then gets.
 * `text`: a string; numbers and booleans as their text. `integer`: a number, its fraction cut off. `date`: a text that is
 * an ISO 8601 date. `sized`: string, list or object. `searchable`: string or list.
 */
export interface ParameterTypes {
  any: Value;
  number: number;
  integer: number;
  boolean: boolean;
  text: string;
  date: IsoDate;
  list: readonly Value[];
  sized: Value;
  searchable: string | readonly Value[];
}
export type Parameter = keyof ParameterTypes;

/** What the documentation says of a function. Examples are pairs of an expression and its result as JSON. */
export interface FunctionDocs {
  readonly name: string;
  readonly signature: string;
  readonly summary: string;
  readonly examples: readonly (readonly [source: string, result: string])[];
}

interface Shape<Fixed extends readonly Parameter[], Rest extends Parameter | undefined, Nulls extends true | undefined>
  extends FunctionDocs {
  readonly parameters: Fixed;
  /** Values of the last parameters when they are left out. */
  readonly defaults?: readonly (string | number)[];
  /** Any number of further arguments, at least one, handed over as one list. */
  readonly rest?: Rest;
  readonly returns: StaticType | ((args: readonly StaticType[]) => StaticType);
  /** The function itself sees null arguments; without this, a null argument makes the result null. */
  readonly takesNull?: Nulls;
  readonly run: (
    evaluation: Evaluation,
    ...args: [
      ...{ [Index in keyof Fixed]: ParameterTypes[Fixed[Index]] | (Nulls extends true ? null : never) },
      ...(Rest extends Parameter
        ? [rest: readonly (ParameterTypes[Rest] | (Nulls extends true ? null : never))[]]
        : []),
    ]
  ) => Value;
}

/** A function as the compiler sees it: arguments are converted before `run`, which therefore may trust their types. */
export interface FunctionDefinition extends FunctionDocs {
  readonly parameters: readonly Parameter[];
  readonly defaults: readonly (string | number)[];
  readonly rest: Parameter | undefined;
  readonly returns: StaticType | ((args: readonly StaticType[]) => StaticType);
  readonly takesNull: boolean;
  readonly run: (evaluation: Evaluation, ...args: unknown[]) => Value;
}

/** Declares a function; `run` is typed by the parameters it names. */
export function define<
  const Fixed extends readonly Parameter[],
  const Rest extends Parameter | undefined = undefined,
  const Nulls extends true | undefined = undefined,
>(shape: Shape<Fixed, Rest, Nulls>): FunctionDefinition {
  return {
    ...shape,
    defaults: shape.defaults ?? [],
    rest: shape.rest,
    takesNull: shape.takesNull ?? false,
    run: shape.run as FunctionDefinition['run'],
  };
}

/** The one type all of them have, or `unknown`. */
export const commonType = (types: readonly StaticType[]): StaticType =>
  types.every((type) => type === types[0]) ? (types[0] ?? 'unknown') : 'unknown';
