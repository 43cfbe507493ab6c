import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CounterService } from '../../services/counter-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import {
  blockSchema,
  counterParams,
  counterSchema,
  listedCounterSchema,
  nextBody,
  presentCounter,
} from '../schemas/counter.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';

const tags = ['Counters'];
const oneCounter = { description: 'The counter.', content: { 'application/json': { schema: counterSchema } } };

/** Counters: numbers of a project that are given once. */
export const counterRoutes: Routes = async (app, { cursors }) => {
  const service = ({ tenant, principal }: FastifyRequest): CounterService =>
    new CounterService(tenant, principal, cursors);

  app.get(
    '/counters',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listCounters',
        tags,
        summary: 'List counters, the newest first',
        querystring: pageQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(listedCounterSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const page = await service(request).list(request.query.limit, request.query.cursor);
      return { items: page.items.map(presentCounter), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.get(
    '/counters/:name',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'peekCounter',
        tags,
        summary: 'See which number was given last; 0 when there was none',
        params: counterParams,
        response: { 200: oneCounter, ...errorResponses('validation_error') },
      },
    },
    async (request) => {
      const { name } = request.params;
      return { name, value: await service(request).peek(name) };
    },
  );

  app.post(
    '/counters/:name/next',
    {
      config: { permission: 'generate' },
      schema: {
        operationId: 'nextOfCounter',
        tags,
        summary: 'Take the next number of a counter, or the next `count`; it is made when it is not there',
        params: counterParams,
        body: nextBody,
        response: {
          200: { description: 'The numbers.', content: { 'application/json': { schema: blockSchema } } },
          ...errorResponses('validation_error', 'conflict'),
        },
      },
    },
    async (request) => {
      const { name } = request.params;
      const { first, last } = await service(request).next(name, request.body?.count ?? 1);
      return { name, value: last, first };
    },
  );

  app.post(
    '/counters/:name/reset',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'resetCounter',
        tags,
        summary: 'Let the next number of a counter be 1 again',
        params: counterParams,
        body: z.strictObject({}).optional(),
        response: { 200: oneCounter, ...errorResponses('validation_error') },
      },
    },
    async (request) => {
      const { name } = request.params;
      await service(request).reset(name);
      return { name, value: 0 };
    },
  );

  app.delete(
    '/counters/:name',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'deleteCounter',
        tags,
        summary: 'Delete a counter for good',
        params: counterParams,
        response: { 204: { description: 'It is gone.' }, ...errorResponses('validation_error', 'not_found') },
      },
    },
    async (request, reply) => {
      await service(request).delete(request.params.name);
      return reply.code(204).send();
    },
  );
};
