import { createHash, type Hash } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { compileTemplate, generateBytes, parseTemplate } from '@datamaker/engine';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOn, type TestServer } from '../testing/servers.ts';

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'uuid', type: 'uuid' },
  { name: 'text', type: 'sentence' },
];
/** Rows that make some 300 MB of CSV. */
const MANY = 3_000_000;

let server: TestServer;
let id: string;
beforeAll(async () => {
  server = await startOn('external');
  id = await server.client.create(FIELDS);
});
afterAll(() => server?.close());

/** The answer to a request for rows, of which nothing has been read yet. */
const generate = (count: number, seed: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { 'x-api-key': server.key, 'content-type': 'application/json' };
    request(`${server.client.url}/templates/${id}/generate`, { method: 'POST', headers, agent: false }, resolve)
      .on('error', reject)
      .end(JSON.stringify({ count, seed, format: 'csv' }));
  });

/** Reads on until so many bytes, or all, are in the hash. @returns how many were read */
async function read(answer: IncomingMessage, atLeast: number, hash?: Hash): Promise<number> {
  let bytes = 0;
  while (bytes < atLeast) {
    const chunk = answer.read() as Buffer | null;
    if (chunk !== null) {
      hash?.update(chunk);
      bytes += chunk.length;
    } else if (answer.readableEnded) return bytes;
    else await stir(answer);
  }
  return bytes;
}

/** Waits until there is something to read, or the end. */
async function stir(answer: IncomingMessage): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  answer.on('readable', resolve).on('end', resolve).on('error', reject);
  await promise.finally(() => answer.off('readable', resolve).off('end', resolve).off('error', reject));
}

/** Waits until the process, its worker threads included, has used next to no processor time for a while. */
async function untilIdle(): Promise<void> {
  for (let quiet = 0; quiet < 5; ) {
    const before = process.cpuUsage();
    await pause(20);
    const { user, system } = process.cpuUsage(before);
    quiet = user + system < 5000 ? quiet + 1 : 0;
  }
}

it('comes byte for byte as the engine makes it', async () => {
  const parsed = parseTemplate({ fields: FIELDS });
  if (!parsed.ok) throw new Error('the template is right');
  const plan = await compileTemplate(parsed.value, { seed: 'all' });
  if (!plan.ok) throw new Error('the template is right');
  const expected = createHash('sha256');
  for (const chunk of generateBytes(plan.value, { format: 'csv' }, 0, 300_000)) expected.update(chunk);
  const hash = createHash('sha256');
  await read(await generate(300_000, 'all'), Number.POSITIVE_INFINITY, hash);
  expect(hash.digest('hex')).toBe(expected.digest('hex'));
});

it('waits for a slow reader, and holds little meanwhile', async () => {
  await untilIdle();
  const before = process.memoryUsage().rss;
  const answer = await generate(MANY, 'slow');
  const first = await read(answer, 1e6);
  await untilIdle();
  expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  // It has stopped, not ended: the rest is still to come.
  const more = await read(answer, 50e6);
  expect(first + more).toBeGreaterThan(51e6);
  expect(answer.readableEnded).toBe(false);
  await untilIdle();
  expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  answer.destroy();
});

it('stops when the reader goes away, and others are served on', async () => {
  const answers = await Promise.all([1, 2, 3].map((seed) => generate(1e12, String(seed))));
  for (const answer of answers) await read(answer, 1e6);
  for (const answer of answers) answer.destroy();
  await untilIdle();
  const hash = createHash('sha256');
  expect(await read(await generate(1000, 'after'), Number.POSITIVE_INFINITY, hash)).toBeGreaterThan(50_000);
});

/** FULL=1 has as many aborts as the goal says. */
const ABORTS = process.env['FULL'] === undefined ? 40 : 500;

it('leaves no timer, thread or connection of those who went away', async () => {
  const abortMany = async (count: number): Promise<void> => {
    for (let left = count; left > 0; left -= 10) {
      const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => generate(1e12, `${left} ${index}`)));
      // Some have read nothing, some are in the middle.
      for (const [index, answer] of answers.entries()) if (index % 2 === 0) await read(answer, 100_000);
      for (const answer of answers) answer.destroy();
    }
    await untilIdle();
  };
  const held = (): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  };
  // What is kept for the next ones, such as connections to the database, is there after the first ones.
  await abortMany(20);
  const before = held();
  await abortMany(ABORTS);
  for (const [kind, count] of Object.entries(held())) {
    expect([kind, count <= (before[kind] ?? 0) + 3]).toEqual([kind, true]);
  }
});

it('is cut off, not ended, when the server is closed in the middle', async () => {
  const other = await startOn('external');
  try {
    const template = await other.client.create(FIELDS);
    const response = await fetch(`${other.client.url}/templates/${template}/generate`, {
      method: 'POST',
      headers: { 'x-api-key': other.key, 'content-type': 'application/json' },
      body: JSON.stringify({ count: 1e12, format: 'csv' }),
    });
    const reader = response.body?.getReader();
    await reader?.read();
    const rest = (async () => {
      while (!(await reader?.read())?.done);
    })();
    const cut = expect(rest).rejects.toThrow();
    await other.close();
    await cut;
  } catch (error) {
    await other.close();
    throw error;
  }
});
