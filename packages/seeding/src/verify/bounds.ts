import type { Column, Condition, Value } from '@datamaker/connectors';

/** The least and the greatest of some values. */
export interface Bounds {
  readonly least: Value;
  readonly most: Value;
}

/**
 * The bounds of values of a column, where they are in an order that every system has: that of whole numbers, of days, of UUIDs that differ at
 * their end, and of texts that differ in digits at one place.
 * @returns undefined: there are none, or nothing is known of their order
 */
export function boundsOf(column: Column, values: Iterable<unknown>): Bounds | undefined {
  if (column.dimensions > 0 || !['integer', 'date', 'uuid', 'text'].includes(column.kind)) return undefined;
  const isText = column.kind === 'uuid' || column.kind === 'text';
  let [least, most]: [unknown, unknown] = [undefined, undefined];
  for (const value of values) {
    if (value === null) continue;
    // Numbers beyond 2^53 may be texts.
    if (value === undefined || (column.kind === 'integer' ? typeof value === 'string' : typeof value !== 'string'))
      return undefined;
    if (isText && least !== undefined && !areAlike(column, least as string, value as string)) return undefined;
    if (least === undefined || (value as number) < (least as number)) least = value;
    if (most === undefined || (value as number) > (most as number)) most = value;
  }
  return least === undefined ? undefined : { least: least as Value, most: most as Value };
}

/** Whether two texts of one length differ in nothing but digits behind what is the same, as counted codes and UUIDs do. */
function areAlike({ kind }: Column, a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const digits = kind === 'uuid' ? /^[0-9a-f]*$/ : /^[0-9]*$/;
  return digits.test(a.slice(i)) && digits.test(b.slice(i));
}

export const boundConditions = ({ name }: Column, bounds: Bounds | undefined): Condition[] =>
  bounds === undefined
    ? []
    : [
        { column: name, is: '>=', value: bounds.least },
        { column: name, is: '<=', value: bounds.most },
      ];
