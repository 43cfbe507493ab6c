import { isObject } from './is-object.ts';

/** The first value in the rows that a path leads to and that is not null. */
export function firstValue(rows: readonly unknown[], path: string): unknown {
  const steps = path.replaceAll('[*]', '.[*]').split('.');
  const find = (value: unknown, at: number): unknown => {
    if (value === null || value === undefined) return undefined;
    const step = steps[at];
    if (step === undefined) return value;
    if (step !== '[*]') return isObject(value) ? find(value[step], at + 1) : undefined;
    if (!Array.isArray(value)) return undefined;
    for (const element of value) {
      const found = find(element, at + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const row of rows) {
    const found = find(row, 0);
    if (found !== undefined) return found;
  }
  return undefined;
}
