import type { Column, Row, Value } from '@datamaker/connectors';
import type { Expression, Operator } from './expression.ts';

/** What cannot be said without the database. */
export const UNKNOWN: unique symbol = Symbol('unknown');
type Result = Value | typeof UNKNOWN;

/** What a condition is for a row, with SQL's third truth value (null), or UNKNOWN for what is not understood. */
export function evaluate(expression: Expression, row: Row, columns: ReadonlyMap<string, Column>): Result {
  const of = (inner: Expression): Result => evaluate(inner, row, columns);
  switch (expression.is) {
    case 'literal':
      return expression.value;
    case 'column':
      return columns.has(expression.name) && expression.name in row ? (row[expression.name] ?? null) : UNKNOWN;
    case 'not': {
      const value = of(expression.of);
      return value === UNKNOWN || value === null ? value : value !== true;
    }
    case 'negative': {
      const value = of(expression.of);
      return value === UNKNOWN || value === null ? value : -Number(value);
    }
    case 'and':
    case 'or': {
      const ending = expression.is === 'or';
      const values = expression.all.map(of);
      if (values.includes(ending)) return ending;
      if (values.includes(UNKNOWN)) return UNKNOWN;
      return values.includes(null) ? null : !ending;
    }
    case 'null': {
      const value = of(expression.of);
      return value === UNKNOWN ? UNKNOWN : (value === null) !== expression.isNot;
    }
    case 'compare':
      return compareOver(expression, row, columns);
    case 'arithmetic': {
      const left = of(expression.left);
      const right = of(expression.right);
      if (left === UNKNOWN) return UNKNOWN;
      if (right === UNKNOWN) return UNKNOWN;
      if (left === null || right === null) return null;
      return arithmetic(expression.operator, left, right);
    }
    case 'call':
      return call(expression.name, expression.args.map(of));
    default:
      return UNKNOWN;
  }
}

function compareOver(
  { left, right, operator, over }: Extract<Expression, { is: 'compare' }>,
  row: Row,
  columns: ReadonlyMap<string, Column>,
): Result {
  const a = evaluate(left, row, columns);
  if (over === undefined) return compare(a, operator, evaluate(right, row, columns));
  if (right.is !== 'list') return UNKNOWN;
  const results = right.items.map((item) => compare(a, operator, evaluate(item, row, columns)));
  const ending = over === 'any';
  if (results.includes(ending)) return ending;
  if (results.includes(UNKNOWN)) return UNKNOWN;
  return results.includes(null) ? null : !ending;
}

function compare(a: Result, operator: Operator, b: Result): Result {
  if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN;
  if (a === null || b === null) return null;
  switch (operator) {
    case 'like':
    case 'not like':
    case 'ilike':
    case 'not ilike': {
      const pattern = String(b)
        .replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
        .replaceAll('%', '.*')
        .replaceAll('_', '.');
      return (
        matches(`^${pattern}$`, String(a), operator.includes('ilike') ? 'isu' : 'su') !== operator.startsWith('not')
      );
    }
    case 'match':
    case 'not match':
    case 'imatch':
    case 'not imatch': {
      const isMatch = matches(String(b), String(a), operator.includes('imatch') ? 'is' : 's');
      return isMatch === UNKNOWN ? UNKNOWN : isMatch !== operator.startsWith('not');
    }
    default: {
      const order = orderOf(a, b);
      if (order === undefined) return UNKNOWN;
      if (operator === '=') return order === 0;
      if (operator === '<>') return order !== 0;
      if (operator === '<') return order < 0;
      if (operator === '<=') return order <= 0;
      return operator === '>' ? order > 0 : order >= 0;
    }
  }
}

function matches(pattern: string, text: string, flags: string): boolean | typeof UNKNOWN {
  try {
    return new RegExp(pattern, flags).test(text);
  } catch {
    return UNKNOWN;
  }
}

const DATE = /^\d{4}-\d\d-\d\d(?:$|[T ])/;

function orderOf(a: Value, b: Value): number | undefined {
  if (typeof a === 'object' || typeof b === 'object') return undefined;
  if (typeof a === 'boolean' || typeof b === 'boolean')
    return Number(a === true || a === 'true') - Number(b === true || b === 'true');
  if (typeof a !== 'string' || typeof b !== 'string') return Math.sign(Number(a) - Number(b));
  if (DATE.test(a) && DATE.test(b)) return Math.sign(momentOf(a) - momentOf(b));
  if (a !== '' && b !== '' && !Number.isNaN(Number(a)) && !Number.isNaN(Number(b)) && a !== b)
    return Math.sign(Number(a) - Number(b));
  return a === b ? 0 : a < b ? -1 : 1;
}

const momentOf = (text: string): number =>
  Date.parse(text.length <= 10 ? text : `${text.replace(' ', 'T').replace(/Z$/, '')}Z`);

function arithmetic(operator: string, left: Value, right: Value): Result {
  if (operator === '||') return `${String(left)}${String(right)}`;
  const [a, b] = [Number(left), Number(right)];
  if (Number.isNaN(a) || Number.isNaN(b)) return UNKNOWN;
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? UNKNOWN : a / b;
    default:
      return b === 0 ? UNKNOWN : a % b;
  }
}

function call(name: string, args: readonly Result[]): Result {
  if (args.includes(UNKNOWN)) return UNKNOWN;
  const values = args as readonly Value[];
  const [first] = values;
  switch (name) {
    case 'now':
      return new Date().toISOString();
    case 'coalesce':
      return values.find((value) => value !== null) ?? null;
    case 'num_nonnulls':
      return values.filter((value) => value !== null).length;
    case 'num_nulls':
      return values.filter((value) => value === null).length;
    case 'length':
    case 'char_length':
    case 'character_length':
      return first === null || first === undefined ? null : [...String(first)].length;
    case 'octet_length':
      return first === null || first === undefined ? null : Buffer.byteLength(String(first));
    case 'upper':
      return first === null ? null : String(first).toUpperCase();
    case 'lower':
      return first === null ? null : String(first).toLowerCase();
    case 'btrim':
    case 'trim':
      return first === null ? null : String(first).trim();
    case 'abs':
      return first === null ? null : Math.abs(Number(first));
    default:
      return UNKNOWN;
  }
}
