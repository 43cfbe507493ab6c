import { nearest } from '../text/nearest.ts';
import type { Options } from '../types/field-type.ts';
import { type Diagnostic, show } from './diagnostic.ts';
import { oversized } from './oversized.ts';

/** The values that a `sample` field picks from: those of a resource, or of one of its columns. */
export function sampledValues(
  { from, column }: Options,
  pointer: string,
  resources: ReadonlyMap<string, readonly unknown[]>,
  report: (diagnostic: Diagnostic) => void,
): readonly unknown[] | undefined {
  const rows = resources.get(from as string);
  if (rows === undefined || rows.length === 0) {
    const near = nearest(from as string, resources.keys());
    report({
      code: 'resource_not_found',
      pointer: `${pointer}/options/from`,
      message: rows === undefined ? `there is no file or set ${show(from)}` : `${show(from)} has no rows`,
      hint: near === undefined ? 'upload it, or save the set, first' : `did you mean ${show(near)}?`,
    });
    return undefined;
  }
  for (const [index, row] of rows.entries()) {
    // Most values are texts and numbers.
    if (typeof row !== 'object' && typeof row !== 'string') continue;
    const fault = oversized(row);
    if (fault === undefined) continue;
    const message = `row ${index + 1} of ${show(from)} ${fault}`;
    report({ code: 'resource_too_large', pointer: `${pointer}/options/from`, message, hint: 'leave it out' });
    return undefined;
  }
  if (column === undefined) return rows;
  const name = column as string;
  const has = (row: unknown): row is Record<string, unknown> =>
    row !== null && typeof row === 'object' && Object.hasOwn(row, name);
  if (rows.some(has)) return rows.map((row) => (has(row) ? row[name] : null));
  const columns = Object.keys((rows[0] ?? {}) as object);
  const near = nearest(name, columns);
  report({
    code: 'unknown_column',
    pointer: `${pointer}/options/column`,
    message: `${show(from)} has no column ${show(name)}`,
    hint:
      near === undefined ? `its columns: ${columns.slice(0, 20).join(', ') || 'none'}` : `did you mean ${show(near)}?`,
  });
  return undefined;
}
