import type { Node } from './ast.ts';
import type { Parser } from './parser.ts';
import type { Token } from './token.ts';

const CONSTANTS: ReadonlyMap<string, null | boolean> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const OPERATORS = new Set(['and', 'or', 'not']);

/** A value without an operator: a literal, a field, a call, a list, a map or something in brackets. */
export function parsePrimary(parser: Parser): Node {
  const token = parser.token;
  switch (token.kind) {
    case 'number':
    case 'string':
      parser.advance();
      return parser.node(token.offset, { kind: 'literal', value: token.value });
    case 'quoted':
      parser.advance();
      return parser.node(token.offset, { kind: 'field', name: token.value });
    case 'name':
      return parseName(parser, token);
    case 'sign':
      if (token.value === '(') return parseGroup(parser);
      if (token.value === '[') return parseList(parser);
      if (token.value === '{') return parseMap(parser);
  }
  return parser.unexpected('a value, a field or a function');
}

function parseName(parser: Parser, token: Token & { kind: 'name' }): Node {
  const constant = CONSTANTS.get(token.value);
  if (constant === undefined && OPERATORS.has(token.value)) return parser.unexpected('a value, a field or a function');
  parser.advance();
  if (constant !== undefined) return parser.node(token.offset, { kind: 'literal', value: constant });
  if (!parser.isSign('(')) return parser.node(token.offset, { kind: 'field', name: token.value });
  const open = parser.advance();
  const args = parseItems(parser, ')');
  parser.close(open, ')');
  if (token.value !== 'field') return parser.node(token.offset, { kind: 'call', name: token.value, args });
  const [name] = args;
  if (args.length !== 1 || name?.kind !== 'literal' || typeof name.value !== 'string') {
    const hint = "write field('unit price'); for a name that is computed, look it up in a map";
    parser.report('expression_arguments', token, 'field() takes one name in quotes', hint);
    return { kind: 'literal', value: null, offset: token.offset, length: token.length };
  }
  return parser.node(token.offset, { kind: 'field', name: name.value });
}

function parseGroup(parser: Parser): Node {
  const open = parser.advance();
  const inner = parser.expression();
  parser.close(open, ')');
  return inner;
}

function parseList(parser: Parser): Node {
  const open = parser.advance();
  const items = parseItems(parser, ']');
  parser.close(open, ']');
  return parser.node(open.offset, { kind: 'list', items });
}

/** Expressions with commas between them, up to the closing sign and without it. */
function parseItems(parser: Parser, sign: ')' | ']'): readonly Node[] {
  const items: Node[] = [];
  if (parser.isSign(sign)) return items;
  do items.push(parser.expression());
  while (parser.more());
  return items;
}

function parseMap(parser: Parser): Node {
  const open = parser.advance();
  const entries: { key: string; value: Node }[] = [];
  const keys = new Set<string>();
  if (!parser.isSign('}')) {
    do {
      const token = parser.token;
      if (token.kind === 'end' || token.kind === 'sign') {
        parser.unexpected("a key, such as 'a'");
        continue;
      }
      const key = String(token.value);
      parser.advance();
      if (keys.has(key)) {
        parser.report('expression_syntax', token, 'this key stands twice in the map', 'keep one of them');
      }
      keys.add(key);
      if (parser.accept(':')) entries.push({ key, value: parser.expression() });
      else parser.unexpected("a : and the key's value");
    } while (parser.more());
  }
  parser.close(open, '}');
  return parser.node(open.offset, { kind: 'map', entries });
}
