import { defineType, type FieldType } from './field-type.ts';
import { patternPieces } from './pattern.ts';

type Declaration = Pick<FieldType, 'key' | 'label' | 'family' | 'summary' | 'aliases' | 'sensitive'>;

export interface PatternType extends Declaration {
  /** `#` a digit, `N` a digit 2-9, `A` a letter; anything else stands for itself. */
  readonly pattern: string;
  readonly example: string;
}

/** A type of texts of one shape. */
export const patternType = ({ pattern, ...declaration }: PatternType): FieldType =>
  defineType({
    ...declaration,
    options: {},
    build: (_, context) => ({ kind: 'string', body: patternPieces(pattern, context) }),
  });
