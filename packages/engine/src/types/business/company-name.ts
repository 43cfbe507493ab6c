import { type Piece, pick, text } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { type CompanyOfRow, companyOfRow } from './company-of-row.ts';

const partsOf = (pattern: string): string[] => pattern.split(/(\{\w+\})/).filter((part) => part !== '');

/** The name of the row's company: one of the patterns of the locale, filled in. */
function namePieces(company: CompanyOfRow, { lists }: BuildContext): Piece[] {
  const { last, last2, suffix, suffixes, pattern } = company;
  const piece = (part: string): Piece => {
    if (part === '{suffix}') return pick(suffixes, suffix);
    if (part === '{last}') return pick(lists.companyLastNames, last);
    return part === '{last2}' ? pick(lists.companyLastNames, last2) : text(part);
  };
  const cases = lists.data.company.patterns.map((each) => partsOf(each).map(piece));
  return [...company.bindings, { p: 'switch', on: pattern, cases }];
}

/**
 * A name that no other row has. Alternatives of different sizes cannot share one permutation, so it keeps to the first
 * pattern; it is not that of the row's company.
 */
function uniqueName({ lists, choose }: BuildContext): Piece[] {
  const { patterns, suffixes } = lists.data.company;
  return partsOf(patterns[0] ?? '').map((part) => {
    if (part === '{suffix}') return pick(suffixes, choose(suffixes.length));
    if (!part.startsWith('{')) return text(part);
    return pick(lists.companyLastNames, choose(lists.companyLastNames.length));
  });
}

/** Types of what a company is called. */
export const companyNameTypes: readonly FieldType[] = [
  defineType({
    key: 'company',
    label: 'Company',
    family: 'business',
    summary: "Name of the row's company in the style of the locale; what it says of a trade fits the row's industry.",
    aliases: ['company_name'],
    options: {},
    example: 'Okafor & Miller Group',
    localised: true,
    build: (_, context) => ({
      kind: 'string',
      body: context.unique ? uniqueName(context) : namePieces(companyOfRow(context), context),
    }),
  }),
  defineType({
    key: 'legal_form',
    label: 'Legal form',
    family: 'business',
    summary:
      "Legal form of the row's company, as in its name: one of the locale's country, or where that is international of the row's place.",
    aliases: ['company_type', 'company_suffix', 'legal_entity_type'],
    options: {},
    example: 'GmbH',
    localised: true,
    notUnique: 'a country has few of them',
    build: (_, context) => {
      const { bindings, forms, form } = companyOfRow(context);
      return { kind: 'string', body: [...bindings, pick(forms, form)] };
    },
  }),
];
