import type { Column, Table, Value } from '@datamaker/connectors';
import { evaluate, UNKNOWN } from '../check/evaluate.ts';
import { columnsOf, type Expression } from '../check/expression.ts';
import { parseExpression } from '../check/parse-expression.ts';

/** A column with its table. */
export interface OwnedColumn {
  readonly table: Table;
  readonly column: Column;
}

type Test = (value: Value) => unknown;

/**
 * What rules say of a value, as a text: those of all columns that hold the same values, so that a value becomes the same in
 * each. Of values with one signature a permutation that walks on until it is back among them is one again.
 */
export class Signature {
  readonly #tests: readonly Test[];

  constructor(columns: readonly OwnedColumn[]) {
    this.#tests = columns.flatMap(({ table, column }) => [...typeTests(column), ...checkTests(table, column)]);
  }

  of(value: Value): string {
    let text = '';
    for (const test of this.#tests) {
      const result = test(value);
      text += result === UNKNOWN ? '?' : result === null ? 'n' : result === true ? 't' : result === false ? 'f' : 'x';
    }
    return text;
  }
}

/** A CHECK constraint that speaks of a column. */
export interface CheckOn {
  readonly name: string;
  /** Undefined: it is not understood, and may speak of it. */
  readonly expression: Expression | undefined;
  /** Whether it speaks of no other. */
  readonly isAlone: boolean;
}

/** Constraints of a table that speak of one column only, or of several with it among them. */
export function checksOn(table: Table, column: string): CheckOn[] {
  return table.checks.flatMap(({ name, expression: source }): CheckOn[] => {
    const expression = parseExpression(source);
    if (expression === undefined) {
      return source.includes(column) ? [{ name, expression, isAlone: false }] : [];
    }
    const names = columnsOf(expression);
    return names.has(column) ? [{ name, expression, isAlone: names.size === 1 }] : [];
  });
}

function checkTests(table: Table, column: Column): Test[] {
  const columns = new Map([[column.name, column]]);
  return checksOn(table, column.name).flatMap(({ expression, isAlone }): Test[] =>
    isAlone && expression !== undefined ? [(value) => evaluate(expression, { [column.name]: value }, columns)] : [],
  );
}

/** What a column takes by its type, as far as another value of the same shape may not be taken. */
function typeTests({ kind, precision, dimensions }: Column): Test[] {
  if (dimensions > 0) return [];
  switch (kind) {
    case 'integer': {
      const bits = BigInt(precision ?? 64);
      return [(value) => BigInt.asIntN(Number(bits), whole(value)) === whole(value)];
    }
    case 'decimal':
      // 02.50 and 2.50 are one number, and so are 2.50 and 2.5.
      return [
        (value) => /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(String(value)),
        (value) => /\.\d*0$/.test(String(value)) || /^-0[.0]*$/.test(String(value)),
      ];
    default:
      return [];
  }
}

function whole(value: Value): bigint {
  try {
    return BigInt(String(value));
  } catch {
    return 0n;
  }
}
