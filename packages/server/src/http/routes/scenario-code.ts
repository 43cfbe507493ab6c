import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { moveToProject } from '../../services/scenarios/move-scenarios.ts';
import { ScenarioService } from '../../services/scenarios/scenario-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { etagOf, isKnown } from '../scenario-answers.ts';
import { idText } from '../schemas/ids.ts';
import { presentScenario, scenarioCode, scenarioIds, scenarioRefParams, scenarioSchema } from '../schemas/scenario.ts';
import { fileNameOf, sendScenarios } from '../send-scenarios.ts';
import { parseTemplateRef } from '../template-ref.ts';

const tags = ['Scenarios'];
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

/** Code by itself: judge it, read it as a file, take all of it along, put it elsewhere. */
export const scenarioCodeRoutes: Routes = async (app, { cursors, runs }) => {
  const service = ({ tenant, principal }: FastifyRequest): ScenarioService =>
    new ScenarioService(tenant, principal, cursors, runs.environments);

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
};
