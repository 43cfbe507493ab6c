/**
 * The front end of the `regex` field type: a user's pattern becomes a bounded tree from which text is generated.
 * source -> grammar (escapes, classes, groups, quantifiers) -> anchors -> normalise -> measure, count, ambiguity.
 */
export type {
  PatternDiagnostic,
  PatternDiagnosticCode,
  PatternResult,
} from './diagnostic.ts';
export { derivationCount, wordAt } from './enumerate.ts';
export * from './limits.ts';
export { parsePattern } from './parse.ts';
export type { Node, Pattern } from './tree.ts';
