import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ErrorBody, TemplateBody } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startOn('bundled');
}, 120_000);
afterAll(() => server.close());

it.each(['preview', 'generate'])(
  '%s says what an expression could not work with, instead of breaking off',
  async (action) => {
    const fields = [
      {
        name: 'orders',
        type: 'template',
        options: { fields: [{ name: 'total', type: 'currency' }], array: true, count: 2 },
      },
      { name: 'sum', type: 'derived', options: { expression: 'sum(orders.total)' } },
    ];
    const { body } = await server.client.send<TemplateBody>('POST', '/templates', { name: 't', fields });
    const request = action === 'generate' ? { count: 10, format: 'csv' } : {};
    const answer = await server.client.send<ErrorBody>('POST', `/templates/${body.id}/${action}`, request);
    expect(answer.status).toBe(422);
    expect(answer.body.error.details.diagnostics?.[0]).toMatchObject({
      code: expect.stringContaining('expression'),
      pointer: '/fields',
    });
    expect(answer.headers.get('content-disposition')).toBeNull();
  },
);
