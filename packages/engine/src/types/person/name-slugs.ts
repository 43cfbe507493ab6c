import { type Piece, pick } from '../../plan/program.ts';
import type { BuildContext } from '../field-type.ts';
import { formOfSex } from './names.ts';

/** Numbers that make a unique e-mail, user name or domain unique; without leading zeros. */
export const UNIQUE_NUMBERS = 1_000_000_000;

/** Given and family name of the row's person in small ASCII letters, also in a unique field. */
export function nameSlugs(context: BuildContext): { readonly first: Piece; readonly last: Piece } {
  const { firstSlugs, lastSlugs, lastBySex, lastSlugsBySex } = context.lists;
  const first = pick(firstSlugs, context.member('person', 0, firstSlugs.length));
  const family = context.member('person', 1, lastSlugs.length);
  const last = lastBySex ? pick(lastSlugsBySex, formOfSex(family, context)) : pick(lastSlugs, family);
  return { first, last };
}
