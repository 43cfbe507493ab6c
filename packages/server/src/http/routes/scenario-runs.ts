import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { RUN_STATES } from '../../run-states.ts';
import { hasEnded, RunService } from '../../services/run-service.ts';
import { SUBMITTED } from '../../services/runs/run-signals.ts';
import { ScenarioService } from '../../services/scenarios/scenario-service.ts';
import { submitForSet } from '../../services/scenarios/submit-for-set.ts';
import { submitReplay } from '../../services/scenarios/submit-replay.ts';
import { submitScenario } from '../../services/scenarios/submit-scenario.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { HttpContext } from '../context.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import { doOnce } from '../repeats.ts';
import type { Routes } from '../route-types.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { scenarioRefParams } from '../schemas/scenario.ts';
import {
  presentScenarioRun,
  runTimeout,
  scenarioParams,
  scenarioRunSchema,
  waitFlag,
} from '../schemas/scenario-run.ts';
import { versionNumber } from '../schemas/version.ts';
import { signalOf } from '../signal-of.ts';
import { currentId, parseTemplateRef } from '../template-ref.ts';

const tags = ['Scenarios'];
/** As long as the API says that a wait takes at most. */
const WAIT_MS = 5 * 60_000;
const oneRun = (description: string) => ({
  description,
  content: { 'application/json': { schema: scenarioRunSchema } },
});
export const scenarioRunParams = scenarioRefParams.extend({
  runId: z.string().meta({ description: 'As it was given when the run was made.' }),
});
const runBody = z.strictObject({
  params: scenarioParams.default({}),
  wait: waitFlag.default(false),
  timeout_seconds: runTimeout.optional(),
  dry_run: z
    .boolean('dry_run must be true or false')
    .default(false)
    .meta({ description: '`true`: nothing is written anywhere; `plan` of the run says what would have been.' }),
});
const replayBody = z.strictObject({ wait: waitFlag.default(false), timeout_seconds: runTimeout.optional() });
const setName = z
  .string('a set is named by a text')
  .min(1, 'a set has a name')
  .max(255, 'a name has at most 255 characters');
const setRunsBody = z.strictObject({
  set: z.strictObject({
    name: setName,
    version: versionNumber.optional(),
    row: z
      .int('row must be a whole number')
      .min(0, 'row must be at least 0')
      .optional()
      .meta({ description: 'Only this row, counted from 0; default: one run for each.' }),
  }),
  params: scenarioParams.default({}).meta({ description: 'Of all runs; values of rows come before them.' }),
  timeout_seconds: runTimeout.optional(),
});

/** A run of the scenario that a path names. @throws ApiError not_found */
export async function scenarioRunOf(
  {
    tenant,
    principal,
    params,
  }: Pick<FastifyRequest, 'tenant' | 'principal'> & { readonly params: z.output<typeof scenarioRunParams> },
  { cursors, runs }: Pick<HttpContext, 'cursors' | 'runs'>,
): Promise<StoredRun> {
  const run = await new RunService(tenant, principal, cursors, runs).find(params.runId);
  if (run.kind !== 'scenario' || run.subjectId !== currentId(params.ref, 'scenario')) {
    throw new ApiError('not_found', 'there is no such run');
  }
  return run;
}

/** Runs of scenarios: begin, list, read, cancel. */
export const scenarioRunRoutes: Routes = async (app, context) => {
  const { cursors, runs, claims, limiter } = context;
  const service = ({ tenant, principal }: FastifyRequest): RunService =>
    new RunService(tenant, principal, cursors, runs);

  app.post(
    '/scenarios/:ref/run',
    {
      config: { permission: 'run', repeats: 'recipe' },
      schema: {
        operationId: 'runScenario',
        tags,
        summary: 'Run a scenario',
        description:
          'Or a version of it. With `"wait": "true"` it is answered when the run has ended, or after five minutes.',
        params: scenarioRefParams,
        body: runBody,
        response: {
          200: oneRun('The run, which has ended.'),
          202: oneRun('The run, which goes on; `Location` says where it is.'),
          ...errorResponses('not_found', 'conflict', 'validation_error', 'too_many_runs'),
        },
      },
    },
    async (request, reply) => {
      const { principal, body } = request;
      const { id, version } = parseTemplateRef(request.params.ref, 'scenario');
      const gone = signalOf(reply);
      const refusal = await runs.refusal();
      const { runId } = await doOnce(request, reply, claims, async (tenant) => {
        const scenario = await new ScenarioService(tenant, principal, cursors, runs.environments).read(id, version);
        const limits = limiter.scenarioOf(principal.plan);
        const order = { params: body.params, timeoutSeconds: body.timeout_seconds, isDry: body.dry_run, refusal };
        return { runId: await submitScenario(runs, tenant, principal, limits, scenario, order) };
      });
      runs.signals.tell(SUBMITTED);
      const run = await waitFor(service(request), runId, body.wait, gone);
      return answer(reply, run);
    },
  );

  app.post(
    '/scenarios/:ref/runs',
    {
      config: { permission: 'run', repeats: 'recipe' },
      schema: {
        operationId: 'runScenarioForSet',
        tags,
        summary: 'Run a scenario once for each row of a saved set, or for one of them',
        description: 'The columns of a row are parameters. All runs are made, or none.',
        params: scenarioRefParams,
        body: setRunsBody,
        response: {
          202: {
            description: 'The runs, in the order of the rows.',
            content: {
              'application/json': { schema: z.object({ items: z.array(scenarioRunSchema), total: z.int() }) },
            },
          },
          ...errorResponses('not_found', 'conflict', 'validation_error', 'too_many_runs'),
        },
      },
    },
    async (request, reply) => {
      const { principal, body } = request;
      refuseNul(body.set.name);
      const { id, version } = parseTemplateRef(request.params.ref, 'scenario');
      const { set, params, timeout_seconds: timeoutSeconds } = body;
      const order = { scenarioId: id, version, set, params, timeoutSeconds, refusal: await runs.refusal() };
      const limits = limiter.scenarioOf(principal.plan);
      const { ids } = await doOnce(request, reply, claims, async (tenant) => ({
        ids: await submitForSet(context, tenant, principal, limits, order),
      }));
      runs.signals.tell(SUBMITTED);
      const items = [];
      for (const run of ids) items.push(presentScenarioRun(await service(request).find(run)));
      return reply.code(202).send({ items, total: items.length });
    },
  );

  app.post(
    '/scenarios/:ref/runs/:runId/replay',
    {
      config: { permission: 'run', repeats: 'recipe' },
      schema: {
        operationId: 'replayScenarioRun',
        tags,
        summary: 'Make a run again from its record: nothing is asked and nothing is changed',
        description:
          'The same version, parameters and seed; all that the script asks is answered as it was then. A call that was not made then ends it (`not_in_record`).',
        params: scenarioRunParams,
        body: replayBody,
        response: {
          200: oneRun('The replay, which has ended.'),
          202: oneRun('The replay, which goes on; `Location` says where it is.'),
          ...errorResponses('not_found', 'conflict', 'validation_error', 'too_many_runs'),
        },
      },
    },
    async (request, reply) => {
      const { principal, body } = request;
      const gone = signalOf(reply);
      const refusal = await runs.refusal();
      const { runId } = await doOnce(request, reply, claims, async (tenant) => {
        const run = await scenarioRunOf({ tenant, principal, params: request.params }, context);
        const scenario = await new ScenarioService(tenant, principal, cursors, runs.environments).read(
          run.subjectId,
          Number(run.params['scenario_version']),
        );
        const limits = limiter.scenarioOf(principal.plan);
        const order = { timeoutSeconds: body.timeout_seconds, refusal };
        return { runId: await submitReplay(runs, tenant, principal, limits, scenario, run, order) };
      });
      runs.signals.tell(SUBMITTED);
      return answer(reply, await waitFor(service(request), runId, body.wait, gone));
    },
  );

  app.get(
    '/scenarios/:ref/runs',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listScenarioRuns',
        tags,
        summary: 'List the runs of a scenario, the newest first',
        params: scenarioRefParams,
        querystring: pageQuery.extend({
          state: z.enum(RUN_STATES, `state must be one of ${RUN_STATES.join(', ')}`).optional(),
        }),
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(scenarioRunSchema) } } },
          ...errorResponses('not_found', 'validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const { limit, cursor, state } = request.query;
      const id = currentId(request.params.ref, 'scenario');
      await new ScenarioService(request.tenant, request.principal, cursors, runs.environments).read(id);
      const page = await service(request).list(limit, cursor, { state, kind: 'scenario', subjectId: id });
      return { items: page.items.map(presentScenarioRun), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.get(
    '/scenarios/:ref/runs/:runId',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readScenarioRun',
        tags,
        summary: 'Read a run of a scenario, or wait for its end',
        params: scenarioRunParams,
        querystring: z.strictObject({
          wait: z.enum(['true', 'false'], 'wait must be true or false').default('false').meta({
            description: '`true`: answers when the run has ended, or after five minutes.',
          }),
        }),
        response: { 200: oneRun('The run.'), ...errorResponses('not_found', 'validation_error') },
      },
    },
    async (request, reply) => {
      const run = await scenarioRunOf(request, context);
      const isAwaited = request.query.wait === 'true';
      return presentScenarioRun(await waitFor(service(request), run.id, isAwaited, signalOf(reply), run));
    },
  );

  app.delete(
    '/scenarios/:ref/runs/:runId',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'cancelScenarioRun',
        tags,
        summary: 'Cancel a run of a scenario that has not ended',
        params: scenarioRunParams,
        response: { 200: oneRun('The run, which is cancelled.'), ...errorResponses('not_found', 'conflict') },
      },
    },
    async (request) => {
      const { id } = await scenarioRunOf(request, context);
      const run = await service(request).cancel(id);
      service(request).told(id);
      return presentScenarioRun(run);
    },
  );
};

async function waitFor(
  service: RunService,
  id: string,
  isAwaited: boolean,
  gone: AbortSignal,
  known?: StoredRun,
): Promise<StoredRun> {
  if (isAwaited) return service.wait(id, WAIT_MS, gone);
  return known ?? service.find(id);
}

function answer(reply: FastifyReply, run: StoredRun) {
  reply.code(hasEnded(run) ? 200 : 202).header('Location', `/scenarios/${run.subjectId}/runs/${run.id}`);
  return presentScenarioRun(run);
}
