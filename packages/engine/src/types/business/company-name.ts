import { type Piece, pick, text } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';

const part = (name: string, context: BuildContext): Piece => {
  const { lastNames, data } = context.lists;
  if (name === '{suffix}') return pick(data.company.suffixes, context.choose(data.company.suffixes.length));
  return pick(lastNames, context.choose(lastNames.length));
};

const piecesOf = (pattern: string, context: BuildContext): Piece[] =>
  pattern
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith('{') ? part(piece, context) : text(piece)));

/** Types of companies. */
export const companyNameTypes: readonly FieldType[] = [
  defineType({
    key: 'company',
    label: 'Company',
    family: 'business',
    summary: 'A company name in the style of the locale.',
    aliases: ['company_name'],
    options: {},
    example: 'Okafor & Miller Group',
    localised: true,
    build: (_, context) => {
      const { patterns } = context.lists.data.company;
      // Alternatives of different sizes cannot share one permutation, so a unique field keeps to the first pattern.
      if (context.unique || patterns.length === 1)
        return { kind: 'string', body: piecesOf(patterns[0] ?? '', context) };
      const cases = patterns.map((pattern) => piecesOf(pattern, context));
      return { kind: 'string', body: [{ p: 'switch', on: context.choose(patterns.length), cases }] };
    },
  }),
];
