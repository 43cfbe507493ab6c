import type { Node, PathStep } from './ast.ts';
import type { Parser } from './parser.ts';

/** Reads what follows a value: `.name`, `[index]` and `[*]`. Behind a `[*]` everything goes into the path of its node. */
export class PathReader {
  readonly #parser: Parser;
  /** The list and the path of the `[*]` that was met. */
  #each: { readonly list: Node; readonly path: PathStep[] } | undefined;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  follow(primary: Node): Node {
    const parser = this.#parser;
    let node = primary;
    for (;;) {
      if (parser.isSign('.')) node = this.#member(node);
      else if (parser.isSign('[')) node = this.#index(node);
      else if (parser.isSign('(')) {
        const hint = 'functions stand before their values: upper(name)';
        parser.report('expression_syntax', parser.token, 'a value cannot be called', hint);
        parser.unexpected('an operator');
        return node;
      } else return node;
    }
  }

  #member(node: Node): Node {
    const parser = this.#parser;
    parser.advance();
    const token = parser.token;
    if (token.kind !== 'name' && token.kind !== 'quoted') {
      return parser.unexpected('a name behind the dot; elements are taken with [0] or [*]');
    }
    parser.advance();
    return (
      this.#step(node, { kind: 'member', name: token.value }) ??
      parser.node(node.offset, { kind: 'member', object: node, name: token.value })
    );
  }

  #index(node: Node): Node {
    const parser = this.#parser;
    const open = parser.advance();
    const next = parser.nextToken;
    if (parser.isSign('*') && next?.kind === 'sign' && next.value === ']') {
      parser.advance();
      parser.advance();
      const more = this.#step(node, { kind: 'each' });
      if (more !== undefined) return more;
      this.#each = { list: node, path: [] };
      return parser.node(node.offset, { kind: 'each', list: node, path: [] });
    }
    const index = parser.expression();
    parser.close(open, ']');
    return (
      this.#step(node, { kind: 'index', index }) ?? parser.node(node.offset, { kind: 'index', object: node, index })
    );
  }

  #step(node: Node, step: PathStep): Node | undefined {
    if (this.#each === undefined) return undefined;
    this.#each.path.push(step);
    return this.#parser.node(node.offset, { kind: 'each', list: this.#each.list, path: [...this.#each.path] });
  }
}
