import { slug } from '../../locales/slug.ts';
import { type Piece, pick, text } from '../../plan/program.ts';
import type { BuildContext } from '../field-type.ts';
import { UNIQUE_NUMBERS } from '../person/name-slugs.ts';
import { companyOfRow } from './company-of-row.ts';
import { legalFormIn, legalFormsOf } from './legal-forms.ts';

/**
 * The domain of the row's company: what its name has before the legal form, in small ASCII letters, under `under`.
 * @param numbered a field is unique by a number in the domain; else the domain is that of the row's company as it is
 */
export function companyDomain(under: string, context: BuildContext, numbered = context.unique): Piece[] {
  const company = companyOfRow(context);
  const { lists } = context;
  const { patterns } = lists.data.company;
  const names = lists.companyLastSlugs;
  const words = lists.once('slugs of suffixes', () =>
    company.suffixes.map((suffix) => suffixSlug(suffix, [...legalFormsOf(lists.data), ...company.forms], context)),
  );
  const cases = patterns.map((pattern): Piece[] => [
    pick(names, company.last),
    ...(pattern.includes('{last2}') ? [text('-'), pick(names, company.last2)] : []),
    ...(pattern.includes('{suffix}') ? [pick(words, company.suffix)] : []),
  ]);
  const number: Piece[] = numbered ? [text('-'), { p: 'integer', value: context.choose(UNIQUE_NUMBERS) }] : [];
  return [...company.bindings, { p: 'switch', on: company.pattern, cases }, ...number, text(`.${under}`)];
}

/** The words of a suffix, a hyphen before each; '' where nothing but a legal form is there, or a script without a rule. */
function suffixSlug(suffix: string, forms: readonly string[], { lists: { data } }: BuildContext): string {
  const form = forms[legalFormIn(suffix, forms, data.text.separator !== '') ?? -1] ?? '';
  return (
    suffix
      .replace(form, ' ')
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      // Romanised spellings are those of names: 学 is Manabu, which 化学 (chemistry) is not.
      .map((word) => slug(word, data.language))
      .filter((word) => word !== '')
      .map((word) => `-${word}`)
      .join('')
  );
}
