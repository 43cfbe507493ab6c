import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../connectors/src/testing/start-postgres.ts';
import type { Answer } from '../client.ts';
import { registerWorker } from '../register-worker.ts';
import { routesOfApp } from '../routes-of-app.ts';
import { startOn, type TestServer } from '../servers.ts';
import { ALIVE, type Credential, DEAD, ENDED, type Kind, type Target } from './credentials.ts';
import { AnswerDescriber } from './describe-answer.ts';
import { errorFault } from './error-faults.ts';
import { type Cell, cells, listedRoutes } from './expectations.ts';
import { MARKED_TABLE } from './make-connection.ts';
import { MARKS } from './place.ts';
import { requestOf } from './requests.ts';
import { World } from './world.ts';

/** What must not be in any answer to somebody. */
const HIDDEN = (credential: Credential): readonly string[] => {
  if (credential === 'foreign') return [MARKS.first, MARKS.other];
  // What it may restore is called as the other workspace is.
  if (credential === ENDED) return [MARKS.first, MARKS.other];
  if ((DEAD as readonly string[]).includes(credential)) return Object.values(MARKS);
  return credential === 'otherProject' ? [MARKS.foreign, MARKS.first] : [MARKS.foreign];
};

/** What is answered for one's own, and what the audit has of it, by route. */
const ANSWERS = new URL('data/answers.json', import.meta.url);
/** Whose answer that is: the first of those who may, and have it in the same way each time. */
const toldOf = (rows: readonly Cell[]): Cell | undefined =>
  (['owner', 'member', 'session', 'none'] as const)
    .map((one) => rows.find(({ credential, target, status }) => credential === one && target === 'own' && status < 400))
    .find((cell) => cell !== undefined && !/ \/mcp|\/deleted$/.test(cell.route));
/** Pages are as the web application makes them. */
const isTold = ({ headers }: Answer<unknown>): boolean =>
  !/html|javascript|css/.test(headers.get('content-type') ?? '');
const isUpdate = process.env['DATAMAKER_UPDATE_ANSWERS'] === '1';

/** Permissions that let nothing of the workspace be changed. */
const READS: readonly string[] = ['read', 'generate'];

/** An answer without what differs from request to request: ids of requests and of what was asked for, times. */
function shapeOf({ status, headers, text }: Answer<unknown>, id: string): string {
  const names = [...headers].filter(([name]) => !['date', 'request-id', 'content-length'].includes(name));
  const shown = JSON.stringify(id).slice(1, -1);
  return JSON.stringify([status, names, text.replaceAll(shown, 'ID').replaceAll(/req_[0-9a-f-]{36}/g, 'REQUEST')]);
}

describe('the tenant matrix', () => {
  const promised = JSON.parse(readFileSync(ANSWERS, 'utf8')) as Record<string, unknown>;
  const found = new Map<string, unknown>();
  let server: TestServer;
  let world: World;
  let system: PostgresServer;
  beforeAll(async () => {
    system = await startPostgres();
    await system.query(`CREATE TABLE ${MARKED_TABLE} (mark text)`);
    const { port, user, password } = system;
    server = await startOn('external', { runs: { scenarioWorkers: 0 }, privateTargets: [`127.0.0.1:${port}`] });
    await registerWorker(server);
    world = await World.make(server, { url: `postgres://127.0.0.1:${port}/postgres`, user, password });
  });
  afterAll(async () => {
    if (isUpdate) {
      const all = Object.entries({ ...promised, ...Object.fromEntries(found) });
      const known = all.filter(([route]) => byRoute.has(route)).toSorted(([a], [b]) => (a < b ? -1 : 1));
      const lines = known.map(([route, answer]) => `${JSON.stringify(route)}: ${JSON.stringify(answer)}`);
      writeFileSync(ANSWERS, `{\n${lines.join(',\n')}\n}\n`);
    }
    await world?.close();
    await server?.close();
    await system?.stop();
  });

  /** Things of a route, by target, that no request has changed yet: who is refused may come to the same ones. */
  type Untouched = Map<Target, { readonly id: string; readonly text: string }>;

  const newThing = async (kind: Kind, target: Target) => {
    const id = await world.make(kind, target);
    return { id, text: await world.read(kind, id) };
  };

  /** Routes that change what belongs to the workspace, by what they ask for. */
  let writes: ReadonlySet<string>;
  beforeAll(async () => {
    const table = await routesOfApp();
    const those = table.filter(({ method, permission = 'read' }) => method !== 'GET' && !READS.includes(permission));
    writes = new Set(those.map(({ method, path }) => `${method} ${path}`));
  });

  const answerTo = async ({ route, kind, credential, target, status }: Cell, untouched: Untouched) => {
    const thing = kind === undefined ? { id: '', text: '' } : (untouched.get(target) ?? (await newThing(kind, target)));
    untouched.delete(target);
    const { id } = thing;
    const { method, path, body, headers } = await requestOf(route, kind, id, world, target);
    const own = await world.headersOf(credential);
    const answer = await server.client.as(undefined).send(method, path, body, { ...own, ...headers });
    if (/^\w+ \/workspace(\/restore)?$/.test(route)) await world.turnWorkspaces('back');
    const isChanged = kind !== undefined && thing.text !== (await world.read(kind, id));
    if (!isChanged && status >= 400 && answer.status >= 400) untouched.set(target, thing);
    return { id, answer, isChanged, isWrite: writes.has(`${method} ${route.split(' ')[1]}`) };
  };

  const describeAnswer = async (id: string, answer: Answer<unknown>) => {
    const describer = new AnswerDescriber(new Map([...world.names, [id, '<it>']]));
    const acts = await world.actsOf(answer.headers.get('request-id') ?? '');
    return { ...describer.answer(answer), audit: describer.acts(acts) };
  };

  it('has a row for each route, and no row without one', async () => {
    const table = await routesOfApp();
    const routes = table.map(({ method, path }) => `${method} ${path}`);
    expect(listedRoutes().toSorted()).toEqual([...new Set(routes)].toSorted());
    // What asks for a permission gives the dead nothing, and there is somebody whom it gives something.
    for (const { method, path, permission } of table) {
      if (permission === undefined) continue;
      const own = cells().filter(({ route }) => route.replace(/ \(.*/, '') === `${method} ${path}`);
      for (const { credential, status } of own) {
        if ((DEAD as readonly string[]).includes(credential)) expect(status).toBe(401);
      }
      expect(
        own.some(({ credential, status }) => (ALIVE as readonly string[]).includes(credential) && status < 300),
        `${method} ${path}`,
      ).toBe(true);
    }
  });

  const byRoute = Map.groupBy(cells(), ({ route }) => route);

  it.each([...byRoute.keys()])('holds for %s', async (route) => {
    const wrong: string[] = [];
    const absent = new Map<Credential, string>();
    const untouched: Untouched = new Map();
    // Absent things first: what belongs to somebody else must look like them.
    const all = (byRoute.get(route) ?? []).toSorted((a, b) => rank(a) - rank(b));
    const told = toldOf(all);
    // What is told of a route does not depend on what else was asked before.
    const rows = isUpdate ? all.filter((cell) => cell === told) : all;
    for (const cell of rows) {
      const { credential, target, status } = cell;
      const say = (what: string): number => wrong.push(`${credential} on ${target}: ${what}`);
      await world.forgetAttempts();
      const { id, answer, isChanged, isWrite } = await answerTo(cell, untouched);
      if (answer.status !== status) say(`${answer.status} in place of ${status}: ${answer.text.slice(0, 200)}`);
      if (answer.status >= 400 && isChanged) say('it was changed all the same');
      const fault = answer.status < 400 ? undefined : errorFault(route, credential, answer);
      if (fault !== undefined) say(fault);
      if (cell === told && isTold(answer)) found.set(route, await describeAnswer(id, answer));
      // Whoever creates something names nothing that could look changed.
      if (isWrite && answer.status < 300 && (isChanged || cell.kind === undefined)) {
        if (!(await world.isInAudit(answer.headers.get('request-id') ?? ''))) say('the audit does not have it');
      }
      for (const mark of HIDDEN(credential)) if (answer.text.includes(mark)) say(`shows ${mark}`);
      // What is somebody's own may be told of: it is not that which is missing.
      if (status !== 404 || target === 'malformed' || target === credential) continue;
      const shape = shapeOf(answer, id);
      if (target === 'absent') absent.set(credential, shape);
      else if (absent.has(credential) && shape !== absent.get(credential)) {
        say(`differs from what is not there: ${shape} ${absent.get(credential)}`);
      }
    }
    expect(wrong).toEqual([]);
    // What a change of it breaks, somebody may have relied on; a new one is noted by DATAMAKER_UPDATE_ANSWERS=1.
    if (!isUpdate) expect(found.get(route)).toEqual(promised[route]);
  });
});

const rank = ({ target }: Cell): number => (target === 'absent' ? 0 : 1);
