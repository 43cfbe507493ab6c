import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ScheduleService } from '../../services/scenarios/schedule-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { pageOf } from '../schemas/page.ts';
import { scenarioRefParams } from '../schemas/scenario.ts';
import { presentSchedule, scheduleBody, scheduleChangeBody, scheduleSchema } from '../schemas/scenario-schedule.ts';
import { currentId } from '../template-ref.ts';

const tags = ['Scenarios'];
const oneSchedule = { description: 'The schedule.', content: { 'application/json': { schema: scheduleSchema } } };
const scheduleParams = scenarioRefParams.extend({
  scheduleId: z.string().meta({ description: 'As it was given when it was created.' }),
});

/** When scenarios run by themselves. */
export const scenarioScheduleRoutes: Routes = async (app, { runs }) => {
  const service = ({ tenant, principal }: FastifyRequest): ScheduleService =>
    new ScheduleService(tenant, principal, runs.queue);
  const idOf = (ref: string): string => currentId(ref, 'scenario');

  app.get(
    '/scenarios/:ref/schedules',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listScenarioSchedules',
        tags,
        summary: 'List the schedules of a scenario, the newest first',
        params: scenarioRefParams,
        response: {
          200: { description: 'All of them.', content: { 'application/json': { schema: pageOf(scheduleSchema) } } },
          ...errorResponses('not_found'),
        },
      },
    },
    async (request) => {
      const items = (await service(request).list(idOf(request.params.ref))).map(presentSchedule);
      return { items, next_cursor: null, total: items.length };
    },
  );

  app.post(
    '/scenarios/:ref/schedules',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'createScenarioSchedule',
        tags,
        summary: 'Have a scenario run by itself',
        description:
          'Always at its newest version, and not while the run before is under way. Runs that were due while no server was there are made up for by one. A schedule is paused when whoever made it may not run scenarios any more.',
        params: scenarioRefParams,
        body: scheduleBody,
        response: { 201: oneSchedule, ...errorResponses('not_found', 'conflict', 'validation_error') },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const { time_zone: timeZone, ...said } = request.body;
      const id = idOf(request.params.ref);
      const made = await service(request).create(id, { ...said, timeZone });
      return reply.code(201).header('Location', `/scenarios/${id}/schedules/${made.id}`).send(presentSchedule(made));
    },
  );

  app.patch(
    '/scenarios/:ref/schedules/:scheduleId',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'changeScenarioSchedule',
        tags,
        summary: 'Change a schedule, pause it or have it go on',
        params: scheduleParams,
        body: scheduleChangeBody,
        response: { 200: oneSchedule, ...errorResponses('not_found', 'validation_error') },
      },
    },
    async (request) => {
      refuseNul(request.body);
      const { time_zone: timeZone, ...said } = request.body;
      const { ref, scheduleId } = request.params;
      return presentSchedule(await service(request).change(idOf(ref), scheduleId, { ...said, timeZone }));
    },
  );

  app.delete(
    '/scenarios/:ref/schedules/:scheduleId',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'deleteScenarioSchedule',
        tags,
        summary: 'Delete a schedule',
        params: scheduleParams,
        response: { 204: { description: 'It is gone.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      const { ref, scheduleId } = request.params;
      await service(request).delete(idOf(ref), scheduleId);
      return reply.code(204).send();
    },
  );
};
