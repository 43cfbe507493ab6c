/** One thing wrong with a template or a parameter, and what to do about it. */
export interface Diagnostic {
  /** Stable, snake_case. */
  readonly code: string;
  /** JSON pointer (RFC 6901) to the offending part. */
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string;
}

/** A value, or everything that stands in its way. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });
export const failure = (...diagnostics: readonly Diagnostic[]): Result<never> => ({ ok: false, diagnostics });

/** A JSON pointer with one more step. */
export const pointerTo = (parent: string, key: string | number): string =>
  `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** How a value is named in a message: short, and never more than a glimpse of long text. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return 'a list';
  if (value !== null && typeof value === 'object') return 'an object';
  if (value === undefined) return 'nothing';
  return String(value);
}
