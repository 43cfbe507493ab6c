import { type Diagnostic, show } from '../template/diagnostic.ts';
import { oversized } from '../template/oversized.ts';
import type { Field } from '../template/template.ts';
import { nearest } from '../text/nearest.ts';
import { pathOf } from './responses.ts';
import { type Step, stepInto } from './value-path.ts';

/** The values that a field picks from, one for each row that was fetched; null where a row has none. */
export function responseValues(
  field: Field,
  rows: readonly unknown[],
  report: (diagnostic: Diagnostic) => void,
): readonly unknown[] | undefined {
  const { pointer, name, options } = field;
  if (rows.length === 0) {
    const message = `there are no rows that ${show(name)} could pick from`;
    report({
      code: 'response_empty',
      pointer,
      message,
      hint: 'see what the system answers: fetch the rows into a set',
    });
    return undefined;
  }
  const { value } = pathOf(field);
  const found = rows.map((row) => valueAt(row, value));
  if (found.every((one) => one === undefined)) {
    const [first] = rows;
    const columns = first !== null && typeof first === 'object' && !Array.isArray(first) ? Object.keys(first) : [];
    const near = nearest(String(options['query']), columns);
    const known = `the rows have ${columns.slice(0, 20).join(', ') || 'no members'}`;
    report({
      code: 'unknown_column',
      pointer: `${pointer}/options/query`,
      message: `no row has anything at ${show(options['query'])}`,
      hint: near === undefined ? known : `did you mean ${show(near)}?`,
    });
    return undefined;
  }
  for (const [index, one] of found.entries()) {
    if (typeof one !== 'object' && typeof one !== 'string') continue;
    const fault = oversized(one);
    if (fault === undefined) continue;
    report({
      code: 'response_too_large',
      pointer,
      message: `what ${show(name)} takes of row ${index + 1} ${fault}`,
      hint: 'ask for a member of it, or for other rows',
    });
    return undefined;
  }
  return found.map((one) => one ?? null);
}

function valueAt(row: unknown, steps: readonly Step[]): unknown {
  let found = row;
  for (const step of steps) {
    if (typeof step === 'symbol') return undefined;
    found = stepInto(found, step);
  }
  return found;
}
