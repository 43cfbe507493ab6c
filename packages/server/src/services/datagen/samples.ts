import samples from './data/samples.json' with { type: 'json' };

/** A request that works as it is. */
export interface Sample {
  readonly name: string;
  readonly description: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Requests to begin with, in the order to try them. */
export const SAMPLES: readonly Sample[] = samples;

/** The samples as a collection for Postman and what reads its format (2.1); address and key are variables. */
export const postmanCollection = (baseUrl: string) => ({
  info: {
    name: 'DataGen API',
    description:
      'Names of columns in, rows out. The first request gets a free key and keeps it in the variable api_key; or set your own.',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  auth: {
    type: 'apikey',
    apikey: [
      { key: 'key', value: 'X-API-Key', type: 'string' },
      { key: 'value', value: '{{api_key}}', type: 'string' },
      { key: 'in', value: 'header', type: 'string' },
    ],
  },
  variable: [
    { key: 'base_url', value: baseUrl },
    { key: 'api_key', value: '' },
  ],
  item: [
    // First of all, and it keeps the key that it gets: the requests after it can be run as they are.
    { ...item('A free key', 'GET', '/api/v1/auth/free-key'), event: [KEEP_KEY] },
    ...['capabilities', 'field-types', 'usage', 'health'].map((path) => item(path, 'GET', `/api/v1/${path}`)),
    ...SAMPLES.map(({ description, path, body }) => item(description, 'POST', path, body)),
  ],
});

/** Runs after an answer; a key that was set before stays. */
const KEEP_KEY = {
  listen: 'test',
  script: {
    type: 'text/javascript',
    exec: [
      "if (!pm.collectionVariables.get('api_key')) {",
      "  pm.collectionVariables.set('api_key', pm.response.json().api_key);",
      '}',
    ],
  },
};

const item = (name: string, method: string, path: string, body?: object) => ({
  name,
  request: {
    method,
    header: body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }],
    url: { raw: `{{base_url}}${path}`, host: ['{{base_url}}'], path: path.slice(1).split('/') },
    ...(body === undefined
      ? {}
      : { body: { mode: 'raw', raw: JSON.stringify(body, null, 2), options: { raw: { language: 'json' } } } }),
  },
});
