import { PASSWORD } from '../people.ts';
import type { Kind, Target } from './credentials.ts';
import { MARKED_TABLE } from './make-connection.ts';
import { ALIKE, type World } from './world.ts';

export interface MatrixRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

const ID = { name: 'id', type: 'sequence' };
const SCHEMA = { schema: [{ name: 'id', type: 'uuid' }], count: 1 };
const SAMPLE = 'infer-schema.json';
let drawn = 0;
const address = (): string => `matrix-${++drawn}@example.org`;

/** A file, as browsers send it. */
const upload = (): string =>
  [
    `--edge\r\nContent-Disposition: form-data; name="name"\r\n\r\nuploaded-${++drawn}\r\n`,
    '--edge\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\na\n1\n\r\n--edge--\r\n',
  ].join('');

/** What clients say that they take. */
const ACCEPTS: Readonly<Record<string, string>> = {
  'POST /mcp': 'application/json, text/event-stream',
  // Else it would be answered for as long as the client likes.
  'GET /mcp/sse': 'application/json',
};

/** Bodies of requests that name nothing in them, or an id in their path. */
const BODIES: Readonly<Record<string, () => object | string>> = {
  'POST /templates': () => ({ name: 'new', fields: [ID] }),
  'PATCH /templates/:ref': () => ({ name: 'changed' }),
  'POST /templates/:ref/generate': () => ({ count: 1 }),
  'POST /templates/:ref/generate (as a run)': () => ({ count: 1, async: true }),
  'POST /jobs/:id/verify': () => ({}),
  'POST /runs/:id/cancel': () => ({}),
  'POST /runs/:id/resume': () => ({}),
  'POST /templates/:ref/preview': () => ({}),
  'POST /templates/:ref/profile': () => ({ count: 5 }),
  'POST /templates/:ref/estimate': () => ({ count: 1 }),
  'POST /templates/:ref/duplicate': () => ({}),
  'POST /templates/:ref/rollback': () => ({ version: 1 }),
  'POST /templates/:ref/restore': () => ({}),
  'POST /templates/bundle': () => ({
    kind: 'datamaker/templates',
    version: 1,
    templates: [{ id: 'a', name: 'new', fields: [ID] }],
  }),
  'POST /templates/validate': () => ({ name: 'new', fields: [ID] }),
  'POST /templates/import': () => ({ source: 'CREATE TABLE t (id int);' }),
  'POST /sets': () => ({ name: `saved-${++drawn}`, rows: [{ id: 1 }] }),
  'POST /sets/:name/verify': () => ({}),
  'POST /sets/:name/restore': () => ({}),
  'POST /workspace/files': upload,
  'PATCH /workspace': () => ({ name: 'renamed' }),
  'DELETE /workspace': () => ({ name: ALIKE }),
  'POST /projects': () => ({ name: 'new' }),
  'PATCH /projects/:id': () => ({ name: 'renamed' }),
  'PATCH /people/me': () => ({ name: 'renamed' }),
  'POST /people/me/password': () => ({ email: address(), password: PASSWORD, currentPassword: PASSWORD }),
  'PATCH /people/:id': () => ({ role: 'viewer' }),
  'POST /invites': () => ({ role: 'viewer' }),
  'PATCH /keys/:id': () => ({ name: 'renamed' }),
  'POST /keys/:id/rotate': () => ({}),
  'POST /counters/:name/next': () => ({}),
  'POST /counters/:name/reset': () => ({}),
  'POST /secrets': () => ({ name: `MADE_${++drawn}`, value: 'x' }),
  'POST /secrets (of the workspace)': () => ({ name: `MADE_${++drawn}`, value: 'x', reach: 'workspace' }),
  'PATCH /secrets/:id': () => ({ value: 'y' }),
  'PATCH /secrets/:id (of the workspace)': () => ({ value: 'y' }),
  'PATCH /secrets/:id (hosts)': () => ({ hosts: ['DB.example.org:5432'] }),
  'PATCH /secrets/:id (hosts, of the workspace)': () => ({ hosts: ['DB.example.org:5432'] }),
  'POST /connections': () => ({
    name: `made ${++drawn}`,
    type: 'postgres',
    url: 'postgres://test@127.0.0.1:1/postgres',
  }),
  'PATCH /connections/:id': () => ({ name: `renamed ${++drawn}` }),
  'POST /connections/:id/restore': () => ({}),
  'POST /connections/:id/verify': () => ({}),
  'POST /connections/:id/fetch': () => ({ table: MARKED_TABLE, set: `fetched-${++drawn}` }),
  'POST /connections/:id/templates': () => ({ tables: [MARKED_TABLE] }),
  'POST /connections/:id/execute': () => ({ sql: 'SELECT 1 AS one' }),
  'POST /connections/:id/rows': () => ({ table: MARKED_TABLE, rows: [{ mark: 'x' }] }),
  'POST /connections/:id/seed/plan': () => ({ rows: 1 }),
  'POST /connections/:id/seed': () => ({ rows: 1 }),
  'POST /runs/:id/undo': () => ({}),
  'POST /runs/:id/undo (dry run)': () => ({ dryRun: true }),
  'POST /runs/:id/verify': () => ({}),
  'PUT /templates/:ref/mappings/:connectionId': () => ({ table: MARKED_TABLE, columns: { mark: 'mark' } }),
  'PUT /templates/:ref/mappings/:connectionId (the connection)': () => ({
    table: MARKED_TABLE,
    columns: { mark: 'mark' },
  }),
  'POST /scenarios': () => ({ name: 'new', code: 'print(1)' }),
  'POST /scenarios/validate': () => ({ code: 'print(1)' }),
  'PUT /scenarios/:ref': () => ({ code: `print(${++drawn})` }),
  'POST /scenarios/:ref/restore': () => ({}),
  'POST /scenarios/:ref/rollback': () => ({ version: 1 }),
  'POST /scenarios/:ref/schedules': () => ({ cron: '@yearly' }),
  'PATCH /scenarios/:ref/schedules/:scheduleId': () => ({ paused: true }),
  'POST /scenarios/:ref/run': () => ({ params: {}, wait: 'false' }),
  'POST /scenarios/:ref/runs/:runId/replay': () => ({ wait: 'false' }),
  'POST /chats': () => ({ name: 'new' }),
  'PATCH /chats/:id': () => ({ name: `renamed ${++drawn}` }),
  'POST /chats/:id/messages': () => ({ text: 'hello' }),
  'POST /chats/:id/stop': () => ({}),
  'POST /chats/:id/restore': () => ({}),
  'POST /chats/:id/approvals/:approvalId/approve': () => ({}),
  'POST /chats/:id/approvals/:approvalId/refuse': () => ({}),
  'PUT /agent/permissions/:tool': () => ({ permission: 'ask' }),
  'POST /mcp': () => ({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  }),
  'POST /mcp/messages': () => ({ jsonrpc: '2.0', id: 1, method: 'ping' }),
  'POST /session': () => ({ email: address(), password: PASSWORD }),
  'POST /invites/:token/accept': () => ({ name: 'new', email: address(), password: PASSWORD }),
  'POST /api/v1/infer-schema': () => ({ field_names: ['email'] }),
  'POST /api/v1/validate': () => SCHEMA,
  'POST /api/v1/generate': () => SCHEMA,
  'POST /api/v1/generate-ai': () => ({ field_names: ['email'], count: 1 }),
  'POST /api/v1/generate-ai/stream': () => ({ field_names: ['email'], count: 1 }),
};

/** What a path is not enough for. */
const QUERIES: Readonly<Record<string, string>> = {
  'GET /templates/:ref/diff': '?from=1&to=1',
  'GET /sets/:name/diff': '?from=1&to=2',
  'GET /connections/:id/metadata/template': `?table=${MARKED_TABLE}`,
  'GET /connections/:id/rows': `?table=${MARKED_TABLE}`,
  'GET /templates/:ref/mappings/:connectionId': `?table=${MARKED_TABLE}`,
  'GET /templates/:ref/mappings/:connectionId (the connection)': `?table=${MARKED_TABLE}`,
};

/** Bodies that name something. */
const NAMING: Readonly<Record<string, (id: string, world: World, target: Target) => Promise<object>>> = {
  'POST /templates (with rows of)': async (id) => ({
    name: 'nest',
    fields: [{ name: 'inner', type: 'template', options: { template_id: id } }],
  }),
  'POST /jobs': async (id) => ({ template_id: id, count: 1 }),
  'POST /mask': async (templateId) => ({ rows: [{ mark: 'x' }], strategies: { mark: 'hash' }, templateId }),
  'POST /templates/move': async (id, world) => ({ templates: [id], projectId: world.projects.other }),
  'POST /templates/move (to)': async (projectId, world) => ({
    templates: [await world.make('template', 'own')],
    projectId,
  }),
  'POST /sets/move': async (name, world) => ({ sets: [name], projectId: world.projects.other }),
  'POST /sets/move (to)': async (projectId, world) => ({ sets: [await world.make('set', 'own')], projectId }),
  'POST /workspace/files/move': async (name, world) => ({ files: [name], projectId: world.projects.other }),
  'POST /workspace/files/move (to)': async (projectId, world) => ({
    files: [await world.make('file', 'own')],
    projectId,
  }),
  'POST /connections (with a secret)': async (id) => ({
    name: `made ${++drawn}`,
    type: 'postgres',
    url: 'postgres://127.0.0.1:1/postgres',
    auth: { type: 'basic', username: 'test', secret_ref: id },
  }),
  'POST /connections (with a secret of the workspace)': async (id) => ({
    name: `made ${++drawn}`,
    type: 'postgres',
    url: 'postgres://127.0.0.1:1/postgres',
    auth: { type: 'basic', username: 'test', secret_ref: id },
  }),
  'POST /connections/:id/rows (with rows of)': async (id) => ({ table: MARKED_TABLE, template_id: id, count: 1 }),
  'POST /connections/:id/push': async (_, world, target) => ({
    table: MARKED_TABLE,
    template_id: await world.make('template', placeOf(target)),
    count: 1,
  }),
  'POST /connections/move': async (id, world) => ({ connections: [id], projectId: world.projects.other }),
  'POST /connections/move (to)': async (projectId, world) => ({
    connections: [await world.make('connection', 'own')],
    projectId,
  }),
  'POST /scenarios/move': async (id, world) => ({ scenarios: [id], projectId: world.projects.other }),
  'POST /scenarios/move (to)': async (projectId, world) => ({
    scenarios: [await world.make('scenario', 'own')],
    projectId,
  }),
  'POST /chats/move': async (id, world) => ({ chats: [id], projectId: world.projects.other }),
  'POST /chats/move (to)': async (projectId, world) => ({ chats: [await world.make('chat', 'own')], projectId }),
  'POST /scenarios/:ref/runs': async (_, world, target) => ({
    set: { name: await world.make('set', placeOf(target)) },
  }),
  'POST /keys': async (projectId) => ({ name: 'new', projectId }),
  'POST /api/v1/generate-ai (contract)': async (id) => ({ contract_id: id, count: 1 }),
};

/** The request of a route that names a thing. */
export async function requestOf(
  route: string,
  kind: Kind | undefined,
  id: string,
  world: World,
  target: Target,
): Promise<MatrixRequest> {
  const [method = '', pattern = ''] = route.replace(/ \(.*/, '').split(' ');
  const file = pattern
    .replace(':file', SAMPLE)
    .replace(':tool', 'list_templates')
    .replace('*', kind === 'file' ? ':name' : 'static/index.html');
  if (route === 'DELETE /workspace') await world.turnWorkspaces('alike');
  if (route === 'POST /workspace/restore') await world.turnWorkspaces('deleted');
  const other = await companionOf(route, id, world, target);
  const shown = other === undefined || other.isLast ? [id, other?.id ?? ''] : [other.id, id];
  const path = shown.reduce((at, one) => at.replace(/:\w+/, encodeURIComponent(one)), file) + (QUERIES[route] ?? '');
  const body = NAMING[route] === undefined ? BODIES[route]?.() : await NAMING[route](id, world, target);
  return {
    method,
    path,
    ...(body === undefined ? {} : { body }),
    headers: {
      ...(ACCEPTS[route] === undefined ? {} : { accept: ACCEPTS[route] }),
      ...(kind === 'projectHeader' ? { 'x-datamaker-project': id } : {}),
      ...(typeof body === 'string' ? { 'content-type': 'multipart/form-data; boundary=edge' } : {}),
    },
  };
}

/** Where what goes along with a target is. */
const placeOf = (target: Target) => (target === 'otherProject' || target === 'foreign' ? target : 'own');

/** What else a path names: something that whoever asks for the thing itself has. */
async function companionOf(route: string, id: string, world: World, target: Target) {
  const place = placeOf(target);
  if (/\/scenarios\/:ref\/(runs\/:runId|schedules\/:scheduleId)/.test(route))
    return { id: await world.scenarioOf(id), isLast: false };
  if (route.includes('/parts/:number')) return { id: '1', isLast: true };
  if (route.includes('/approvals/')) return { id: await world.chatOf(id), isLast: false };
  if (route === 'POST /connections/:id/rows (with rows of)') {
    return { id: await world.make('connection', place), isLast: false };
  }
  if (!route.includes('/mappings/')) return undefined;
  const isLast = !route.endsWith('(the connection)');
  const other = await world.make(isLast ? 'connection' : 'template', place);
  if (route.startsWith('DELETE ') && target !== 'absent' && target !== 'malformed') {
    await world.map(...((isLast ? [id, other] : [other, id]) as [string, string]));
  }
  return { id: other, isLast };
}
