import { commonType, define, type FunctionDefinition } from './definition.ts';

/** Compiled to branches (compile-call.ts), so that only the chosen argument is evaluated; `run` is the same on values. */
export const CONDITION_FUNCTIONS: readonly FunctionDefinition[] = [
  define({
    name: 'if',
    signature: 'if(condition, then, else)',
    summary: 'One of two values; only that one is evaluated. A null condition counts as false.',
    examples: [["if(2 > 1, 'yes', 'no')", '"yes"']],
    parameters: ['boolean', 'any', 'any'],
    returns: (types) => commonType(types.slice(1)),
    takesNull: true,
    run: (_, condition, then, otherwise) => (condition === true ? then : otherwise),
  }),
  define({
    name: 'coalesce',
    signature: 'coalesce(a, b, …)',
    summary: 'The first value that is not null; those behind it are not evaluated.',
    examples: [["coalesce(null, 'a', 'b')", '"a"']],
    parameters: [],
    rest: 'any',
    returns: commonType,
    takesNull: true,
    run: (_, values) => values.find((value) => value !== null) ?? null,
  }),
];
