import { countOf } from '../../types/text/running-text.ts';
import type { FieldStats } from '../field-stats.ts';
import type { Check } from '../profile.ts';
import type { PromisedField } from '../promised-fields.ts';
import { atMost } from './make-check.ts';
import { shareTolerance } from './tolerance.ts';

/** How many rows refer to one row of the other template at most; known where its field tells rows apart. */
export function referenceChecks({ field, inEveryRow }: PromisedField, stats: FieldStats): Check[] {
  const target = field.parts?.[0]?.field;
  const [most] = stats.common.top(1);
  const n = stats.count - stats.nulls;
  if (target === undefined || most === undefined || field.common.unique) return [];
  if (!target.common.unique && target.type.key !== 'sequence' && target.type.key !== 'uuid') return [];
  const rows = field.options['rows'] as number | undefined;
  const perParent = field.options['per_parent'];
  if (perParent === undefined) {
    if (rows === undefined) return [];
    const tolerance = shareTolerance(1 / rows, n, rows) + (rows === 1 ? 0 : 2 ** -11);
    return [
      atMost('fan_out', 'share of the row that is referred to most', 1 / rows, most.count / n, tolerance),
      atMost(
        'distinct',
        'different rows that are referred to',
        rows,
        stats.distinct.value,
        stats.distinct.exact ? 0 : rows / 20,
      ),
    ];
  }
  const { min, max } = countOf(perParent);
  // Of rows that are dealt out again and again, as many times as that was begun.
  const rounds = rows === undefined ? 1 : Math.ceil(stats.count / Math.max(1, rows * Math.max(1, min)));
  if (!inEveryRow && rows !== undefined) return [];
  return [atMost('fan_out', 'rows that refer to the same row, at most', max * rounds, most.count, 0)];
}
