import { nearest } from '../text/nearest.ts';
import type { BinaryNode, CallNode, EachNode, Node, StaticType } from './ast.ts';
import { WANTED } from './compile-call.ts';
import { quote, remedy, withArticle } from './expect.ts';
import { commonType, type FunctionDefinition } from './functions/definition.ts';
import { FUNCTIONS } from './functions/registry.ts';
import type { Report } from './report.ts';
import { accepts } from './static-type.ts';

/** Names of other languages and tools, and what is meant. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  [
    ...[
      ['average', 'avg'],
      ['mean', 'avg'],
      ['len', 'length'],
      ['size', 'length'],
      ['substr', 'substring'],
    ],
    ...[
      ['uppercase', 'upper'],
      ['lowercase', 'lower'],
      ['tostring', 'string'],
      ['str', 'string'],
      ['int', 'integer'],
    ],
    ...[
      ['float', 'number'],
      ['ceiling', 'ceil'],
      ['pow', 'power'],
      ['ifnull', 'coalesce'],
      ['iif', 'if'],
      ['lpad', 'pad_left'],
    ],
    ...[
      ['rpad', 'pad_right'],
      ['datediff', 'days_between'],
      ['dateadd', 'add_days'],
      ['format', 'date_format'],
    ],
  ].map(([from = '', to = '']) => [from, to] as const),
);

/** Finds what can be known to be wrong before any row is seen, and the type and the references of the result. */
export class Checker {
  readonly #source: string;
  readonly #fields: ReadonlySet<string> | undefined;
  readonly #report: Report;
  /** Fields of the row that are read, in the order of their first appearance. */
  readonly references = new Set<string>();

  constructor(source: string, fields: readonly string[] | undefined, report: Report) {
    this.#source = source;
    this.#fields = fields === undefined ? undefined : new Set(fields);
    this.#report = report;
  }

  typeOf(node: Node): StaticType {
    switch (node.kind) {
      case 'literal':
        return node.value === null ? 'unknown' : (typeof node.value as 'boolean' | 'number' | 'string');
      case 'field':
        return this.#field(node.name, node);
      case 'member':
        this.#expect(node.object, ['object'], `only objects have a .${node.name}`);
        return 'unknown';
      case 'index': {
        const object = this.#expect(node.object, ['list', 'object'], 'only lists and objects have elements');
        if (object === 'list') this.#expect(node.index, ['number'], 'elements of a list have numbers');
        else this.#expect(node.index, ['number', 'string'], 'keys of an object are texts');
        return 'unknown';
      }
      case 'each':
        return this.#each(node);
      case 'unary':
        if (node.operator === 'not') return this.#condition(node.operand);
        this.#expect(node.operand, ['number'], '- takes numbers');
        return 'number';
      case 'binary':
        return this.#binary(node);
      case 'conditional':
        this.#condition(node.condition);
        return commonType([this.typeOf(node.then), this.typeOf(node.otherwise)]);
      case 'call':
        return this.#call(node);
      case 'list':
        for (const item of node.items) this.typeOf(item);
        return 'list';
      case 'map':
        for (const { value } of node.entries) this.typeOf(value);
        return 'object';
      case 'text':
        for (const part of node.parts) {
          this.#expect(part, ['string', 'number', 'boolean'], 'a placeholder takes texts and numbers');
        }
        return 'string';
    }
  }

  #field(name: string, node: Node): StaticType {
    this.references.add(name);
    if (this.#fields === undefined || this.#fields.has(name)) return 'unknown';
    const near = CONSTANTS.has(name.toLowerCase()) ? name.toLowerCase() : nearest(name, this.#fields);
    const known = [...this.#fields].slice(0, 10).join(', ');
    const all =
      known === '' ? 'there are no other fields' : `the fields are ${known}${this.#fields.size > 10 ? ', …' : ''}`;
    const hint = near === undefined ? all : `did you mean ${near}?`;
    this.#add('expression_unknown_field', node, `there is no field ${quote(this.#source, node)}`, hint);
    return 'unknown';
  }

  #each(node: EachNode): StaticType {
    this.#expect(node.list, ['list'], '[*] takes lists');
    for (const step of node.path) {
      if (step.kind === 'index') this.#expect(step.index, ['number', 'string'], 'elements have numbers or texts');
    }
    return 'list';
  }

  #binary(node: BinaryNode): StaticType {
    const { operator, left, right } = node;
    switch (operator) {
      case 'and':
      case 'or':
        this.#condition(left);
        return this.#condition(right);
      case '??':
        return commonType([this.typeOf(left), this.typeOf(right)]);
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        this.#comparison(node);
        return 'boolean';
      case '+': {
        const types = [left, right].map((side) =>
          this.#expect(
            side,
            ['number', 'string', 'boolean'],
            '+ takes two numbers, or a text and a text, number or boolean',
          ),
        );
        if (types.includes('string')) return 'string';
        if (types.every((type) => type === 'number')) return 'number';
        if (types.includes('boolean') && !types.includes('unknown')) {
          this.#add('expression_type', node, '+ adds no booleans', 'integer(…) makes 1 or 0 of it, string(…) a text');
        }
        return 'unknown';
      }
      default:
        this.#expect(left, ['number'], `${operator} takes numbers`);
        this.#expect(right, ['number'], `${operator} takes numbers`);
        return 'number';
    }
  }

  #comparison({ operator, left, right }: BinaryNode): void {
    const ordered = operator !== '==' && operator !== '!=';
    const check = (side: Node) =>
      ordered
        ? this.#expect(side, ['number', 'string'], `${operator} takes two numbers or two texts`)
        : this.typeOf(side);
    const a = check(left);
    const b = check(right);
    if (a === b || a === 'unknown' || b === 'unknown') return;
    if (ordered && !(ORDERED.has(a) && ORDERED.has(b))) return; // already reported
    const message = `${withArticle(a)} and ${withArticle(b)} are never ${ordered ? 'in an order' : 'equal'}`;
    const hint =
      a === 'string' || b === 'string' ? 'number(…) reads a number from a text' : 'compare values of one type';
    this.#add('expression_type', { ...left, length: right.offset + right.length - left.offset }, message, hint);
  }

  #condition(node: Node): StaticType {
    this.#expect(node, ['boolean'], 'a condition is true or false');
    return 'boolean';
  }

  #call(node: CallNode): StaticType {
    const definition = FUNCTIONS.get(node.name);
    const types = node.args.map((arg) => this.typeOf(arg));
    if (definition === undefined) {
      const name = node.name.toLowerCase();
      const near = SYNONYMS.get(name.replaceAll('_', '')) ?? nearest(name, FUNCTIONS.keys());
      const shown = node.name.length > 40 ? `${node.name.slice(0, 39)}…` : node.name;
      const hint =
        near === undefined ? 'the list of functions is in the reference of expressions' : `did you mean ${near}?`;
      this.#report.add(
        'expression_unknown_function',
        node.offset,
        node.name.length,
        `there is no function ${shown}()`,
        hint,
      );
      return 'unknown';
    }
    if (!this.#argumentCount(node, definition)) return 'unknown';
    node.args.forEach((arg, i) => {
      const parameter = definition.parameters[i] ?? definition.rest ?? 'any';
      const type = types[i] ?? 'unknown';
      if (!accepts(parameter, type)) this.#mismatch(arg, type, `${node.name}() takes ${WANTED[parameter]} here`);
    });
    return typeof definition.returns === 'string' ? definition.returns : definition.returns(types);
  }

  #argumentCount(node: CallNode, { parameters, defaults, rest, signature }: FunctionDefinition): boolean {
    const least = parameters.length - defaults.length + (rest === undefined ? 0 : 1);
    const most = rest === undefined ? parameters.length : Number.POSITIVE_INFINITY;
    const count = node.args.length;
    if (count >= least && count <= most) return true;
    const wanted = most === least ? `${least}` : rest === undefined ? `${least} to ${most}` : `at least ${least}`;
    const message = `${node.name}() takes ${wanted} argument${wanted === '1' || wanted.endsWith('least 1') ? '' : 's'}, not ${count}`;
    this.#report.add('expression_arguments', node.offset, node.length, message, `write ${signature}`);
    return false;
  }

  /** Reports the node when its type is known and none of these. */
  #expect(node: Node, wanted: readonly StaticType[], rule: string): StaticType {
    const type = this.typeOf(node);
    if (type !== 'unknown' && !wanted.includes(type)) this.#mismatch(node, type, rule);
    return type;
  }

  #mismatch(node: Node, type: StaticType, rule: string): void {
    this.#add(
      'expression_type',
      node,
      `${quote(this.#source, node)} is ${withArticle(type)}; ${rule}`,
      remedy(rule, type),
    );
  }

  #add(code: Parameters<Report['add']>[0], node: Node, message: string, hint: string): void {
    this.#report.add(code, node.offset, node.length, message, hint);
  }
}

const CONSTANTS: ReadonlySet<string> = new Set(['true', 'false', 'null']);
const ORDERED: ReadonlySet<StaticType> = new Set<StaticType>(['number', 'string']);
