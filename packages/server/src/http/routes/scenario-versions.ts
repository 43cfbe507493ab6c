import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ScenarioService } from '../../services/scenarios/scenario-service.ts';
import { matchOf } from '../etag.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { oneScenario, tagged } from '../scenario-answers.ts';
import { pageOf } from '../schemas/page.ts';
import { scenarioRefParams } from '../schemas/scenario.ts';
import { versionNumber } from '../schemas/version.ts';
import { currentId } from '../template-ref.ts';

const tags = ['Scenarios'];
const versionSchema = z
  .object({ version: z.int().min(1), name: z.string(), created_at: z.iso.datetime(), created_by: z.string() })
  .meta({ id: 'ScenarioVersion' });

/** What a scenario was before: list, go back. */
export const scenarioVersionRoutes: Routes = async (app, { cursors, runs }) => {
  const service = ({ tenant, principal }: FastifyRequest): ScenarioService =>
    new ScenarioService(tenant, principal, cursors, runs.environments);
  const idOf = (ref: string): string => currentId(ref, 'scenario');

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
