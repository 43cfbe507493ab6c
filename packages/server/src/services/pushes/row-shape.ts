import type { Row, Rows, Value, ValueObject } from '@datamaker/connectors';
import type { Plan } from '@datamaker/engine';

/** The names in rows, with those in the rows that are within them; null: a plain value. */
export type RowShape = ReadonlyMap<string, RowShape | null>;

const MOST_LEVELS = 10;

/** What rows of a template have in them. */
export function shapeOfPlan(fields: Plan['fields']): RowShape {
  return new Map(
    fields.map(({ name, program }) => {
      const inner = fieldsWithin(program);
      return [name, inner === undefined ? null : shapeOfPlan(inner)];
    }),
  );
}

type Program = Plan['fields'][number]['program'];

function fieldsWithin(program: Program): Plan['fields'] | undefined {
  if (program.kind === 'object' || program.kind === 'array') return program.fields;
  const inner = 'program' in program ? program.program : undefined;
  return inner === undefined ? undefined : fieldsWithin(inner);
}

/** What rows have in them that somebody gives. */
export function shapeOfRows(rows: Rows, level = 0): RowShape {
  const found = new Map<string, Row[]>();
  // Mostly a row has the names of the first, in their order, and nothing within.
  let known: readonly string[] = [];
  for (const row of rows) {
    let place = 0;
    for (const name in row) {
      if (known[place++] !== name && !found.has(name)) found.set(name, []);
      const value = row[name];
      if (typeof value === 'object' && value !== null) for (const inner of rowsIn(value)) found.get(name)?.push(inner);
    }
    if (known.length < found.size) known = [...found.keys()];
  }
  return new Map(
    [...found].map(([name, inner]) => [
      name,
      inner.length === 0 || level === MOST_LEVELS ? null : shapeOfRows(inner, level + 1),
    ]),
  );
}

/** Rows that stand under a name. */
export const rowsIn = (value: Value | undefined): Rows =>
  Array.isArray(value) ? value.filter(isRow) : isRow(value) ? [value] : [];

const isRow = (value: Value | undefined): value is ValueObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);
