/**
 * Why a pattern is refused.
 * - `invalid_pattern`: not a regular expression, or one that engines read differently
 * - `unsupported_pattern`: a construct no text can be generated from, or that not every engine knows
 * - `unsatisfiable_pattern`: no text matches, or none within printable ASCII where that is the alphabet
 * - `unsupported_flag`: a flag other than `i`
 * - `pattern_too_long`, `pattern_too_deep`, `pattern_output_too_long`: over a limit of limits.ts
 */
export type PatternDiagnosticCode =
  | 'invalid_pattern'
  | 'unsupported_pattern'
  | 'unsatisfiable_pattern'
  | 'unsupported_flag'
  | 'pattern_too_long'
  | 'pattern_too_deep'
  | 'pattern_output_too_long';

/** `offset` counts UTF-16 code units from 0 and always names a character of the source (0 when the source is empty). */
export interface PatternDiagnostic {
  readonly code: PatternDiagnosticCode;
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
}

export type PatternResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly PatternDiagnostic[] };
