import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, expectError } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';
import { until } from '../testing/until.ts';

interface FileBody {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
}
/** Of a file, and of all: not of two large ones. */
const FILE_BYTES = 60_000;
const ROOM = 100_000;
const keyed = (key: string) => ({ 'idempotency-key': key });

describe.each(STORES)('an upload with an Idempotency-Key (%s store)', (kind) => {
  let server: TestServer;
  beforeAll(async () => {
    const unlimited = { requestsPerMinute: null, rowsPerHour: null, previewsPerMinute: null };
    server = await startOn(kind, {
      plans: { small: { ...unlimited, fileBytes: FILE_BYTES, storageBytes: ROOM, files: null } },
    });
    const store = await server.openDatabase();
    await setPlan(store, 'small');
    await store.destroy();
  });
  afterAll(() => server?.close());
  const upload = (name: string, text: string, key: string): Promise<Answer<FileBody>> =>
    server.client.upload<FileBody>(name, text, keyed(key));
  const textOf = async (name: string): Promise<string> => (await server.client.get(`/workspace/files/${name}`)).text;
  /** Of bytes that belong to nothing any more. */
  const left = async (): Promise<number> => {
    const store = await server.openDatabase();
    const found = await store.selectFrom('file_blob').where('state', '!=', 'kept').select('id').execute();
    await store.destroy();
    return found.length;
  };
  /** In pieces of unknown length together. @param breaksOff before its end */
  const inPieces = (name: string, text: string, key: string, breaksOff = false): Promise<Response> => {
    const head = (what: string): string => `--edge\r\nContent-Disposition: form-data; ${what}\r\n\r\n`;
    const pieces = [`${head('name="name"')}${name}\r\n`, head('name="file"; filename="f"'), text];
    const whole = [...pieces, '\r\n--edge--\r\n'];
    return fetch(`${server.client.url}/workspace/files`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.key}`,
        'content-type': 'multipart/form-data; boundary=edge',
        ...keyed(key),
      },
      body: ReadableStream.from(
        (async function* () {
          for (const piece of breaksOff ? pieces : whole) yield Buffer.from(piece);
          if (breaksOff) throw new Error('broken off');
        })(),
      ),
      duplex: 'half',
    } as RequestInit);
  };

  it('is done once, and answered alike', async () => {
    const first = await upload('once.csv', 'a,b\n1,2\n', 'once');
    const second = await upload('once.csv', 'a,b\n1,2\n', 'once');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    for (const name of ['location', 'content-type']) expect(second.headers.get(name)).toBe(first.headers.get(name));
    expect([first, second].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await left()).toBe(0);
    // However it comes.
    const third = await inPieces('once.csv', 'a,b\n1,2\n', 'once');
    expect([third.status, third.headers.get('idempotent-replayed'), await third.text()]).toEqual([
      201,
      'true',
      first.text,
    ]);
  });

  it('is another when its bytes, its name or its project are, however long it is', async () => {
    expect((await upload('a.csv', 'aaaa,1', 'other')).status).toBe(201);
    expectError(await upload('b.csv', 'bbbb,2', 'other'), 422, 'idempotency_key_reused');
    expectError(await upload('b.csv', 'aaaa,1', 'other'), 422, 'idempotency_key_reused');
    expectError(await upload('a.csv', 'bbbb,2', 'other'), 422, 'idempotency_key_reused');
    const project = await server.client.post<{ id: string }>('/projects', { name: 'Other' });
    const elsewhere = { ...keyed('other'), 'x-datamaker-project': project.body.id };
    expectError(await server.client.upload('a.csv', 'aaaa,1', elsewhere), 422, 'idempotency_key_reused');
    expect(await textOf('a.csv')).toBe('aaaa,1');
    expectError(await server.client.get('/workspace/files/b.csv'), 404, 'not_found');
  });

  it('is another in pieces, too', async () => {
    expect((await inPieces('pieces', 'aaaa', 'pieces')).status).toBe(201);
    expect((await inPieces('pieces', 'bbbb', 'pieces')).status).toBe(422);
    expect(await textOf('pieces')).toBe('aaaa');
  });

  it('leaves its key free when it breaks off', async () => {
    await expect(inPieces('broken', 'half of', 'broken', true)).rejects.toThrow();
    const whole = await upload('broken', 'half of it', 'broken');
    expect([whole.status, whole.headers.get('idempotent-replayed')]).toEqual([201, null]);
    await expect(inPieces('broken', 'half of', 'broken', true)).rejects.toThrow();
    expect(await textOf('broken')).toBe('half of it');
    await until(async () => (await left()) === 0);
  });

  it('needs no room again', async () => {
    const text = 'x'.repeat(55_000);
    expect((await upload('large', text, 'large')).status).toBe(201);
    const again = await upload('large', text, 'large');
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expectError(await upload('large', `${text}x`, 'large'), 422, 'idempotency_key_reused');
    expect((await server.client.delete('/workspace/files/large')).status).toBe(204);
  });

  it('is done once however many come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => upload('crowd', 'some', 'crowd')));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect(answers[0]?.body.sha256).toBe(createHash('sha256').update('some').digest('hex'));
    await until(async () => (await left()) === 0);
  });
});
