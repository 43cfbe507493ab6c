/** Something wrong with a request, in a form that a program can act on. */
export interface Problem {
  /** Stable, snake_case. */
  readonly code: string;
  /** What is wrong: the name of a key of the body, or of a column. */
  readonly field?: string;
  readonly message: string;
  readonly correction_hint: string;
  /** JSON pointer to the object in the body that `suggested_fix` goes into; empty: the body itself. */
  readonly pointer: string;
  /** Its keys, put in place of those of the object at `pointer`, make that part of the request right; null: leave it out. */
  readonly suggested_fix?: Readonly<Record<string, unknown>>;
  /** Whether a larger plan would allow it. */
  readonly upgrade_required?: boolean;
}

/** A problem as clients see it. */
export interface StructuredError extends Problem {
  readonly error: true;
  readonly upgrade_required: boolean;
  readonly upgrade_url?: string;
}

/** Where plans are explained. */
export const UPGRADE_URL = '/api/v1/pricing';

export const toStructuredError = (problem: Problem): StructuredError => ({
  error: true,
  ...problem,
  upgrade_required: problem.upgrade_required ?? false,
  ...(problem.upgrade_required === true ? { upgrade_url: UPGRADE_URL } : {}),
});
