/** Longest source, in UTF-16 code units. */
export const MAX_SOURCE_LENGTH = 2_000;

/** Deepest nesting of brackets, calls, branches and prefix operators: keeps the parser far from the end of the stack. */
export const MAX_DEPTH = 64;

/** Most nodes of one syntax tree. Nothing but functions loops, so this also bounds the walk over the tree. */
export const MAX_NODES = 500;

/** Steps one evaluation may take when the caller names no other number: a node, a list element and STEP_TEXT of text are one each. */
export const DEFAULT_FUEL = 10_000;

/** Code units of text that cost one step. */
export const STEP_TEXT = 256;

/** Comparisons of code units, at the worst, that cost one step of a search. */
export const STEP_COMPARISONS = 8_192;

/** Longest text an operator or a function may make, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 65_536;

/** Deepest nesting of a value that is compared or written out. */
export const MAX_VALUE_DEPTH = 64;

/** Most diagnostics reported for one source. */
export const MAX_DIAGNOSTICS = 20;
