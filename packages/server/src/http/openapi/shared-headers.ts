import type { FastifyInstance } from 'fastify';
import { ERRORS, type ErrorCode } from '../../errors.ts';

/** As much of an OpenAPI document as headers are put into. */
export interface HeaderDocument {
  paths?: Record<string, Record<string, Operation>>;
  components?: { parameters?: object; headers?: object };
}
interface Operation {
  parameters?: object[];
  responses?: Record<string, Response>;
}
interface Response {
  description?: string;
  headers?: Record<string, object>;
  content?: Record<string, { schema?: { $ref?: string } }>;
}

const text = (description: string, example: string, more: object = {}) => ({
  description,
  schema: { type: 'string', example, ...more },
});
const number = (description: string, example: number) => ({
  description,
  schema: { type: 'integer', minimum: 0, example },
});
/** The example is told of in words: pages that try routes out would send it. */
const parameter = (
  name: string,
  { description, schema: { example, ...schema } }: { description: string; schema: { example: string } },
) => ({ name, in: 'header', required: false, description: `${description} Such as \`${example}\`.`, schema });

/** Headers that requests of many routes take. */
const PARAMETERS = {
  IdempotencyKey: parameter(
    'Idempotency-Key',
    text(
      'Makes it safe to send the request again: for 24 hours one with the same key and body has the same effect and answer, once.',
      '6f1d0e0c-nightly-17',
      { minLength: 1, maxLength: 255 },
    ),
  ),
  Project: parameter(
    'X-DataMaker-Project',
    text(
      'The project to work in; default: that of the key, or the oldest of the workspace.',
      'proj_8d3kq0vx2m5ra7cz4n1w',
    ),
  ),
  IfMatch: parameter(
    'If-Match',
    text(
      'The `ETag` of the version that the change is made to: 412 `version_conflict` when it is another by now.',
      '"tmpl_8d3kq0vx2m5ra7cz4n1w@v3"',
    ),
  ),
  IfNoneMatch: parameter(
    'If-None-Match',
    text('The `ETag` of what you have: 304 when that is still good.', '"tmpl_8d3kq0vx2m5ra7cz4n1w@v3"'),
  ),
} as const;

/** Headers that answers of many routes have. */
const HEADERS = {
  RequestId: text(
    'Unique; also in the log of the server. Quote it when something went wrong.',
    'req_0b9d6e0e-7c1f-4b1e-9a53-1f3f0c6d7a11',
  ),
  ETag: text('Names this version: for `If-Match` and `If-None-Match`.', '"tmpl_8d3kq0vx2m5ra7cz4n1w@v3"'),
  IdempotentReplayed: text('`true`: the answer is that of an earlier request with the same `Idempotency-Key`.', 'true'),
  SpreadsheetSafe: text(
    'Of CSV: `false`, the default, says that texts are as they were made, and a spreadsheet may take some for formulas; `true` that `spreadsheetSafe` was asked for.',
    'false',
    { enum: ['true', 'false'] },
  ),
  RateLimitLimit: number(
    'Requests that the plan gives in a minute; like the next two only where the plan has a limit.',
    600,
  ),
  RateLimitRemaining: number('Requests that are left at the moment.', 599),
  RateLimitReset: number('When all of them are left again, in seconds since 1970.', 1714049400),
  RateLimitPolicy: text('The same limits, and that of rows, as the IETF has them.', '"requests";q=600;w=60'),
  RateLimit: text('What is left of them, and in how many seconds all is.', '"requests";r=599;t=1'),
  RetryAfter: number('In how many seconds to send it again.', 37),
} as const;

const LIMITS = {
  'X-RateLimit-Limit': 'RateLimitLimit',
  'X-RateLimit-Remaining': 'RateLimitRemaining',
  'X-RateLimit-Reset': 'RateLimitReset',
  'RateLimit-Policy': 'RateLimitPolicy',
  RateLimit: 'RateLimit',
} as const;

/** What the document has to know of a route to say which headers it takes. */
interface Route {
  readonly isLimited: boolean;
  readonly takesKey: boolean;
  readonly takesProject: boolean;
}

/**
 * Knows which routes take the headers that many of them do, from what the hooks that see to them go by: `authenticate.ts`, `limits.ts`,
 * `repeats.ts`. Which take conditions they say themselves, with the answers 304 and 412.
 */
export class SharedHeaders {
  readonly #routes = new Map<string, Route>();

  constructor(app: FastifyInstance) {
    app.addHook('onRoute', ({ method, url, config }) => {
      const known = config?.permission !== undefined;
      const path = url.replaceAll(/:([A-Za-z_]+)/g, '{$1}').replace(/\*$/, '{name}');
      for (const one of [method].flat()) {
        this.#routes.set(`${one.toLowerCase()} ${path}`, {
          isLimited: known,
          takesKey: known && one === 'POST' && config?.repeats !== 'nothing',
          takesProject: known && config?.about !== 'workspace',
        });
      }
    });
  }

  /** Puts them into a document: each is described once. */
  describeIn<T extends object>(document: T): T {
    const { paths = {}, components = {} } = document as HeaderDocument;
    Object.assign(components, { parameters: { ...PARAMETERS }, headers: { ...HEADERS } });
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const route = this.#routes.get(`${method} ${path}`);
        if (route !== undefined) describe(operation, route);
      }
    }
    return { ...document, components };
  }
}

function describe(operation: Operation, { isLimited, takesKey, takesProject }: Route): void {
  const { responses = {}, parameters = [] } = operation;
  const names = new Set(parameters.map((one) => (one as { name?: string }).name?.toLowerCase()));
  const add = (name: keyof typeof PARAMETERS): void => {
    if (!names.has(PARAMETERS[name].name.toLowerCase())) parameters.push({ $ref: `#/components/parameters/${name}` });
  };
  if (takesProject) add('Project');
  if (takesKey) add('IdempotencyKey');
  if (responses['412'] !== undefined) add('IfMatch');
  if (responses['304'] !== undefined) add('IfNoneMatch');
  if (parameters.length > 0) operation.parameters = parameters;
  if (takesProject) addErrors(responses, ['not_found']);
  if (takesKey) addErrors(responses, ['invalid_idempotency_key', 'request_in_progress', 'idempotency_key_reused']);
  for (const [status, response] of Object.entries(responses)) {
    const isGood = /^[23]/.test(status);
    const hasTag = responses['304'] !== undefined || isTemplate(response);
    response.headers = {
      'Request-Id': header('RequestId'),
      ...(isGood && hasTag ? { ETag: header('ETag') } : {}),
      ...(isGood && (response.content?.['text/csv'] !== undefined || names.has('format'))
        ? { 'X-DataMaker-Spreadsheet-Safe': header('SpreadsheetSafe') }
        : {}),
      ...(isGood && takesKey ? { 'Idempotent-Replayed': header('IdempotentReplayed') } : {}),
      ...(isLimited && (isGood || status === '429') ? limits() : {}),
      ...(status === '429' || (status === '409' && takesKey) ? { 'Retry-After': header('RetryAfter') } : {}),
      ...response.headers,
    };
  }
}

/** What comes of a header that is wrong. */
function addErrors(responses: Record<string, Response>, codes: readonly ErrorCode[]): void {
  for (const code of codes) {
    const { status, summary } = ERRORS[code];
    const known = responses[status]?.description ?? '';
    if (known.includes(`\`${code}\``)) continue;
    const description = `${known === '' ? '' : `${known} `}\`${code}\`: ${summary}`;
    responses[status] = { ...(responses[status] ?? { content: responses['400']?.content ?? {} }), description };
  }
}

const header = (name: keyof typeof HEADERS) => ({ $ref: `#/components/headers/${name}` });
const limits = () => Object.fromEntries(Object.entries(LIMITS).map(([name, key]) => [name, header(key)]));
const isTemplate = ({ content }: Response): boolean =>
  content?.['application/json']?.schema?.$ref === '#/components/schemas/Template';
