import type { Node, StaticType, TextNode } from './ast.ts';
import { Checker } from './check.ts';
import { compile } from './compile.ts';
import type { ExpressionResult } from './errors.ts';
import { Evaluation } from './evaluation.ts';
import { DEFAULT_FUEL, MAX_SOURCE_LENGTH } from './limits.ts';
import { Parser } from './parser.ts';
import { Report } from './report.ts';
import type { Scope } from './run.ts';
import { hasPlaceholders, splitText } from './split-text.ts';
import { tokenize } from './tokenize.ts';

/** A derived field's formula: parsed, checked and compiled once, evaluated for every row. */
export interface Expression {
  readonly source: string;
  readonly ast: Node;
  /** The type of every result that is not null. */
  readonly resultType: StaticType;
  /** The fields of the row it reads, each once, in the order of their first appearance. */
  readonly references: readonly string[];
  /** Steps every evaluation takes, whatever the row: what its lists and texts cost comes on top. */
  readonly cost: number;
  /**
   * The value for one row: JSON, numbers finite. Fields are own properties of `scope`; a missing one is null.
   * @param fuel the steps it may take, 10,000 when left out
   * @throws {ExpressionError} and nothing else
   */
  evaluate(scope: Scope, fuel?: number): unknown;
}

export interface ParseExpressionOptions {
  /** The names the row has; without it no name is refused. */
  readonly fields?: readonly string[];
}

/** Parses and checks a formula, or text with placeholders; all that is wrong with it at once. */
export function parseExpression(source: string, options: ParseExpressionOptions = {}): ExpressionResult<Expression> {
  const report = new Report(source);
  if (source.length > MAX_SOURCE_LENGTH) {
    const message = `the expression has ${source.length} characters; ${MAX_SOURCE_LENGTH} are allowed`;
    report.add(
      'expression_too_long',
      MAX_SOURCE_LENGTH,
      source.length,
      message,
      'divide it over several derived fields',
    );
  } else if (source.trim() === '') {
    const hint = 'write a formula, such as price * quantity, or text such as {{first_name}} {{last_name}}';
    report.add('expression_empty', 0, source.length, 'the expression is empty', hint);
  }
  if (!report.isEmpty) return { ok: false, diagnostics: report.diagnostics() };
  const nodes = { count: 0 };
  const ast = hasPlaceholders(source)
    ? parseText(source, options.fields, nodes, report)
    : new Parser(source, tokenize(source, 0, false, report).tokens, nodes, report).parse();
  // Over a limit the tree is cut off, and what is missing in it is no mistake of the writer.
  if (report.overLimit) return { ok: false, diagnostics: report.diagnostics() };
  const checker = new Checker(source, options.fields, report);
  const resultType = checker.typeOf(ast);
  if (!report.isEmpty) return { ok: false, diagnostics: report.diagnostics() };
  const run = compile(ast, source);
  const cost = nodes.count;
  return {
    ok: true,
    value: {
      source,
      ast,
      resultType,
      references: [...checker.references],
      cost,
      evaluate: (scope, fuel = DEFAULT_FUEL) => {
        const evaluation = new Evaluation(fuel);
        evaluation.charge(cost);
        const value = run(scope, evaluation);
        return value === 0 ? 0 : value; // no -0
      },
    },
  };
}

/** A placeholder alone is its value, with its type; all else is text. */
function parseText(
  source: string,
  fields: readonly string[] | undefined,
  nodes: { count: number },
  report: Report,
): Node {
  const names = new Set(fields);
  const parts = splitText(source, report).map((piece): Node => {
    const { offset, length } = piece;
    if (piece.kind === 'text') return { kind: 'literal', value: piece.value, offset, length };
    // `{{First Name}}`: what is exactly the name of a field is that field, whatever characters it is made of.
    if (names.has(piece.inner)) return { kind: 'field', name: piece.inner, offset, length };
    if (piece.inner === '') {
      report.add('expression_empty', offset, length, 'this placeholder is empty', 'write the name of a field in it');
      return { kind: 'literal', value: null, offset, length };
    }
    if (report.overLimit) return { kind: 'literal', value: null, offset, length };
    return new Parser(source, piece.tokens, nodes, report).parse();
  });
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const text: TextNode = { kind: 'text', parts, offset: 0, length: source.length };
  nodes.count += parts.length;
  return text;
}
