import { defineType, type FieldType, type OptionSpec } from '../field-type.ts';
import { responseTypes } from './response.ts';

const text = (summary: string): OptionSpec => ({
  kind: 'string',
  minLength: 1,
  maxLength: 20_000,
  summary,
  required: true,
});

/**
 * Types whose values come from outside: from a program, a service, a database or a model. The engine checks them; who runs
 * a template fills them in.
 */
export const externalTypes: readonly FieldType[] = [
  defineType({
    key: 'python',
    label: 'Python',
    family: 'structure',
    summary:
      'What a function `value(rng, row, dm)` in Python returns, which a server runs in its sandbox: `rng` is drawn from the seed, `row` has the fields above.',
    external: 'python',
    options: {
      code: text('Source text with the function.'),
      returns: {
        kind: 'one of',
        values: ['text', 'number', 'integer', 'boolean', 'json'],
        summary:
          'What all values are, for formats whose columns have a type; others are then refused. Default: anything.',
      },
    },
    example: 'CUST-DE-000001',
    exampleOptions: { code: 'def value(rng, row, dm):\n    return rng.randint(1, 6)' },
    notUnique: 'what a program yields is not known before it runs',
    slow: 'Runs in a sandboxed process, a thousand rows a call.',
  }),
  ...responseTypes,
  defineType({
    key: 'ai',
    label: 'Written by a model',
    family: 'structure',
    summary: 'A text that a language model writes to a prompt.',
    external: 'model',
    options: { prompt: text('What to write.') },
    example: 'A warm jacket for windy days.',
    exampleOptions: { prompt: 'One sentence in praise of a jacket.' },
    notUnique: 'what a model writes is not known before it is asked',
    slow: 'Asks a model.',
  }),
];
