import fastify, { type FastifyInstance } from 'fastify';
import { AGENT_DEFAULTS, type AgentSettings } from '../agent/agent-settings.ts';
import { openPlanner } from '../agent/planner/open-planner.ts';
import { TurnRunner } from '../agent/turn-runner.ts';
import type { ChatModel } from '../model/chat-model.ts';
import type { AskModel } from '../model/open-model.ts';
import { KeyHolders } from '../services/callers/key-holders.ts';
import { sweepTurns } from '../services/chats/sweep-turns.ts';
import { Callers } from '../services/datagen/callers.ts';
import { Limiter } from '../services/limits/limiter.ts';
import { PLANS, type Plans } from '../services/limits/plans.ts';
import { RequestClaims } from '../services/repeats/request-claims.ts';
import { sweepWorkspaces } from '../services/sweep-workspaces.ts';
import { openInMemoryApi } from '../tools/api/in-memory-api.ts';
import { TOOLS } from '../tools/tools.ts';
import { VERSION } from '../version.ts';
import { requireKey } from './authenticate.ts';
import { checkRequest } from './check-request.ts';
import type { HttpContext } from './context.ts';
import { allowOrigins } from './cors.ts';
import { datagenRoutes } from './datagen/datagen-routes.ts';
import { describeRequest } from './describe-request.ts';
import { BODY_LIMIT, handleErrors } from './errors.ts';
import { serveGuide } from './guide/serve-guide.ts';
import { limitRequests } from './limits.ts';
import { mcpRoutes } from './mcp/mcp-routes.ts';
import { quietFramework, tellOfRequests } from './observe/log-requests.ts';
import { serveMetrics } from './observe/metrics.ts';
import { type TraceSettings, traceRequests } from './observe/traces.ts';
import { OpenRequests } from './open-requests.ts';
import { describeRoutes } from './openapi/document.ts';
import { acceptJson } from './parse-body.ts';
import { commonHeaders, newRequestId, refuseBytes, refusePath, refuseWithoutHost } from './refuse-malformed.ts';
import { refuseScripts } from './refuse-scripts.ts';
import { acceptRepeats } from './repeats.ts';
import { agentPermissionRoutes } from './routes/agent-permissions.ts';
import { auditRoutes } from './routes/audit.ts';
import { chatMessageRoutes } from './routes/chat-messages.ts';
import { chatRoutes } from './routes/chats.ts';
import { columnMappingRoutes } from './routes/column-mappings.ts';
import { connectionDataRoutes } from './routes/connection-data.ts';
import { connectionRoutes } from './routes/connections.ts';
import { counterRoutes } from './routes/counters.ts';
import { executeRoutes } from './routes/execute.ts';
import { fetchRoutes } from './routes/fetches.ts';
import { fileRoutes } from './routes/files.ts';
import { generateRoutes } from './routes/generate.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/import.ts';
import { inviteRoutes } from './routes/invites.ts';
import { jobRoutes } from './routes/jobs.ts';
import { keyRoutes } from './routes/keys.ts';
import { maskRoutes } from './routes/mask.ts';
import { moveRoutes } from './routes/moves.ts';
import { oidcRoutes } from './routes/oidc.ts';
import { peopleRoutes } from './routes/people.ts';
import { projectRoutes } from './routes/projects.ts';
import { pushRunRoutes } from './routes/push-runs.ts';
import { runRoutes } from './routes/runs.ts';
import { scenarioCodeRoutes } from './routes/scenario-code.ts';
import { scenarioLogRoutes } from './routes/scenario-logs.ts';
import { scenarioRunRoutes } from './routes/scenario-runs.ts';
import { scenarioScheduleRoutes } from './routes/scenario-schedules.ts';
import { scenarioVersionRoutes } from './routes/scenario-versions.ts';
import { scenarioRoutes } from './routes/scenarios.ts';
import { secretRoutes } from './routes/secrets.ts';
import { seedRoutes } from './routes/seeds.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { setRoutes } from './routes/sets.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { systemRunRoutes } from './routes/system-runs.ts';
import { tableTemplateRoutes } from './routes/table-templates.ts';
import { templateCopyRoutes } from './routes/template-copies.ts';
import { templateVersionRoutes } from './routes/template-versions.ts';
import { templateRoutes } from './routes/templates.ts';
import { workspaceRoutes } from './routes/workspace.ts';
import { sweepEvery } from './sweep.ts';
import { serveWebApp } from './web-app/serve-web-app.ts';

/** Routes that somebody has to be known for. */
const ROUTES = [
  templateRoutes,
  templateVersionRoutes,
  templateCopyRoutes,
  importRoutes,
  generateRoutes,
  runRoutes,
  jobRoutes,
  scenarioRoutes,
  scenarioCodeRoutes,
  scenarioVersionRoutes,
  scenarioRunRoutes,
  scenarioLogRoutes,
  scenarioScheduleRoutes,
  chatRoutes,
  chatMessageRoutes,
  agentPermissionRoutes,
  maskRoutes,
  setRoutes,
  fileRoutes,
  connectionRoutes,
  connectionDataRoutes,
  tableTemplateRoutes,
  columnMappingRoutes,
  pushRunRoutes,
  executeRoutes,
  fetchRoutes,
  seedRoutes,
  systemRunRoutes,
  workspaceRoutes,
  projectRoutes,
  moveRoutes,
  peopleRoutes,
  inviteRoutes,
  keyRoutes,
  secretRoutes,
  counterRoutes,
  sessionRoutes,
  auditRoutes,
];

const asJson = () => JSON.stringify;
/** The framework knows factories for JSON schemas only. */
const OWN_COMPILERS = { buildValidator: () => checkRequest, buildSerializer: () => asJson } as never;

const TURNS_MS = 5000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What `GET /` tells of the service, to whom it does not lead to the web app. */
const SERVICE = {
  service: 'DataMaker',
  docs: '/api/v1/docs',
  guide: '/docs/guide/',
  mcp: '/mcp',
  mcp_note: 'Streamable HTTP; /mcp/sse for clients of before. Needs a key, as Authorization: Bearer or X-API-Key.',
};

const DOCUMENT = {
  title: 'DataMaker',
  description: 'Believable test data: templates generate rows.',
  version: VERSION,
  path: '/openapi.json',
  uiPath: '/docs',
  tags: [
    { name: 'Templates', description: 'What rows look like: typed, versioned lists of fields.' },
    { name: 'Generation', description: 'Rows of a template.' },
    { name: 'Runs', description: 'Generations that go on after their request was answered.' },
    { name: 'Jobs', description: 'Large generations in parts, which any number of workers make.' },
    { name: 'Scenarios', description: 'Python that does several things in a row.' },
    { name: 'Chats', description: 'Conversations with the agent, which uses tools on somebody’s behalf.' },
    { name: 'Masking', description: 'Rows without personal data.' },
    { name: 'Sets', description: 'Rows with a name, in versions that never change.' },
    { name: 'Files', description: 'Files of a project: rows to pick from, and what scenarios read and write.' },
    { name: 'Connections', description: 'Systems that rows go to and come from.' },
    { name: 'Workspace', description: 'The workspace and its projects.' },
    { name: 'People', description: 'Who is in the workspace, and invites to it.' },
    { name: 'Keys', description: 'API keys.' },
    { name: 'Secrets', description: 'Values that are written and never read.' },
    { name: 'Sign-in', description: 'Sessions of people in browsers.' },
    { name: 'Audit', description: 'Who did what.' },
    { name: 'Server', description: 'Whether it is well.' },
  ],
};

export interface AppOptions extends Omit<HttpContext, 'claims' | 'limiter' | 'openApi' | 'agent'> {
  /** What workspaces may use, by the plan they are on. */
  readonly plans?: Plans | undefined;
  readonly pepper: string;
  readonly logLevel: string;
  /** Addresses and networks of proxies whose X-Forwarded-For is believed; default: none. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Asked about columns whose names leave in doubt what they hold; undefined: none is asked. */
  readonly model?: AskModel | undefined;
  /** Answers in chats; undefined: built-in patterns do. */
  readonly chatModel?: ChatModel | undefined;
  /** What a message may use up. */
  readonly agentSettings?: AgentSettings | undefined;
  /** Origins whose pages may call the API; default: none. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** Names, beside those of this machine for itself, that lead to the server; default: none. */
  readonly hosts?: readonly string[] | undefined;
  /** Whoever has it may read `/metrics`; without, there are none. */
  readonly metricsToken?: string | undefined;
  /** Where spans of requests go; default: nowhere. */
  readonly traces?: TraceSettings | undefined;
  /** Requests wait for this. */
  readonly ready: Promise<void>;
}

/** The REST door, apart from listening. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: newRequestId,
    frameworkErrors: refusePath,
    clientErrorHandler: refuseBytes,
    requestIdHeader: false,
    logController: quietFramework(),
    http: { requireHostHeader: false },
    trustProxy: options.trustedProxies === undefined ? false : [...options.trustedProxies],
    // Closing waits for answers that are under way; see `close-gently.ts`.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    // Given here as well, so that the framework does not load its own, which are for JSON schemas.
    schemaController: { compilersFactory: OWN_COMPILERS },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    logger: {
      serializers: { req: describeRequest },
      level: options.logLevel,
      redact: ['req.headers.authorization', 'req.headers["x-api-key"]', 'req.headers.cookie'],
    },
  });
  tellOfRequests(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(commonHeaders(request.id));
    refuseWithoutHost(request);
    await options.ready;
  });
  refuseScripts(app);
  if (options.corsOrigins?.length) allowOrigins(app, options.corsOrigins);
  if (options.traces !== undefined) await traceRequests(app, options.traces);
  acceptJson(app);
  handleErrors(app);
  if (options.metricsToken !== undefined) {
    await serveMetrics(app, options.metricsToken, { store: options.store, folder: options.files.spool.folder });
  }
  app.setValidatorCompiler(checkRequest);
  app.setSerializerCompiler(asJson);
  const { store, cursors, maskKeys, vault, pepper, oidc, planChanges, blobs, files, runs, programs, connections } =
    options;
  const openApi = openInMemoryApi((request, response) => app.routing(request, response));
  const agent = new TurnRunner({
    store,
    openApi,
    signals: runs.signals,
    tools: TOOLS,
    model: options.chatModel ?? openPlanner(),
    isGuess: options.chatModel === undefined,
    settings: options.agentSettings ?? AGENT_DEFAULTS,
    onFault: (fault, what) => app.log.error({ err: fault }, what),
  });
  // Before answers that follow a chat are waited for.
  app.addHook('preClose', () => agent.close());
  const context: HttpContext = {
    agent,
    store,
    cursors,
    maskKeys,
    vault,
    pepper,
    oidc,
    planChanges,
    blobs,
    files,
    runs,
    programs,
    connections,
    claims: new RequestClaims(store, pepper),
    limiter: new Limiter(store, options.plans ?? PLANS),
    openApi,
  };
  sweepEvery(app, HOUR_MS, 'what is kept of requests', context.claims.sweep);
  sweepEvery(app, MINUTE_MS, 'what servers that died had reserved', context.limiter.settleLost);
  sweepEvery(app, TURNS_MS, 'what was said in chats', () => sweepTurns(store, agent));
  sweepEvery(app, HOUR_MS, 'what was deleted', () => sweepWorkspaces(store, blobs));
  serveGuide(app);
  serveWebApp(app, { ...SERVICE, sign_in: oidc === undefined ? ['password'] : ['password', 'oidc'] });
  const open = new OpenRequests(app);
  datagenRoutes(app, { ...options, open });
  mcpRoutes(app, {
    ...context,
    holders: new KeyHolders(store, pepper),
    datagen: new Callers(store, pepper),
    open,
    hosts: options.hosts ?? [],
    origins: options.corsOrigins ?? [],
  });
  app.register(async (anybody) => {
    describeRoutes(anybody, DOCUMENT);
    anybody.register(healthRoutes, context);
    anybody.register(signInRoutes, context);
    anybody.register(oidcRoutes, context);
    anybody.register(async (scope) => {
      requireKey(scope, context, open);
      limitRequests(scope, context.limiter);
      acceptRepeats(scope, context.claims, pepper);
      for (const routes of ROUTES) scope.register(routes, context);
    });
  });
  return app;
}
