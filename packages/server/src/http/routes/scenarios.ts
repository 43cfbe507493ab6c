import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { moveToProject } from '../../services/scenarios/move-scenarios.ts';
import { ScenarioService } from '../../services/scenarios/scenario-service.ts';
import type { StoredScenario } from '../../store/scenarios.ts';
import { matchOf } from '../etag.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { idText } from '../schemas/ids.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import {
  deletedScenarioSchema,
  forceQuery,
  listedScenarioSchema,
  presentDeleted,
  presentListed,
  presentScenario,
  scenarioCode,
  scenarioIds,
  scenarioName,
  scenarioRefParams,
  scenarioSchema,
  scenarioSettings,
} from '../schemas/scenario.ts';
import { versionNumber } from '../schemas/version.ts';
import { fileNameOf, sendScenarios } from '../send-scenarios.ts';
import { currentId, parseTemplateRef } from '../template-ref.ts';

const tags = ['Scenarios'];
const oneScenario = { description: 'The scenario.', content: { 'application/json': { schema: scenarioSchema } } };
const createBody = z.strictObject({ name: scenarioName, code: scenarioCode, ...scenarioSettings });
const replaceBody = z.strictObject({
  name: scenarioName.optional(),
  code: scenarioCode.optional(),
  ...scenarioSettings,
});
const versionSchema = z
  .object({ version: z.int().min(1), name: z.string(), created_at: z.iso.datetime(), created_by: z.string() })
  .meta({ id: 'ScenarioVersion' });
const exportedSchema = scenarioSchema.extend({ file: z.string() }).meta({ id: 'ExportedScenario' });
const validation = z
  .object({
    valid: z.boolean(),
    diagnostics: z.array(
      z.object({ code: z.string(), pointer: z.string(), message: z.string(), hint: z.string().optional() }),
    ),
    requirements: z.array(z.string()),
    problem: z.object({ message: z.string(), line: z.int().nullable(), column: z.int().nullable() }).nullable(),
  })
  .meta({ id: 'ScenarioValidation' });

/** A version never changes, so its name tells whether a copy is good. */
const etagOf = ({ id, version }: StoredScenario): string => `"${id}@v${version}"`;

function tagged(reply: FastifyReply, scenario: StoredScenario) {
  reply.header('ETag', etagOf(scenario));
  return presentScenario(scenario);
}

/** Whether the client has this version already (RFC 9110, 13.1.2). */
function isKnown(request: FastifyRequest, scenario: StoredScenario): boolean {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  return header.trim() === '*' || [...header.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etagOf(scenario));
}

const settingsOf = ({ retry_on_crash, timeout_seconds }: z.output<typeof replaceBody>) => ({
  ...(retry_on_crash === undefined ? {} : { retryOnCrash: retry_on_crash }),
  ...(timeout_seconds === undefined ? {} : { timeoutSeconds: timeout_seconds }),
});

/** Scenarios: list, create, read (also at a version), replace, delete and restore, versions. */
export const scenarioRoutes: Routes = async (app, { cursors, runs }) => {
  const service = ({ tenant, principal }: FastifyRequest): ScenarioService =>
    new ScenarioService(tenant, principal, cursors, runs.environments);
  const idOf = (ref: string): string => currentId(ref, 'scenario');

  app.get(
    '/scenarios',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listScenarios',
        tags,
        summary: 'List scenarios, the newest first, without their code',
        querystring: pageQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(listedScenarioSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const page = await service(request).list(limit, cursor);
      return { items: page.items.map(presentListed), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.post(
    '/scenarios',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'createScenario',
        tags,
        summary: 'Create a scenario',
        description:
          'Code that is no Python, or needs packages that there are not, is refused unless `?force=true`. Versions of packages are locked; where their index does not answer, the first run does that.',
        querystring: forceQuery,
        body: createBody,
        response: { 201: oneScenario, ...errorResponses('validation_error') },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const { name, code } = request.body;
      const force = request.query.force === 'true';
      const scenario = await service(request).create(name, code, settingsOf(request.body), force);
      reply.code(201).header('Location', `/scenarios/${scenario.id}`);
      return tagged(reply, scenario);
    },
  );

  app.post(
    '/scenarios/validate',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'validateScenario',
        tags,
        summary: 'What is wrong with code; nothing is stored or executed',
        body: z.strictObject({ code: scenarioCode }),
        response: {
          200: { description: 'All that is wrong.', content: { 'application/json': { schema: validation } } },
          ...errorResponses('validation_error'),
        },
      },
    },
    async (request) => {
      refuseNul(request.body);
      const { needs, diagnostics } = await service(request).validate(request.body.code);
      return {
        valid: diagnostics.length === 0,
        diagnostics: [...diagnostics],
        requirements: [...needs.requirements],
        problem: needs.problem,
      };
    },
  );

  app.get(
    '/scenarios/deleted',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listDeletedScenarios',
        tags,
        summary: 'The hundred scenarios that were deleted last',
        response: {
          200: {
            description: 'The last deleted first.',
            content: { 'application/json': { schema: pageOf(deletedScenarioSchema) } },
          },
          ...errorResponses(),
        },
      },
    },
    async (request) => {
      const items = (await service(request).listDeleted()).map(presentDeleted);
      return { items, next_cursor: null, total: items.length };
    },
  );

  app.get(
    '/scenarios/export',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'exportScenarios',
        tags,
        summary: 'All scenarios of the project, with their code, as an archive or as JSON',
        querystring: z.strictObject({
          format: z.enum(['zip', 'json'], 'format must be zip or json').default('zip'),
        }),
        response: {
          200: {
            description: 'A file of Python for each, and `scenarios.json`, which tells which is which.',
            content: {
              'application/zip': { schema: z.string().meta({ format: 'binary' }) },
              'application/json': { schema: z.object({ scenarios: z.array(exportedSchema) }) },
            },
          },
          ...errorResponses('validation_error'),
        },
      },
    },
    async (request, reply) => {
      const all = service(request).all();
      if (request.query.format === 'zip') return sendScenarios(request, reply, all);
      const scenarios = [];
      const names = new Set<string>();
      for await (const one of all) scenarios.push({ file: fileNameOf(one, names), ...presentScenario(one) });
      return { scenarios };
    },
  );

  app.post(
    '/scenarios/move',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'moveScenarios',
        tags,
        summary: 'Move scenarios to another project of the workspace, all or none',
        description: 'With their versions, schedules, runs and logs. None of their runs may be under way.',
        body: z.strictObject({ scenarios: scenarioIds, projectId: idText.meta({ description: 'Where they go.' }) }),
        response: {
          204: { description: 'They are there.' },
          ...errorResponses('not_found', 'conflict', 'validation_error'),
        },
      },
    },
    async ({ tenant, principal, body }, reply) => {
      await moveToProject(tenant, principal, body.scenarios, body.projectId);
      return reply.code(204).send();
    },
  );

  app.get(
    '/scenarios/:ref',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readScenario',
        tags,
        summary: 'Read a scenario, or a version of it',
        params: scenarioRefParams,
        response: {
          200: oneScenario,
          304: { description: 'It is the one that `If-None-Match` names.' },
          ...errorResponses('not_found'),
        },
      },
    },
    async (request, reply) => {
      const { id, version } = parseTemplateRef(request.params.ref, 'scenario');
      const scenario = await service(request).read(id, version);
      const body = tagged(reply, scenario);
      return isKnown(request, scenario) ? reply.code(304).send() : body;
    },
  );

  app.get(
    '/scenarios/:ref/code',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readScenarioCode',
        tags,
        summary: 'The code of a scenario, or of a version of it, as a file',
        params: scenarioRefParams,
        response: {
          200: { description: 'The code.', content: { 'text/x-python': { schema: z.string() } } },
          304: { description: 'It is the one that `If-None-Match` names.' },
          ...errorResponses('not_found'),
        },
      },
    },
    async (request, reply) => {
      const { id, version } = parseTemplateRef(request.params.ref, 'scenario');
      const scenario = await service(request).read(id, version);
      reply.header('ETag', etagOf(scenario));
      if (isKnown(request, scenario)) return reply.code(304).send();
      reply
        .type('text/x-python; charset=utf-8')
        .header('Content-Disposition', `attachment; filename="${id}.py"`)
        .header('Content-Security-Policy', "sandbox; default-src 'none'")
        // The body is a text, and no JSON of it.
        .serializer((text: string) => text);
      return reply.send(scenario.code);
    },
  );

  app.put(
    '/scenarios/:ref',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'replaceScenario',
        tags,
        summary: 'Replace the code of a scenario: adds a version',
        description: 'What is left out stays as it is; when nothing changes, no version is added.',
        params: scenarioRefParams,
        querystring: forceQuery,
        body: replaceBody,
        response: { 200: oneScenario, ...errorResponses('not_found', 'validation_error', 'version_conflict') },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const id = idOf(request.params.ref);
      const { name, code } = request.body;
      const change = { name, code, settings: settingsOf(request.body) };
      const force = request.query.force === 'true';
      return tagged(reply, await service(request).replace(id, change, force, matchOf(request, id)));
    },
  );

  app.delete(
    '/scenarios/:ref',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'deleteScenario',
        tags,
        summary: 'Delete a scenario; runs that have not ended are cancelled, and it can be restored for 30 days',
        params: scenarioRefParams,
        response: { 204: { description: 'It is gone.' }, ...errorResponses('not_found', 'version_conflict') },
      },
    },
    async (request, reply) => {
      const id = idOf(request.params.ref);
      await service(request).delete(id, matchOf(request, id));
      return reply.code(204).send();
    },
  );

  app.post(
    '/scenarios/:ref/restore',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'restoreScenario',
        tags,
        summary: 'Take the deletion of a scenario back',
        params: scenarioRefParams,
        body: z.strictObject({}),
        response: { 200: oneScenario, ...errorResponses('not_found', 'validation_error') },
      },
    },
    async (request, reply) => tagged(reply, await service(request).restore(idOf(request.params.ref))),
  );

  app.get(
    '/scenarios/:ref/versions',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listScenarioVersions',
        tags,
        summary: 'List the versions of a scenario, the newest first',
        params: scenarioRefParams,
        response: {
          200: { description: 'All of them.', content: { 'application/json': { schema: pageOf(versionSchema) } } },
          ...errorResponses('not_found'),
        },
      },
    },
    async (request) => {
      const versions = await service(request).versions(idOf(request.params.ref));
      const items = versions.map(({ version, name, createdAt, createdBy }) => ({
        version,
        name,
        created_at: createdAt.toISOString(),
        created_by: createdBy,
      }));
      return { items, next_cursor: null, total: items.length };
    },
  );

  app.post(
    '/scenarios/:ref/rollback',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'rollBackScenario',
        tags,
        summary: 'Make a scenario what it was: adds a version',
        params: scenarioRefParams,
        body: z.strictObject({ version: versionNumber }),
        response: { 200: oneScenario, ...errorResponses('not_found', 'validation_error', 'version_conflict') },
      },
    },
    async (request, reply) => {
      const id = idOf(request.params.ref);
      return tagged(reply, await service(request).rollBack(id, request.body.version, matchOf(request, id)));
    },
  );
};
