import type { Node } from './ast.ts';
import { compileCall } from './compile-call.ts';
import { compileArithmetic, compileEquality, compileOrder, compilePlus } from './compile-operators.ts';
import { compileEach, compileField, compileIndex, compileMember } from './compile-path.ts';
import { condition, mismatch } from './expect.ts';
import type { Run } from './run.ts';
import { toText, typeOf, type Value } from './value.ts';

/** Turns a checked tree into closures, one to a node: no source text is ever run. `source` is quoted in errors. */
export function compile(node: Node, source: string): Run {
  const inner = (child: Node): Run => compile(child, source);
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'field':
      return compileField(node);
    case 'member':
      return compileMember(node, inner, source);
    case 'index':
      return compileIndex(node, inner, source);
    case 'each':
      return compileEach(node, inner, source);
    case 'unary': {
      const operand = inner(node.operand);
      if (node.operator === 'not') {
        const test = condition(operand, node.operand, source);
        return (scope, evaluation) => !test(scope, evaluation);
      }
      return (scope, evaluation) => {
        const value = operand(scope, evaluation);
        if (typeof value === 'number') return -value;
        return value === null ? null : mismatch(evaluation, node.operand, source, value, '- takes numbers');
      };
    }
    case 'binary': {
      const left = inner(node.left);
      const right = inner(node.right);
      switch (node.operator) {
        case '??':
          return orElse(left, right);
        case 'and':
        case 'or': {
          const first = condition(left, node.left, source);
          const second = condition(right, node.right, source);
          return node.operator === 'and'
            ? (scope, evaluation) => first(scope, evaluation) && second(scope, evaluation)
            : (scope, evaluation) => first(scope, evaluation) || second(scope, evaluation);
        }
        case '==':
        case '!=':
          return compileEquality(node, left, right);
        case '<':
        case '<=':
        case '>':
        case '>=':
          return compileOrder(node, node.operator, left, right, source);
        case '+':
          return compilePlus(node, left, right, source);
        default:
          return compileArithmetic(node, node.operator, left, right, source);
      }
    }
    case 'conditional':
      return branch(condition(inner(node.condition), node.condition, source), inner(node.then), inner(node.otherwise));
    case 'call': {
      const [first, second, third] = node.args;
      if (node.name === 'if' && first && second && third) {
        return branch(condition(inner(first), first, source), inner(second), inner(third));
      }
      if (node.name === 'coalesce') return node.args.map(inner).reduceRight((rest, arg) => orElse(arg, rest));
      return compileCall(node, inner, source);
    }
    case 'list': {
      const items = node.items.map(inner);
      const make: Run = (scope, evaluation) => items.map((item) => item(scope, evaluation));
      return node.items.every(isLiteral) ? constant(node.items.map(literalOf)) : make;
    }
    case 'map': {
      const entries = node.entries.map(({ key, value }) => [key, inner(value)] as const);
      const build = (make: (entry: readonly [string, Run], index: number) => Value): Value => {
        const map: { [key: string]: Value } = Object.create(null);
        entries.forEach((entry, i) => {
          map[entry[0]] = make(entry, i);
        });
        return map;
      };
      const values = node.entries.map((entry) => entry.value);
      if (values.every(isLiteral)) return constant(build((_, i) => literalOf(values[i])));
      return (scope, evaluation) => build(([, run]) => run(scope, evaluation));
    }
    case 'text': {
      const parts = node.parts.map((part) => ({ run: inner(part), part }));
      return (scope, evaluation) => {
        let text = '';
        for (const { run, part } of parts) {
          const value = run(scope, evaluation);
          const piece = toText(value);
          if (piece === undefined) {
            const hint = typeOf(value) === 'list' ? 'write join(…) around it' : 'take the part of it that is wanted';
            return mismatch(evaluation, part, source, value, 'a placeholder takes texts and numbers', hint);
          }
          evaluation.offset = part.offset;
          evaluation.allowText(text.length + piece.length);
          text += piece;
        }
        return text;
      };
    }
  }
}

const isLiteral = (node: Node): boolean => node.kind === 'literal';
const literalOf = (node: Node | undefined): Value => (node?.kind === 'literal' ? node.value : null);

/** One list or map for all rows, which nobody can change. */
function constant(value: Value): Run {
  Object.freeze(value);
  return () => value;
}

const orElse =
  (first: Run, second: Run): Run =>
  (scope, evaluation) =>
    first(scope, evaluation) ?? second(scope, evaluation);

const branch =
  (test: (...args: Parameters<Run>) => boolean, then: Run, otherwise: Run): Run =>
  (scope, evaluation) =>
    test(scope, evaluation) ? then(scope, evaluation) : otherwise(scope, evaluation);
