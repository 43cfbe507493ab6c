import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { Session } from '../session.ts';
import { restConnector } from './connector.ts';
import { type RestServer, startRestServer } from './testing/start-rest-server.ts';

const ORDERS = { schema: '', name: 'orders' };
const ROWS = [{ id: 1 }, { id: 2 }];

describe('paging comes to an end', () => {
  let server: RestServer;
  let session: Session;
  beforeEach(async () => {
    server = await startRestServer();
  });
  afterEach(async () => {
    await session.close();
    await server.stop();
  });
  const open = async (paging: object): Promise<void> => {
    const { config, secrets } = restConnector.parse({ url: server.url, options: { paging } });
    const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
    session = await restConnector.open(config, { dialer, secrets, readOnly: true });
  };

  it.each([
    { kind: 'offset', size: 2 },
    { kind: 'page', size: 2 },
    { kind: 'page' },
    { kind: 'cursor', pointer: '/next' },
  ])('at a system that does not know the parameters of %j', async (paging) => {
    let asked = 0;
    server.intercept = (_request, reply) => reply.send({ rows: ROWS, next: `mark ${++asked}`, at: asked });
    await open(paging);
    await expect(session.count(ORDERS)).rejects.toMatchObject({
      problem: 'protocol',
      message: expect.stringContaining('the same rows again'),
    });
    expect(server.log).toHaveLength(2);
  });

  it.each(['link_header', 'next_link'])('where links go round in a circle (%s)', async (kind) => {
    server.intercept = ({ url }, reply) => {
      const at = Number(new URL(url, server.url).searchParams.get('at'));
      const next = `/orders?at=${at === 3 ? 1 : at + 1}`;
      return reply.header('link', `<${next}>; rel=next`).send({ rows: [{ id: at, random: server.log.length }], next });
    };
    await open(kind === 'next_link' ? { kind, pointer: '/next' } : { kind });
    await expect(session.count(ORDERS)).rejects.toMatchObject({
      problem: 'protocol',
      message: expect.stringContaining('leads back'),
    });
    expect(server.log).toHaveLength(5);
  });
});
