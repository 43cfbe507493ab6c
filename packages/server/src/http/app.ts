import fastify, { type FastifyInstance } from 'fastify';
import { requireKey } from './authenticate.ts';
import { checkRequest } from './check-request.ts';
import type { HttpContext } from './context.ts';
import { datagenRoutes } from './datagen/datagen-routes.ts';
import { describeRequest } from './describe-request.ts';
import { handleErrors } from './errors.ts';
import { describeRoutes } from './openapi/document.ts';
import { acceptJson } from './parse-body.ts';
import { commonHeaders, newRequestId, refuseBytes, refusePath } from './refuse-malformed.ts';
import { auditRoutes } from './routes/audit.ts';
import { generateRoutes } from './routes/generate.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/import.ts';
import { inviteRoutes } from './routes/invites.ts';
import { keyRoutes } from './routes/keys.ts';
import { maskRoutes } from './routes/mask.ts';
import { oidcRoutes } from './routes/oidc.ts';
import { peopleRoutes } from './routes/people.ts';
import { projectRoutes } from './routes/projects.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { templateRoutes } from './routes/templates.ts';
import { workspaceRoutes } from './routes/workspace.ts';

const BODY_LIMIT = 5 * 1024 * 1024;

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
    { name: 'Workspace', description: 'The workspace and its projects.' },
    { name: 'People', description: 'Who is in the workspace, and invites to it.' },
    { name: 'Keys', description: 'API keys.' },
    { name: 'Sign-in', description: 'Sessions of people in browsers.' },
    { name: 'Audit', description: 'Who did what.' },
    { name: 'Server', description: 'Whether it is well.' },
  ],
};

/** Routes that somebody has to be known for. */
const KEYED = [
  templateRoutes,
  importRoutes,
  generateRoutes,
  maskRoutes,
  workspaceRoutes,
  projectRoutes,
  peopleRoutes,
  inviteRoutes,
  keyRoutes,
  sessionRoutes,
  auditRoutes,
];

export interface AppOptions extends HttpContext {
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
  const { store, cursors, maskKeys, pepper, oidc } = options;
  const context: HttpContext = { store, cursors, maskKeys, pepper, oidc };
  app.get('/', { schema: { hide: true } }, () => SERVICE);
  datagenRoutes(app, options);
  app.register(async (open) => {
    await describeRoutes(open, DOCUMENT);
    open.register(healthRoutes, context);
    open.register(signInRoutes, context);
    open.register(oidcRoutes, context);
    open.register(async (scope) => {
      requireKey(scope, store, pepper);
      for (const routes of KEYED) scope.register(routes, context);
    });
  });
  return app;
}
