import { afterAll, beforeAll, expect, it } from 'vitest';
import { World } from '../testing/matrix/world.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';

const PAIRS = tries(300, 2000);
/** Each kind is asked for in turn, at the same place of a pair as often as the other. */
const KINDS = ['template', 'set', 'file', 'secret', 'key', 'contract'] as const;
const PATHS: Readonly<Record<(typeof KINDS)[number], string>> = {
  template: '/templates/',
  set: '/sets/',
  file: '/workspace/files/',
  secret: '/secrets/',
  key: '/keys/',
  contract: '/api/v1/contracts/',
};

let server: TestServer;
let world: World;
beforeAll(async () => {
  server = await startOn('external');
  world = await World.make(server);
});
afterAll(async () => {
  await world?.close();
  await server?.close();
});

/** How often the first of two lists has the larger number, over all pairs: 0.5 when they cannot be told apart (the area under the ROC curve). */
function areaOf(first: readonly number[], second: readonly number[]): number {
  const all = [...first.map((ms) => ({ ms, of: 1 })), ...second.map((ms) => ({ ms, of: 0 }))];
  all.sort((a, b) => a.ms - b.ms);
  let seen = 0;
  let larger = 0;
  for (const { of } of all) {
    if (of === 0) seen++;
    else larger += seen;
  }
  return larger / (first.length * second.length);
}

it('how long an answer takes does not tell what is somebody else’s from what is not there', async () => {
  const headers = await world.headersOf('owner');
  const timeOf = async (url: string): Promise<number> => {
    const begun = performance.now();
    const answer = await fetch(url, { headers });
    await answer.arrayBuffer();
    const ms = performance.now() - begun;
    expect(answer.status).toBe(404);
    return ms;
  };
  const foreign: number[] = [];
  const absent: number[] = [];
  for (let pair = -20; pair < PAIRS; pair++) {
    const kind = KINDS[Math.abs(pair) % KINDS.length] ?? 'template';
    const url = server.client.url + PATHS[kind];
    const [theirs, none] = [await world.make(kind, 'foreign'), await world.make(kind, 'absent')];
    const order = [
      async () => void foreign.push(await timeOf(url + theirs)),
      async () => void absent.push(await timeOf(url + none)),
    ];
    // Whichever comes second may find something warm.
    if (Math.floor(pair / KINDS.length) % 2 === 0) order.reverse();
    for (const ask of order) await ask();
    if (pair < 0) foreign.length = absent.length = 0;
  }
  expect(foreign).toHaveLength(PAIRS);
  const area = areaOf(foreign, absent);
  expect(Math.abs(area - 0.5)).toBeLessThan(0.1);
});
