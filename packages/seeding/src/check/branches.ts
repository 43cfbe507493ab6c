import type { Expression, Operator } from './expression.ts';

/** A condition without AND, OR and NOT; false for what cannot be taken apart. */
export type Atom = Extract<Expression, { is: 'compare' | 'null' | 'column' | 'literal' }>;

const OPPOSITE: Readonly<Record<Operator, Operator>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  like: 'not like',
  'not like': 'like',
  ilike: 'not ilike',
  'not ilike': 'ilike',
  match: 'not match',
  'not match': 'match',
  imatch: 'not imatch',
  'not imatch': 'imatch',
};
/** Ways to meet a condition beyond this many are not looked at. */
const MOST = 64;

/** The ways in which a condition can be met: lists of conditions all of which hold. What is not understood has none. */
export function branchesOf(expression: Expression, isNot = false): readonly (readonly Atom[])[] {
  switch (expression.is) {
    case 'not':
      return branchesOf(expression.of, !isNot);
    case 'and':
    case 'or': {
      const parts = expression.all.map((part) => branchesOf(part, isNot));
      return (expression.is === 'or') !== isNot ? parts.flat().slice(0, MOST) : product(parts);
    }
    case 'null':
      return [[isNot ? { ...expression, isNot: !expression.isNot } : expression]];
    case 'compare': {
      const pair = equivalence(expression, isNot);
      if (pair !== undefined) return pair;
      if (!isNot) return [[expression]];
      const over =
        expression.over === undefined ? {} : { over: expression.over === 'any' ? ('all' as const) : ('any' as const) };
      return [[{ ...expression, ...over, operator: OPPOSITE[expression.operator] }]];
    }
    case 'column':
      return [[{ is: 'compare', operator: '=', left: expression, right: { is: 'literal', value: !isNot } }]];
    case 'literal':
      return expression.value === !isNot ? [[]] : [];
    default:
      return [];
  }
}

const isCondition = (expression: Expression): boolean =>
  ['and', 'or', 'not', 'null', 'compare'].includes(expression.is);

/** `(a IS NULL) = (b IS NULL)`, `(a > 0) <> (b > 0)`. */
function equivalence(
  { left, right, operator, over }: Extract<Expression, { is: 'compare' }>,
  isNot: boolean,
): readonly (readonly Atom[])[] | undefined {
  const isOne = (expression: Expression): boolean => isCondition(expression) || expression.is === 'column';
  const areBoth = isOne(left) && isOne(right) && (isCondition(left) || isCondition(right));
  if (over !== undefined || (operator !== '=' && operator !== '<>') || !areBoth) return undefined;
  const isSame = (operator === '=') !== isNot;
  return [
    ...product([branchesOf(left, false), branchesOf(right, !isSame)]),
    ...product([branchesOf(left, true), branchesOf(right, isSame)]),
  ];
}

function product(parts: readonly (readonly (readonly Atom[])[])[]): readonly (readonly Atom[])[] {
  let all: readonly (readonly Atom[])[] = [[]];
  for (const part of parts) all = all.flatMap((some) => part.map((more) => [...some, ...more])).slice(0, MOST);
  return all;
}
