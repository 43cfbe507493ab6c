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
    description: 'Names of columns in, rows out. Set the variable api_key; GET /api/v1/auth/free-key gives one.',
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
    ...['capabilities', 'field-types', 'auth/free-key', 'usage', 'health'].map((path) =>
      item(path, 'GET', `/api/v1/${path}`),
    ),
    ...SAMPLES.map(({ description, path, body }) => item(description, 'POST', path, body)),
  ],
});

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
