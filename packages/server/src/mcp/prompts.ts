import { INVALID_PARAMS, ProtocolError } from '@modelcontextprotocol/server';

interface Prompt {
  readonly listed: {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly arguments: { readonly name: string; readonly description: string; readonly required: boolean }[];
  };
  readonly text: (given: Readonly<Record<string, string>>) => string;
}

/** Most characters of an argument: it becomes a part of what a model reads. */
const MOST_CHARACTERS = 20_000;

const argument = (name: string, description: string, required = true) => ({ name, description, required });
/** What somebody gave, so that a model sees where it begins and ends. */
const quoted = (text: string | undefined): string => JSON.stringify((text ?? '').slice(0, MOST_CHARACTERS));

export const PROMPTS: readonly Prompt[] = [
  {
    listed: {
      name: 'datagen_schema_workflow',
      title: 'Rows of a schema',
      description: 'Checks a DataGen schema and makes rows of it.',
      arguments: [argument('schema_json', 'schema_fields as JSON')],
    },
    text: ({ schema_json }) =>
      [
        `The user's schema_fields are this JSON text: ${quoted(schema_json)}`,
        '1. Call datagen_health, then datagen_capabilities, and keep to the limits it names.',
        '2. Call datagen_validate with these schema_fields and structured_errors true; mend what it reports by its suggested_fix.',
        '3. Call datagen_generate with the schema that was valid, and show the first records.',
      ].join('\n'),
  },
  {
    listed: {
      name: 'datagen_ai_columns_workflow',
      title: 'Rows of column names',
      description: 'Infers types from names of columns and makes rows.',
      arguments: [
        argument('column_names', 'names with commas between them'),
        argument('row_count', 'how many rows', false),
        argument('locale', 'such as en_US', false),
      ],
    },
    text: ({ column_names, row_count = '10', locale = 'en_US' }) =>
      [
        `Columns: ${quoted(column_names)}; rows: ${quoted(row_count)}; locale: ${quoted(locale)}.`,
        '1. Call datagen_infer_schema with these names, and show the types it proposes with the contract_hash.',
        '2. Ask whether the types are right; a domain_hint can make them better.',
        '3. Call datagen_generate_ai with the same names, and show the first records.',
      ].join('\n'),
  },
  {
    listed: {
      name: 'datagen_discover_types',
      title: 'Find field types',
      description: 'Finds the field types that fit what somebody wants.',
      arguments: [argument('user_goal', 'what the data is for')],
    },
    text: ({ user_goal }) =>
      [
        `The user's goal: ${quoted(user_goal)}`,
        '1. Call datagen_field_types.',
        '2. Choose the types that serve the goal; say for each why, and what else was near.',
        '3. Propose schema_fields of them, and check those with datagen_validate.',
      ].join('\n'),
  },
];

/** @throws ProtocolError when there is no such prompt, or an argument is missing or unknown */
export function getPrompt(name: string, given: Readonly<Record<string, string>>) {
  const prompt = PROMPTS.find(({ listed }) => listed.name === name);
  if (prompt === undefined) {
    const known = PROMPTS.map(({ listed }) => listed.name).join(', ');
    throw new ProtocolError(INVALID_PARAMS, `there is no such prompt: there are ${known}`);
  }
  const { arguments: takes, description } = prompt.listed;
  const names = takes.map((one) => one.name);
  const unknown = Object.keys(given).find((key) => !names.includes(key));
  if (unknown !== undefined) throw new ProtocolError(INVALID_PARAMS, `${name} takes ${names.join(', ')}`);
  const missing = takes.find((one) => one.required && (given[one.name] ?? '') === '');
  if (missing !== undefined) throw new ProtocolError(INVALID_PARAMS, `${name} needs ${missing.name}`);
  return {
    description,
    messages: [{ role: 'user' as const, content: { type: 'text' as const, text: prompt.text(given) } }],
  };
}
