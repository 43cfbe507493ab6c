import { type Draft, valuesOf } from './measure-field.ts';

/** How many different lists a column of them gets. */
const LISTS = 8;

/**
 * A field of lists of plain values. No field type makes such lists, so some are made here, once, by the items' own draft,
 * and the field picks one of them.
 */
export async function listField(items: Draft, count: { min: number; max: number }): Promise<Draft> {
  const values = await valuesOf(items, LISTS * count.max);
  const lists = Array.from({ length: LISTS }, (_, i) => {
    const length = count.min + (i % (count.max - count.min + 1));
    return values.slice(i * count.max, i * count.max + length);
  });
  const distinct = [...new Map(lists.map((list) => [JSON.stringify(list), list])).values()];
  return { type: 'enum', options: { values: distinct } };
}
