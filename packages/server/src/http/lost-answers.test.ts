import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LossyProxy, startLossyProxy } from '../testing/lossy-proxy.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';

const CALLS = tries(90, 1000);
const FIELDS = [{ name: 'id', type: 'sequence' }];

/** What is asked for, and where its effects are. */
const KINDS = [
  { path: '/templates', table: 'template_version', body: (name: string) => ({ name, fields: FIELDS }) },
  { path: '/keys', table: 'api_key', body: (name: string) => ({ name }) },
  { path: '/sets', table: 'saved_set', body: (name: string) => ({ name, rows: [{ id: 1 }] }) },
] as const;

describe('a client that repeats what it got no answer to, where three answers in ten are lost', () => {
  let server: TestServer;
  let proxy: LossyProxy;
  beforeAll(async () => {
    server = await startOn('external');
    proxy = await startLossyProxy(server.client.url, 0.3, process.env['FAST_CHECK_SEED'] ?? '');
  });
  afterAll(async () => {
    await proxy?.close();
    await server?.close();
  });

  /** One try. @throws when there is no whole answer */
  const send = async (path: string, body: string, key: string): Promise<{ status: number; text: string }> => {
    const asked = request(proxy.url + path, {
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${server.key}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': key,
      },
    });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    return { status: answer.statusCode ?? 0, text };
  };
  const call = async (path: string, body: string): Promise<string> => {
    const key = randomUUID();
    for (;;) {
      const answer = await send(path, body, key).catch(() => undefined);
      if (answer === undefined) continue;
      expect(answer).toMatchObject({ status: 201 });
      return answer.text;
    }
  };

  it('has each effect once, and its answer', async () => {
    const names = Array.from({ length: CALLS }, (_, index) => `call-${index}`);
    const answers = new Map<string, string>();
    const work = names.entries();
    const caller = async (): Promise<void> => {
      for (const [index, name] of work) {
        const { path, body } = KINDS[index % KINDS.length] as (typeof KINDS)[number];
        answers.set(name, await call(path, JSON.stringify(body(name))));
      }
    };
    await Promise.all(Array.from({ length: 8 }, caller));
    expect(proxy.lost).toBeGreaterThan(CALLS * 0.2);
    const store = await server.openDatabase();
    const found: string[] = [];
    for (const { table } of KINDS) {
      const rows = await store.selectFrom(table).where('name', 'like', 'call-%').select('name').execute();
      found.push(...rows.map(({ name }) => name));
    }
    await store.destroy();
    expect(found.toSorted()).toEqual(names.toSorted());
    for (const [name, text] of answers) expect(JSON.parse(text)).toMatchObject({ name });
  });
});
