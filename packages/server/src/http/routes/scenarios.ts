import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ScenarioService } from '../../services/scenarios/scenario-service.ts';
import { matchOf } from '../etag.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { isKnown, oneScenario, tagged } from '../scenario-answers.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import {
  deletedScenarioSchema,
  forceQuery,
  listedScenarioSchema,
  presentDeleted,
  presentListed,
  scenarioCode,
  scenarioName,
  scenarioRefParams,
  scenarioSettings,
} from '../schemas/scenario.ts';
import { currentId, parseTemplateRef } from '../template-ref.ts';

const tags = ['Scenarios'];
const createBody = z.strictObject({ name: scenarioName, code: scenarioCode, ...scenarioSettings });
const replaceBody = z.strictObject({
  name: scenarioName.optional(),
  code: scenarioCode.optional(),
  ...scenarioSettings,
});

const settingsOf = ({ retry_on_crash, timeout_seconds }: z.output<typeof replaceBody>) => ({
  ...(retry_on_crash === undefined ? {} : { retryOnCrash: retry_on_crash }),
  ...(timeout_seconds === undefined ? {} : { timeoutSeconds: timeout_seconds }),
});

/** Scenarios: list, create, read (also at a version), replace, delete and restore. */
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
};
