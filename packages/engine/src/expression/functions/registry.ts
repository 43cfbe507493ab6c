import { AGGREGATE_FUNCTIONS } from './aggregates.ts';
import { CONDITION_FUNCTIONS } from './conditions.ts';
import { CONVERSION_FUNCTIONS } from './conversions.ts';
import { DATE_FUNCTIONS } from './dates.ts';
import type { FunctionDefinition, FunctionDocs } from './definition.ts';
import { LIST_FUNCTIONS } from './lists.ts';
import { NUMBER_FUNCTIONS } from './numbers.ts';
import { TEXT_FUNCTIONS } from './text.ts';

export interface FunctionFamily {
  readonly title: string;
  readonly functions: readonly FunctionDefinition[];
}

export const FUNCTION_FAMILIES: readonly FunctionFamily[] = [
  { title: 'Aggregates', functions: AGGREGATE_FUNCTIONS },
  { title: 'Lists', functions: LIST_FUNCTIONS },
  { title: 'Numbers', functions: NUMBER_FUNCTIONS },
  { title: 'Text', functions: TEXT_FUNCTIONS },
  { title: 'Dates', functions: DATE_FUNCTIONS },
  { title: 'Conditions', functions: CONDITION_FUNCTIONS },
  { title: 'Conversions', functions: CONVERSION_FUNCTIONS },
];

/** A map, so that a name such as `constructor` finds nothing. */
export const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map(
  FUNCTION_FAMILIES.flatMap((family) => family.functions.map((definition) => [definition.name, definition] as const)),
);

/** What every function is called, takes and does, with examples: for editors and for the documentation. */
export function expressionFunctions(): readonly (FunctionDocs & { readonly family: string })[] {
  return FUNCTION_FAMILIES.flatMap(({ title, functions }) =>
    functions.map(({ name, signature, summary, examples }) => ({ name, signature, summary, examples, family: title })),
  );
}
