/** Longest pattern source, in UTF-16 code units: every pass over a pattern is bounded by this. */
export const MAX_SOURCE_LENGTH = 1_000;

/** Deepest nesting of groups; also what keeps the recursive passes far from the end of the stack. */
export const MAX_NESTING = 50;

/** Longest text a pattern may give, in code points; computed from the quantifiers, before anything is expanded. */
export const MAX_OUTPUT_LENGTH = 4_096;

/** What stands for "unbounded": `*` is {0,8}, `+` is {1,8} and `{n,}` is {n,n+8}. */
export const UNBOUNDED_REPEATS = 8;

/** Most characters a class keeps; a larger one (such as [一-龥]) is thinned out evenly, see `thin`. */
export const MAX_CLASS_CHARS = 200;

/** A fixed repeat of a text, such as `ab{3}`, is written out when the result is no longer than this. */
export const MAX_EXPANDED_TEXT = 64;

/** Most diagnostics reported for one pattern. */
export const MAX_DIAGNOSTICS = 20;
