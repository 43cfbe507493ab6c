import { defineType, type FieldType, type OptionSpec } from '../field-type.ts';

const text = (summary: string, required = true): OptionSpec => ({
  kind: 'string',
  minLength: 1,
  maxLength: 20_000,
  summary,
  required,
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
    summary: 'What a function `value(rng, row, dm)` in Python returns.',
    external: 'python',
    options: { code: text('Source text with the function.') },
    example: 'CUST-DE-000001',
    exampleOptions: { code: 'def value(rng, row, dm):\n    return rng.randint(1, 6)' },
    notUnique: 'what a program yields is not known before it runs',
    slow: 'Runs in a sandboxed process, row by row.',
  }),
  defineType({
    key: 'api_response',
    label: 'API response',
    family: 'structure',
    summary: 'A value from the answer of a REST endpoint.',
    aliases: ['API Response'],
    external: 'http',
    options: {
      endpoint: text('Id or path of the endpoint.'),
      query: text('JSON path to the value in the answer.', false),
      masking: text('How the value is masked.', false),
      prompt: text('What to look for, for an agent.', false),
    },
    example: 'Netherlands',
    exampleOptions: { endpoint: '/countries', query: '$[*].name' },
    notUnique: 'what a service answers is not known before it is asked',
    slow: 'Asks a service.',
  }),
  defineType({
    key: 'db_response',
    label: 'Database response',
    family: 'structure',
    summary: 'A value from the result of a query.',
    aliases: ['DB Response'],
    external: 'sql',
    options: {
      connection: text('Id or name of the connection.'),
      sql: text('A query that reads.'),
      query: text('Column of the result.', false),
      masking: text('How the value is masked.', false),
      prompt: text('What to look for, for an agent.', false),
    },
    example: 4711,
    exampleOptions: { connection: 'warehouse', sql: 'SELECT id FROM customers' },
    notUnique: 'what a database answers is not known before it is asked',
    slow: 'Asks a database.',
  }),
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
