import type { CallNode, Node } from './ast.ts';
import type { Evaluation } from './evaluation.ts';
import { mismatch, quote } from './expect.ts';
import type { Parameter, ParameterTypes } from './functions/definition.ts';
import { parseIsoDate } from './functions/iso-date.ts';
import { FUNCTIONS } from './functions/registry.ts';
import type { Run } from './run.ts';
import { isList, toText, type Value } from './value.ts';

type Argument = (...args: Parameters<Run>) => ParameterTypes[Parameter] | null;

/** A call of a function that is known and has the right number of arguments, which check.ts has seen to. */
export function compileCall(node: CallNode, inner: (node: Node) => Run, source: string): Run {
  const definition = FUNCTIONS.get(node.name);
  if (definition === undefined) throw new Error(`no function ${node.name}`);
  const { run, parameters, defaults, rest, takesNull } = definition;
  const { offset } = node;
  const args: Argument[] = node.args.map((arg, i) =>
    convert(parameters[i] ?? rest ?? 'any', inner(arg), arg, source, node.name),
  );
  if (rest !== undefined) {
    return (scope, evaluation) => {
      const values = args.map((arg) => arg(scope, evaluation));
      evaluation.offset = offset;
      return run(evaluation, values);
    };
  }
  for (const value of defaults.slice(defaults.length - (parameters.length - args.length), defaults.length)) {
    args.push(() => value);
  }
  const [first, second] = args;
  if (args.length === 1 && first !== undefined && !takesNull) {
    return (scope, evaluation) => {
      const value = first(scope, evaluation);
      evaluation.offset = offset;
      return value === null ? null : run(evaluation, value);
    };
  }
  if (args.length === 2 && first !== undefined && second !== undefined && !takesNull) {
    return (scope, evaluation) => {
      const a = first(scope, evaluation);
      const b = second(scope, evaluation);
      evaluation.offset = offset;
      return a === null || b === null ? null : run(evaluation, a, b);
    };
  }
  return (scope, evaluation) => {
    const values = args.map((arg) => arg(scope, evaluation));
    evaluation.offset = offset;
    return !takesNull && values.includes(null) ? null : run(evaluation, ...values);
  };
}

/** An argument as the parameter wants it, or null; anything else is an error that names the argument. */
function convert(parameter: Parameter, arg: Run, node: Node, source: string, name: string): Argument {
  if (parameter === 'any') return arg;
  const read = READERS[parameter];
  const rule = `${name}() takes ${WANTED[parameter]} here`;
  return (scope, evaluation) => {
    const value = arg(scope, evaluation);
    if (value === null) return null;
    evaluation.offset = node.offset;
    const converted = read(evaluation, value);
    if (converted !== undefined) return converted;
    if (parameter !== 'date' || typeof value !== 'string') return mismatch(evaluation, node, source, value, rule);
    const hint = 'dates are written YYYY-MM-DD, with or without a time behind: 2026-01-31T09:30:00Z';
    return evaluation.fail('expression_date', `${quote(source, node)} holds a text that is no date`, hint);
  };
}

/** For messages, after "takes". */
export const WANTED: { readonly [Kind in Parameter]: string } = {
  any: 'any value',
  number: 'a number',
  integer: 'a number',
  boolean: 'true or false',
  text: 'a text, a number or a boolean',
  date: 'a date as text',
  list: 'a list',
  sized: 'a text, a list or an object',
  searchable: 'a text or a list',
};

type Reader = (evaluation: Evaluation, value: Value) => ParameterTypes[Parameter] | undefined;

const READERS: { readonly [Kind in Exclude<Parameter, 'any'>]: Reader } = {
  number: (_, value) => (typeof value === 'number' ? value : undefined),
  integer: (_, value) => (typeof value === 'number' ? Math.trunc(value) : undefined),
  boolean: (_, value) => (typeof value === 'boolean' ? value : undefined),
  text: (evaluation, value) => {
    const text = toText(value);
    if (text !== undefined) evaluation.chargeText(text.length);
    return text;
  },
  date: (_, value) => (typeof value === 'string' ? parseIsoDate(value) : undefined),
  list: (_, value) => (isList(value) ? value : undefined),
  sized: (_, value) => (typeof value === 'string' || typeof value === 'object' ? value : undefined),
  searchable: (_, value) => (typeof value === 'string' || isList(value) ? value : undefined),
};
