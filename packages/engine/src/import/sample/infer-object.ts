import { pointerTo } from '../../template/diagnostic.ts';
import { tooLarge } from '../import-refused.ts';
import type { ImportedColumn } from '../imported-column.ts';
import { MAX_COLUMNS } from '../limits.ts';
import { isObject, type JsonObject } from '../parse-json.ts';
import { inferColumn, nullShare } from './infer-column.ts';
import type { Sample } from './sample.ts';

/** Columns of objects by all keys that any of them has, in the order in which they come up. */
export function inferObject(
  objects: readonly JsonObject[],
  pointer: string,
  subject: string,
  sample: Sample,
): ImportedColumn[] {
  const values = new Map<string, unknown[]>();
  for (const object of objects) {
    for (const [key, value] of Object.entries(object)) {
      let list = values.get(key);
      if (list === undefined) {
        if (values.size >= MAX_COLUMNS) throw tooLarge(`there are more than ${MAX_COLUMNS} keys`);
        list = [];
        values.set(key, list);
      }
      list.push(value);
    }
  }
  return [...values].map(([key, list]) =>
    inferValues(key, list, objects.length, pointerTo(pointer, key), `${subject}.${key}`.slice(0, 300), sample),
  );
}

function inferValues(
  name: string,
  given: readonly unknown[],
  total: number,
  pointer: string,
  subject: string,
  sample: Sample,
): ImportedColumn {
  const place = { pointer };
  const values = given.filter((value) => value !== null);
  const share = nullShare(total - values.length, total);
  const objects = values.filter(isObject);
  const lists = values.filter((value): value is unknown[] => Array.isArray(value));
  const plain = values.length - objects.length - lists.length;
  if (values.length === 0) {
    sample.notices.add('no_value', place, 'the sample has no value here: it is always null', subject);
    return { name, kind: 'any', place, literal: null };
  }
  if (objects.length + lists.length > 0 && Math.max(objects.length, lists.length, plain) < values.length)
    sample.notices.add(
      'several_types',
      place,
      'objects, lists and plain values come up: the kind that comes most often is used',
      subject,
    );
  if (lists.length >= Math.max(objects.length, plain) && lists.length > 0) {
    const lengths = lists.map(({ length }) => length);
    const inner = lists.flat();
    const bounds = { minItems: Math.min(...bounded(lengths)), maxItems: Math.max(...bounded(lengths)) };
    if (inner.length === 0) return { name, kind: 'array', place, minItems: 0, maxItems: 0, ...share };
    return {
      name,
      kind: 'array',
      place,
      ...bounds,
      ...share,
      items: inferValues('item', inner, inner.length, `${pointer}/0`, `${subject}[]`, sample),
    };
  }
  if (objects.length >= plain && objects.length > 0)
    return { name, kind: 'object', place, ...share, columns: inferObject(objects, pointer, subject, sample) };
  const scalars = values.filter((value) => typeof value !== 'object');
  return inferColumn(name, scalars, total, place, sample, subject);
}

/** Spread into arguments, a long list would overflow the stack. */
const bounded = (numbers: readonly number[]): number[] => [
  numbers.reduce((a, b) => Math.min(a, b)),
  numbers.reduce((a, b) => Math.max(a, b)),
];
