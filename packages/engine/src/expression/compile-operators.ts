import type { ArithmeticOperator, BinaryNode, OrderOperator } from './ast.ts';
import { equals } from './equals.ts';
import type { Evaluation } from './evaluation.ts';
import { mismatch } from './expect.ts';
import { powerOf } from './functions/numbers.ts';
import type { Run } from './run.ts';
import { toText, type Value } from './value.ts';

/**
 * One closure to an operator, with the case of two numbers first. `x - x === 0` is true for finite numbers only: a result
 * that is not finite is null.
 */
export function compileArithmetic(node: BinaryNode, operator: ArithmeticOperator, l: Run, r: Run, source: string): Run {
  const other = (evaluation: Evaluation, left: Value, right: Value): null => {
    if (left !== null && typeof left !== 'number')
      mismatch(evaluation, node.left, source, left, `${operator} takes numbers`);
    if (right !== null && typeof right !== 'number')
      mismatch(evaluation, node.right, source, right, `${operator} takes numbers`);
    return null;
  };
  switch (operator) {
    case '-':
      return (scope, evaluation) => {
        const left = l(scope, evaluation);
        const right = r(scope, evaluation);
        if (typeof left !== 'number' || typeof right !== 'number') return other(evaluation, left, right);
        const x = left - right;
        return x - x === 0 ? x : null;
      };
    case '*':
      return (scope, evaluation) => {
        const left = l(scope, evaluation);
        const right = r(scope, evaluation);
        if (typeof left !== 'number' || typeof right !== 'number') return other(evaluation, left, right);
        const x = left * right;
        return x - x === 0 ? x : null;
      };
    case '/':
      return (scope, evaluation) => {
        const left = l(scope, evaluation);
        const right = r(scope, evaluation);
        if (typeof left !== 'number' || typeof right !== 'number') return other(evaluation, left, right);
        const x = left / right;
        return x - x === 0 ? x : null;
      };
    case '%':
      return (scope, evaluation) => {
        const left = l(scope, evaluation);
        const right = r(scope, evaluation);
        if (typeof left !== 'number' || typeof right !== 'number') return other(evaluation, left, right);
        const x = left % right;
        return x - x === 0 ? x : null;
      };
    case '**':
      return (scope, evaluation) => {
        const left = l(scope, evaluation);
        const right = r(scope, evaluation);
        if (typeof left !== 'number' || typeof right !== 'number') return other(evaluation, left, right);
        return powerOf(left, right);
      };
  }
}

/** Adds numbers; joins texts when one side is a text. Null on either side makes it null. */
export function compilePlus(node: BinaryNode, l: Run, r: Run, source: string): Run {
  const other = (evaluation: Evaluation, left: Value, right: Value): Value => {
    if (left === null || right === null) return null;
    const a = toText(left);
    const b = toText(right);
    const rule = '+ takes two numbers, or a text and a text, number or boolean';
    if (a === undefined) return mismatch(evaluation, node.left, source, left, rule);
    if (b === undefined) return mismatch(evaluation, node.right, source, right, rule);
    if (typeof left !== 'string' && typeof right !== 'string') {
      const wrong = typeof left === 'boolean' ? node.left : node.right;
      return mismatch(evaluation, wrong, source, true, rule, 'integer(…) makes 1 or 0 of it, string(…) a text');
    }
    evaluation.offset = node.offset;
    evaluation.allowText(a.length + b.length);
    return a + b;
  };
  return (scope, evaluation) => {
    const left = l(scope, evaluation);
    const right = r(scope, evaluation);
    if (typeof left !== 'number' || typeof right !== 'number') return other(evaluation, left, right);
    const x = left + right;
    return x - x === 0 ? x : null;
  };
}

/** Compares with null as a value of its own, so that `x == null` asks whether x is missing. */
export function compileEquality(node: BinaryNode, l: Run, r: Run): Run {
  const wanted = node.operator === '==';
  return (scope, evaluation) => {
    const left = l(scope, evaluation);
    const right = r(scope, evaluation);
    if (typeof left === 'number') return (left === right) === wanted;
    evaluation.offset = node.offset;
    return equals(evaluation, left, right) === wanted;
  };
}

/** Orders two numbers, or two texts by their UTF-16 code units (ISO dates fall into place); null makes it null. */
export function compileOrder(node: BinaryNode, operator: OrderOperator, l: Run, r: Run, source: string): Run {
  const test: (a: number | string, b: number | string) => boolean = ORDER[operator];
  return (scope, evaluation) => {
    const left = l(scope, evaluation);
    const right = r(scope, evaluation);
    if (typeof left === 'number' && typeof right === 'number') return test(left, right);
    if (left === null || right === null) return null;
    if (typeof left === 'string' && typeof right === 'string') {
      evaluation.offset = node.offset;
      evaluation.chargeText(Math.min(left.length, right.length));
      return test(left, right);
    }
    const wrong = typeof left === 'number' || (typeof left === 'string' && typeof right !== 'number');
    const rule = `${operator} takes two numbers or two texts`;
    return mismatch(evaluation, wrong ? node.right : node.left, source, wrong ? right : left, rule);
  };
}

const ORDER: { readonly [Operator in OrderOperator]: (a: number | string, b: number | string) => boolean } = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
