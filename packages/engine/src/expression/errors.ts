/**
 * Why a source is refused.
 * - `expression_empty`: nothing to evaluate
 * - `expression_too_long`, `expression_too_deep`, `expression_too_large`: over a limit of limits.ts
 * - `expression_syntax`: something stands where it cannot
 * - `expression_unbalanced`: a bracket, a quote or a `{{` without its other half
 * - `expression_unknown_function`, `expression_unknown_field`: a name nobody knows
 * - `expression_arguments`: too few or too many arguments
 * - `expression_type`: an operation that no value of this type can be part of
 */
export type ExpressionDiagnosticCode =
  | 'expression_empty'
  | 'expression_too_long'
  | 'expression_too_deep'
  | 'expression_too_large'
  | 'expression_syntax'
  | 'expression_unbalanced'
  | 'expression_unknown_function'
  | 'expression_unknown_field'
  | 'expression_arguments'
  | 'expression_type';

/** `offset` and `length` count UTF-16 code units of the source and never reach past its end. */
export interface ExpressionDiagnostic {
  readonly code: ExpressionDiagnosticCode;
  readonly offset: number;
  readonly length: number;
  readonly message: string;
  readonly hint?: string;
}

export type ExpressionResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly ExpressionDiagnostic[] };

/**
 * Why an evaluation stopped.
 * - `expression_cost_exceeded`: out of steps, or a text or a value over its limit
 * - `expression_type`: a value of a type the operation does not take
 * - `expression_date`: a text that is no ISO 8601 date
 * - `expression_argument`: a value of the right type that the function cannot use, such as an unknown date format
 */
export type ExpressionErrorCode =
  | 'expression_cost_exceeded'
  | 'expression_type'
  | 'expression_date'
  | 'expression_argument';

/** The one thing `evaluate` throws. Its texts quote the source, never a value of the row. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly code: ExpressionErrorCode;
  /** Where in the source, in UTF-16 code units. */
  readonly offset: number;
  /** What to write instead. */
  readonly hint: string;

  constructor(code: ExpressionErrorCode, offset: number, message: string, hint: string) {
    super(message);
    this.code = code;
    this.offset = offset;
    this.hint = hint;
  }
}
