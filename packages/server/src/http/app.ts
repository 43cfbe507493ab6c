import fastify, { type FastifyInstance } from 'fastify';
import { requireKey } from './authenticate.ts';
import { checkRequest } from './check-request.ts';
import type { HttpContext } from './context.ts';
import { datagenRoutes } from './datagen/datagen-routes.ts';
import { describeRequest } from './describe-request.ts';
import { BODY_LIMIT, handleErrors } from './errors.ts';
import { describeRoutes } from './openapi/document.ts';
import { acceptJson } from './parse-body.ts';
import { commonHeaders, newRequestId, refuseBytes, refusePath } from './refuse-malformed.ts';
import { fileRoutes } from './routes/files.ts';
import { generateRoutes } from './routes/generate.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/import.ts';
import { maskRoutes } from './routes/mask.ts';
import { setRoutes } from './routes/sets.ts';
import { templateRoutes } from './routes/templates.ts';

/** What `GET /` tells of the service. */
const SERVICE = {
  service: 'DataMaker',
  docs: '/api/v1/docs',
  mcp: null,
  mcp_note: 'This server does not offer MCP.',
};

const DOCUMENT = {
  title: 'DataMaker',
  description: 'Believable test data: templates generate rows.',
  version: '0.1.0',
  path: '/openapi.json',
  uiPath: '/docs',
  tags: [
    { name: 'Templates', description: 'What rows look like: typed, versioned lists of fields.' },
    { name: 'Generation', description: 'Rows of a template.' },
    { name: 'Masking', description: 'Rows without personal data.' },
    { name: 'Sets', description: 'Rows with a name, in versions that never change.' },
    { name: 'Files', description: 'Files of a project: rows to pick from, and what scenarios read and write.' },
    { name: 'Server', description: 'Whether it is well.' },
  ],
};

export interface AppOptions extends HttpContext {
  readonly pepper: string;
  readonly logLevel: string;
  /** Addresses and networks of proxies whose X-Forwarded-For is believed; default: none. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Requests wait for this. */
  readonly ready: Promise<void>;
}

/** The REST door, apart from listening. */
export function buildApp(options: AppOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: newRequestId,
    frameworkErrors: refusePath,
    clientErrorHandler: refuseBytes,
    requestIdHeader: false,
    trustProxy: options.trustedProxies === undefined ? false : [...options.trustedProxies],
    // Closing waits for answers that are under way; see `close-gently.ts`.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    logger: {
      serializers: { req: describeRequest },
      level: options.logLevel,
      redact: ['req.headers.authorization', 'req.headers["x-api-key"]', 'req.headers.cookie'],
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(commonHeaders(request.id));
    await options.ready;
  });
  acceptJson(app);
  handleErrors(app);
  app.setValidatorCompiler(checkRequest);
  app.setSerializerCompiler(() => JSON.stringify);
  const { store, cursors, maskKeys, blobs, files } = options;
  const context: HttpContext = { store, cursors, maskKeys, blobs, files };
  app.get('/', { schema: { hide: true } }, () => SERVICE);
  datagenRoutes(app, options);
  app.register(async (open) => {
    await describeRoutes(open, DOCUMENT);
    open.register(healthRoutes, context);
    open.register(async (scope) => {
      requireKey(scope, store, options.pepper, blobs);
      for (const routes of [templateRoutes, importRoutes, generateRoutes, maskRoutes, setRoutes, fileRoutes])
        scope.register(routes, context);
    });
  });
  return app;
}
