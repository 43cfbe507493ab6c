import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../../services/datagen/refusal.ts';
import { postmanCollection, SAMPLES } from '../../../services/datagen/samples.ts';
import { discoveryOperations as operations } from '../openapi/operations/discovery.ts';

/** Requests to begin with, to be downloaded. */
export function sampleRoutes(app: FastifyInstance): void {
  app.get('/samples', { config: { operation: operations.samples } }, async () => ({
    samples: SAMPLES.map(({ name, description, path }) => ({
      name,
      description,
      method: 'POST',
      path,
      download: `/api/v1/samples/${name}.json`,
    })),
    postman_collection: '/api/v1/samples/postman-collection.json',
  }));

  app.get<{ Params: { file: string } }>(
    '/samples/:file',
    { config: { operation: operations.sample } },
    async (request, reply) => {
      const { file } = request.params;
      const found =
        file === 'postman-collection.json'
          ? postmanCollection(`${request.protocol}://${request.host}`)
          : SAMPLES.find(({ name }) => `${name}.json` === file)?.body;
      if (found === undefined)
        throw new Refusal('not_found', 'There is no such sample.', { hint: 'GET /api/v1/samples' });
      return reply
        .header('Content-Disposition', `attachment; filename="${file}"`)
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(found, null, 2));
    },
  );
}
