import { type DraftContext, draftsOf } from './drafts.ts';
import type { ImportedColumn } from './imported-column.ts';
import { type Draft, measureField, shortestOf } from './measure-field.ts';

/** A unique column that could give fewer rows than this is told. */
const FEW_ROWS = 10_000;
const NULLABLE_PERCENTAGE = 10;
const TEXTS = new Set(['text', 'any', 'uuid', 'binary']);

/**
 * Makes a field of a column that is no object or list: the first draft that the engine takes, that fits the column's length
 * and that can be unique where it must be.
 * @param inList whether the column is of objects in a list: there no value is kept from coming twice
 */
export async function toField(column: ImportedColumn, context: DraftContext, inList: boolean): Promise<Draft> {
  const unique = (column.unique === true || column.primaryKey === true) && !inList;
  if (inList && column.unique === true)
    context.notices.add('unique_in_list', column.place, 'values in a list are not kept unique', context.subject);
  const drafts = draftsOf(inList ? { ...column, unique: false, primaryKey: false } : column, context).map((draft) =>
    withCommon(draft, column, unique),
  );
  let best: { draft: Draft; rows: number } | undefined;
  for (const draft of drafts) {
    const measure = await measureField(draft);
    if (!measure.ok) continue;
    if (
      column.maxLength !== undefined &&
      TEXTS.has(column.kind) &&
      column.values === undefined &&
      measure.longest > column.maxLength
    )
      continue;
    const least = column.values === undefined ? (column.minLength ?? 0) : 0;
    if (least > 1 && (await shortestOf(draft)) < least) continue;
    if (!unique || measure.rows >= FEW_ROWS) return draft;
    if (best === undefined || measure.rows > best.rows) best = { draft, rows: measure.rows };
  }
  if (best !== undefined) {
    context.notices.add('few_unique_values', column.place, `unique in at most ${best.rows} rows`, context.subject);
    return best.draft;
  }
  if (unique) {
    context.notices.add('unique_not_possible', column.place, 'its values cannot be kept unique', context.subject);
    return toField({ ...column, unique: false, primaryKey: false }, context, inList);
  }
  context.notices.add(
    'not_possible',
    column.place,
    'no field type gives such values: it is always null',
    context.subject,
  );
  return { type: 'null', options: {} };
}

function withCommon(draft: Draft, column: ImportedColumn, unique: boolean): Draft {
  const always = draft.type === 'uuid' || draft.type === 'sequence';
  const nulls =
    column.nullable === true && column.primaryKey !== true ? (column.nullPercentage ?? NULLABLE_PERCENTAGE) : 0;
  const { weights, ...rest } = draft.options;
  const options = unique || weights === undefined ? rest : draft.options;
  return {
    type: draft.type,
    options: {
      ...options,
      ...(unique && !always && draft.type !== 'constant' && draft.type !== 'null' ? { unique: true } : {}),
      ...(nulls > 0 && draft.type !== 'null' ? { null_percentage: nulls } : {}),
    },
  };
}
