import { pointerTo } from '../../template/diagnostic.ts';
import type { Notices } from '../notices.ts';
import { DESCRIBING, OFTEN_BOOLEAN, READ } from './keywords.ts';
import type { Merged } from './merge-schemas.ts';

/**
 * Tells keywords that are given twice, and those that templates have nothing for.
 * @param silent more keywords that say nothing of values
 */
export function tellUnread(
  { keywords, conflicts }: Merged,
  subject: string,
  silent: ReadonlySet<string>,
  notices: Notices,
): void {
  for (const { key, pointer } of conflicts) {
    if (DESCRIBING.has(key) || silent.has(key)) continue;
    notices.add(
      'conflicting_keywords',
      { pointer: pointerTo(pointer, key) },
      `\`${key.slice(0, 60)}\` is given twice: the first counts`,
      subject,
    );
  }
  for (const [key, { value, pointer }] of keywords) {
    if (READ.has(key) || DESCRIBING.has(key) || silent.has(key)) continue;
    if (
      OFTEN_BOOLEAN.has(key) &&
      value !== undefined &&
      typeof value === 'boolean' &&
      (key !== 'uniqueItems' || !value)
    )
      continue;
    notices.add(
      'keyword_not_used',
      { pointer: pointerTo(pointer, key) },
      `\`${key.slice(0, 60)}\` is not kept`,
      subject,
    );
  }
}
