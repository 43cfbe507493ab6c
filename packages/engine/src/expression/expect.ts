import type { Node } from './ast.ts';
import type { Evaluation } from './evaluation.ts';
import type { Run } from './run.ts';
import { typeOf, type Value } from './value.ts';

const MAX_QUOTE = 40;

/** What an error calls a part of the expression: its own text, shortened. */
export function quote(source: string, node: Node): string {
  const text = source.slice(node.offset, node.offset + node.length);
  return text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE - 1)}…` : text;
}

/** "a list", "an object" */
export const withArticle = (type: string): string => (type === 'object' ? 'an object' : `a ${type}`);

/** What turns a value of one type into another, or what to do about it. */
export function remedy(wanted: string, got: string): string {
  if (got === 'string' && wanted.includes('number')) return 'number(…) reads a number from a text';
  if (got === 'boolean' && wanted.includes('two texts')) return 'compare twice: 1 < x and x < 5';
  if (got === 'list') return 'take an element with [0], or sum(…), count(…) or join(…) of the list';
  if (got === 'object') return 'take the part of it that is wanted, with .name';
  if (wanted.includes('true or false')) return got === 'number' ? 'compare it: … != 0' : "compare it: … != ''";
  return 'see the types of the fields it reads';
}

/** Throws for a value of the wrong type. `rule` says what would be right. */
export function mismatch(
  evaluation: Evaluation,
  node: Node,
  source: string,
  value: Value,
  rule: string,
  hint = remedy(rule, typeOf(value)),
): never {
  evaluation.offset = node.offset;
  return evaluation.fail(
    'expression_type',
    `${quote(source, node)} is ${withArticle(typeOf(value))} here; ${rule}`,
    hint,
  );
}

/** A node whose value decides: true or false, and null counts as false. */
export function condition(run: Run, node: Node, source: string): (...args: Parameters<Run>) => boolean {
  return (scope, evaluation) => {
    const value = run(scope, evaluation);
    if (typeof value === 'boolean') return value;
    return value === null ? false : mismatch(evaluation, node, source, value, 'a condition is true or false');
  };
}
