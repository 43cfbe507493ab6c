import type { EachNode, FieldNode, IndexNode, MemberNode, Node } from './ast.ts';
import type { Evaluation } from './evaluation.ts';
import { mismatch } from './expect.ts';
import type { Run } from './run.ts';
import { isList, type Value } from './value.ts';

/** A field of the row by its own property; one that is not there is null. */
export function compileField(node: FieldNode): Run {
  const { name, offset } = node;
  return (scope, evaluation) => {
    if (!Object.hasOwn(scope, name)) return null;
    const raw = scope[name];
    if (typeof raw === 'string') return raw;
    if (typeof raw === 'number' && raw - raw === 0) return raw;
    evaluation.offset = offset;
    return evaluation.admit(raw);
  };
}

export function compileMember(node: MemberNode, inner: (node: Node) => Run, source: string): Run {
  const object = inner(node.object);
  return (scope, evaluation) => memberOf(evaluation, node.object, source, object(scope, evaluation), node.name);
}

export function compileIndex(node: IndexNode, inner: (node: Node) => Run, source: string): Run {
  const object = inner(node.object);
  const index = inner(node.index);
  return (scope, evaluation) => {
    const from = object(scope, evaluation);
    return elementOf(evaluation, node.object, source, from, index(scope, evaluation), node.index);
  };
}

type Step = (evaluation: Evaluation, value: Value) => Value;

/** `list[*].path`: the path is followed from every element; a further `[*]` makes one flat list of all it finds. */
export function compileEach(node: EachNode, inner: (node: Node) => Run, source: string): Run {
  const list = inner(node.list);
  // The indices are evaluated once, before the loop: the work in the loop is bounded by the length of the path.
  const steps = node.path.map((step) => (step.kind === 'index' ? inner(step.index) : undefined));
  const rule = '[*] takes lists';
  return (scope, evaluation) => {
    const from = list(scope, evaluation);
    if (from === null) return null;
    if (!isList(from)) return mismatch(evaluation, node.list, source, from, rule);
    const indices = steps.map((index) => index?.(scope, evaluation) ?? null);
    evaluation.offset = node.offset;
    evaluation.charge(from.length);
    let found: Value[] = from.map((raw) => evaluation.admit(raw));
    node.path.forEach((step, i) => {
      evaluation.offset = node.offset;
      evaluation.charge(found.length);
      if (step.kind === 'each') {
        found = found.flatMap((value) => {
          if (value === null) return [];
          if (!isList(value)) return mismatch(evaluation, node, source, value, rule);
          evaluation.charge(value.length);
          return value.map((raw) => evaluation.admit(raw));
        });
        return;
      }
      const follow: Step =
        step.kind === 'member'
          ? (_, value) => memberOf(evaluation, node, source, value, step.name)
          : (_, value) => elementOf(evaluation, node, source, value, indices[i] ?? null, step.index);
      found = found.map((value) => follow(evaluation, value));
    });
    return found;
  };
}

function memberOf(evaluation: Evaluation, node: Node, source: string, value: Value, name: string): Value {
  if (value === null) return null;
  if (typeof value !== 'object' || isList(value)) {
    const hint = typeof value === 'object' ? `[*].${name} takes it from every element` : 'leave the part out';
    return mismatch(evaluation, node, source, value, `only objects have a .${name}`, hint);
  }
  evaluation.offset = node.offset;
  return evaluation.read(value, name);
}

/** An element of a list by its position from 0, or a value of an object by its key; null when there is none. */
function elementOf(evaluation: Evaluation, node: Node, source: string, value: Value, index: Value, at: Node): Value {
  if (value === null || index === null) return null;
  if (typeof value !== 'object') {
    const hint =
      typeof value === 'string' ? 'substring(text, position, 1) takes a character' : 'leave the brackets out';
    return mismatch(evaluation, node, source, value, 'only lists and objects have elements', hint);
  }
  if (isList(value)) {
    if (typeof index !== 'number') {
      return mismatch(evaluation, at, source, index, 'elements of a list have numbers', 'the first one is [0]');
    }
    evaluation.offset = node.offset;
    // A list has other own properties than its elements, such as `length`; numbers never name them.
    return evaluation.read(value, index);
  }
  if (typeof index !== 'string' && typeof index !== 'number') {
    return mismatch(evaluation, at, source, index, 'keys of an object are texts', 'string(…) makes a text of it');
  }
  evaluation.offset = node.offset;
  return evaluation.read(value, String(index));
}
