import { commentOf, objectType, schemaToType } from './schema-to-type.mjs';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * A module with a type for each schema of an OpenAPI document, and for each operation what goes in and what comes out.
 * @param {object} document @param {string} source its file, for the first line @returns {string}
 */
export function typesOf(document, source) {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => ({ path, method, ...item[method] })),
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => `${commentOf(schema, '')}export type ${name} = ${schemaToType(schema)};\n`,
  );
  return [
    `// Written by \`npm run docs\` from contracts/${source}.\n`,
    ...schemas,
    `/** What the operations take and give, by name. */\nexport interface Operations {\n${operations.map((one) => operationType(one, document)).join('')}}\n`,
    `/** Method and path of each operation. */\nexport const OPERATIONS = {\n${operations
      .map(({ operationId, method, path }) => `  ${operationId}: '${method.toUpperCase()} ${path}',\n`)
      .join('')}} as const satisfies Record<keyof Operations, string>;\n`,
  ].join('\n');
}

function operationType({ operationId, summary, parameters = [], requestBody, responses }, document) {
  const found = parameters.map((one) => (one.$ref === undefined ? one : lookUp(document, one.$ref)));
  const body = requestBody?.content['application/json']?.schema;
  const form = requestBody?.content['multipart/form-data'];
  return [
    commentOf({ description: summary }, '  '),
    `  readonly ${operationId}: {\n`,
    `    readonly path: ${parametersType(found, 'path')};\n`,
    `    readonly query: ${parametersType(found, 'query')};\n`,
    `    readonly body: ${form === undefined ? (body === undefined ? 'undefined' : schemaToType(body, '    ')) : 'FormData'};\n`,
    `    readonly answer: ${answerType(responses)};\n  };\n`,
  ].join('');
}

function parametersType(parameters, place) {
  const own = parameters.filter((one) => one.in === place);
  if (own.length === 0) return 'Readonly<Record<string, never>>';
  return objectType(
    {
      properties: Object.fromEntries(own.map(({ name, schema, description }) => [name, { description, ...schema }])),
      required: own.filter(({ required }) => required).map(({ name }) => name),
    },
    '    ',
  );
}

/** Of what is not JSON, the caller reads the response. */
function answerType(responses) {
  const types = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([, { content = {} }]) => {
      const kinds = Object.keys(content);
      if (kinds.length === 0) return 'undefined';
      return kinds.length === 1 && kinds[0] === 'application/json'
        ? schemaToType(content[kinds[0]].schema, '    ')
        : 'Response';
    });
  return [...new Set(types)].join(' | ') || 'undefined';
}

const lookUp = (document, ref) =>
  ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], document);
