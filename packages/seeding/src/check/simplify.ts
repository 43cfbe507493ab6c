import type { Expression } from './expression.ts';

const DAY = 86_400_000;

/**
 * The same condition in words that say more of columns: `upper(state) IN ('NEW')` is met by `state IN ('NEW')`, and
 * `now() - interval '18 years'` is a moment.
 * @param now in milliseconds since the epoch
 */
export function simplify(expression: Expression, now: number): Expression {
  const of = (inner: Expression): Expression => simplify(inner, now);
  switch (expression.is) {
    case 'list':
      return { ...expression, items: expression.items.map(of) };
    case 'not':
    case 'negative':
    case 'null':
      return { ...expression, of: of(expression.of) };
    case 'and':
    case 'or':
      return { ...expression, all: expression.all.map(of) };
    case 'call':
      return { ...expression, args: expression.args.map(of) };
    case 'compare':
      return inCase({ ...expression, left: of(expression.left), right: of(expression.right) });
    case 'arithmetic':
      return moment({ ...expression, left: of(expression.left), right: of(expression.right) }, now);
    default:
      return expression;
  }
}

/** Values that are compared in one case are given in that case. What they are is left narrower than it may be. */
function inCase(given: Extract<Expression, { is: 'compare' }>): Expression {
  const { left, right, operator, over } = given;
  const isCase = left.is === 'call' && (left.name === 'upper' || left.name === 'lower');
  const [column] = isCase ? left.args : [];
  if (!isCase || operator !== '=' || over === 'all' || column?.is !== 'column') return given;
  const isReached = (one: Expression): boolean =>
    one.is === 'literal' &&
    typeof one.value === 'string' &&
    one.value === (left.name === 'upper' ? one.value.toUpperCase() : one.value.toLowerCase());
  const items = right.is === 'list' ? right.items : [right];
  return items.length > 0 && items.every(isReached) ? { ...given, left: column } : given;
}

function moment(given: Extract<Expression, { is: 'arithmetic' }>, now: number): Expression {
  const { left, right, operator } = given;
  const isNow = left.is === 'call' && left.name === 'now';
  if (!isNow || right.is !== 'literal' || (operator !== '+' && operator !== '-')) return given;
  const sign = operator === '+' ? 1 : -1;
  const moved =
    typeof right.value === 'number' ? now + sign * right.value * DAY : after(now, sign, String(right.value));
  return moved === undefined ? given : { is: 'literal', value: new Date(moved).toISOString() };
}

const UNITS = /(\d+)\s*(years?|y|months?|mons?|weeks?|w|days?|d)\b/gi;

/** A moment and a span: `18 years`, `1 mon 3 days`, ISO 8601's `P1Y2M`. */
function after(start: number, sign: number, span: string): number | undefined {
  const words = span.startsWith('P')
    ? span
        .slice(1)
        .replace(/M/, 'mon ')
        .replaceAll(/([YWD])/g, '$1 ')
    : span;
  let rest = words;
  const date = new Date(start);
  for (const [whole, number, unit = ''] of words.matchAll(UNITS)) {
    const amount = sign * Number(number);
    if (/^y/i.test(unit)) date.setUTCFullYear(date.getUTCFullYear() + amount);
    else if (/^m/i.test(unit)) date.setUTCMonth(date.getUTCMonth() + amount);
    else date.setTime(date.getTime() + amount * DAY * (/^w/i.test(unit) ? 7 : 1));
    rest = rest.replace(whole, '');
  }
  return rest.trim() === '' && words !== '' ? date.getTime() : undefined;
}
