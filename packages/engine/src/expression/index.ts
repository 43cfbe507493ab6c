/**
 * The language of derived fields: a formula, or text with placeholders, becomes closures over one row.
 * source -> tokens -> syntax tree -> check (names, arguments, types) -> closures. Nothing in it can name anything but the
 * row's own JSON and the functions of the registry, and every evaluation ends: only functions loop, and they pay in steps.
 */
export type * from './ast.ts';
export {
  type ExpressionDiagnostic,
  type ExpressionDiagnosticCode,
  ExpressionError,
  type ExpressionErrorCode,
  type ExpressionResult,
} from './errors.ts';
export { type Expression, type ParseExpressionOptions, parseExpression } from './expression.ts';
export type { FunctionDocs } from './functions/definition.ts';
export { expressionFunctions } from './functions/registry.ts';
export * from './limits.ts';
export type { Scope } from './run.ts';
