import { compile } from '../../expression/compile.ts';
import { Evaluation } from '../../expression/evaluation.ts';
import type { Node } from '../../expression/index.ts';
import { constant, type Int, sub } from '../../plan/program.ts';
import type { Bindings } from './bindings.ts';
import { isConstant, select } from './bits.ts';
import type { Fields } from './expression-values.ts';
import { tabulated } from './field-values.ts';
import { type Known, notCertain } from './known.ts';

/** Values that a field may have, so that a part of an expression that reads no other is computed for each when compiling. */
const MOST_VALUES = 2048;
/** Steps that a tabulated part may take, and such parts in one expression: together far below an expression's budget. */
const MOST_STEPS = 200;
const MOST_TABLES = 16;

interface Listed {
  readonly values: readonly unknown[];
  /** Which of the values it is. */
  readonly index: Int;
}

/** Parts of an expression that read one field of few values, or none: JavaScript computes a table of them. */
export class Tabulation {
  readonly #fields: Fields;
  readonly #bindings: Bindings;
  readonly #source: string;
  #tables = 0;

  constructor(fields: Fields, bindings: Bindings, source: string) {
    this.#fields = fields;
    this.#bindings = bindings;
    this.#source = source;
  }

  of(node: Node): Known {
    const [path, ...others] = pathsIn(node);
    if (others.length > 0) return notCertain('several fields');
    if (++this.#tables > MOST_TABLES) return notCertain('more tables than are counted here');
    const run = compile(node, this.#source);
    const { values, index } =
      path === undefined ? { values: [null], index: constant(0) } : valuesOf(this.#fields.valueOf(path));
    const results = values.map((value) => {
      const scope = (path ?? []).reduceRight<unknown>((inner, name) => Object.fromEntries([[name, inner]]), value);
      try {
        return run((scope ?? {}) as Readonly<Record<string, unknown>>, new Evaluation(MOST_STEPS));
      } catch {
        return notCertain('an error in some row');
      }
    });
    return tabulated(results, this.#bindings.bind(index));
  }
}

function valuesOf(known: Known): Listed {
  if (known.type === 'null') return { values: [null], index: constant(0) };
  if (known.type === 'either') return notCertain('a value of one of two types');
  const { values, index } = presentValuesOf(known);
  if (isConstant(known.missing, 0n)) return { values, index };
  return { values: [...values, null], index: select(known.missing, constant(values.length), index) };
}

function presentValuesOf(known: Exclude<Known, { readonly type: 'null' | 'either' }>): Listed {
  switch (known.type) {
    case 'boolean':
      return { values: [false, true], index: known.int };
    case 'number': {
      const { lo, hi, decimals, faithful, int } = known;
      if (!faithful || hi - lo >= BigInt(MOST_VALUES)) return notCertain('too many values');
      const values = Array.from({ length: Number(hi - lo) + 1 }, (_, i) => (Number(lo) + i) / 10 ** decimals);
      return { values, index: lo === 0n ? int : sub(int, constant(lo)) };
    }
    case 'text':
      if (known.finite === undefined || known.finite.from.length > MOST_VALUES) return notCertain('too many values');
      return { values: known.finite.from, index: known.finite.index };
  }
}

/** The fields that are read, each once. */
function pathsIn(node: Node): string[][] {
  const found = new Map<string, string[]>();
  const visit = (part: Node): void => {
    const path = pathOf(part);
    if (path !== undefined) found.set(JSON.stringify(path), path);
    else for (const inner of innerNodes(part)) visit(inner);
  };
  visit(node);
  return [...found.values()];
}

function pathOf(node: Node): string[] | undefined {
  if (node.kind === 'field') return [node.name];
  if (node.kind !== 'member') return undefined;
  const object = pathOf(node.object);
  return object && [...object, node.name];
}

function innerNodes(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'field':
      return [];
    case 'member':
      return [node.object];
    case 'index':
      return [node.object, node.index];
    case 'each':
      return [node.list, ...node.path.flatMap((step) => (step.kind === 'index' ? [step.index] : []))];
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'conditional':
      return [node.condition, node.then, node.otherwise];
    case 'call':
      return node.args;
    case 'list':
      return node.items;
    case 'map':
      return node.entries.map(({ value }) => value);
    case 'text':
      return node.parts;
  }
}
