import { type Int, pick } from '../plan/program.ts';
import { aliasTable } from '../random/alias-table.ts';
import { type BuildContext, defineType, type FieldType, type Thing } from './field-type.ts';

type Declaration = Pick<FieldType, 'key' | 'label' | 'family' | 'summary' | 'aliases' | 'sensitive' | 'localised'>;

export interface ListType extends Declaration {
  readonly values: readonly string[];
  /** How often each value comes; all alike unless given. */
  readonly weights?: readonly number[];
  /** The thing and slot by which fields of a row agree. Lists of one slot have one length and one order. */
  readonly of?: readonly [thing: Thing, slot: number];
  /** Default: the first value. */
  readonly example?: string;
}

/** An index into a list: weighted where there are weights, except for a unique field, which takes each value once. */
export const indexOf = (values: readonly unknown[], context: BuildContext, weights?: readonly number[]): Int =>
  weights === undefined || context.unique
    ? context.choose(values.length)
    : { op: 'weighted', odds: aliasTable(weights) };

/** A type that picks one of a list of texts. */
export function listType({ values, weights, of, example, ...declaration }: ListType): FieldType {
  const distinct = [...new Set(values)];
  return defineType({
    ...declaration,
    options: {},
    example: example ?? values[0],
    build: (_, context) => {
      if (of !== undefined && !context.unique) {
        return { kind: 'string', body: [pick(values, context.member(of[0], of[1], values.length))] };
      }
      return { kind: 'string', body: [pick(distinct, indexOf(distinct, context, weights))] };
    },
  });
}
