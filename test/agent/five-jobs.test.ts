import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ODataService,
  startODataService,
} from '../../packages/connectors/src/sap-odata/testing/start-odata-service.ts';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';
import { all, type SeenEvent, said, Talk, talkingTo } from '../../packages/server/src/testing/chats.ts';
import { PlainSandbox } from '../../packages/server/src/testing/plain-sandbox.ts';
import {
  givenBy,
  type ScriptedCall,
  type ScriptedModel,
  type ScriptedRequest,
  startScriptedModel,
} from '../../packages/server/src/testing/scripted-model.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';

/** The next call, by what the tools gave; a text ends it. */
type NextStep = (given: (tool: string) => Record<string, unknown>) => ScriptedCall | string;

describe('jobs that the agent does from one request to its end', () => {
  let model: ScriptedModel;
  let server: TestServer;
  let system: PostgresServer;
  beforeAll(async () => {
    [model, system] = [await startScriptedModel(), await startPostgres()];
    const options = { privateTargets: ['127.0.0.0/8'], sandbox: new PlainSandbox() };
    server = await startOn('bundled', { ...talkingTo(model), ...options });
  });
  afterAll(async () => {
    await server?.close();
    await model?.close();
    await system?.stop();
  });

  /** Has a model make calls one after another, each from what those before it gave; approves what is asked for. */
  const have = async (request: string, steps: readonly NextStep[]): Promise<SeenEvent[]> => {
    model.follow((asked: ScriptedRequest, turn) => {
      const next = steps[turn]?.((tool) => {
        const found = givenBy(asked, tool);
        if (found === undefined) throw new Error(`${tool} has given nothing`);
        return found as Record<string, unknown>;
      });
      return typeof next === 'object' ? { calls: [next] } : { text: next ?? 'Done.' };
    });
    const talk = await Talk.begin(server.client, server.key);
    const events = await talk.say(request);
    while (events.at(-1)?.type === 'approval') events.push(...(await talk.approve(events.slice(-1))));
    expect(all(events, 'result').filter(({ ok }) => !ok)).toEqual([]);
    expect(events.at(-1)?.data).toEqual({ state: 'done' });
    return events;
  };

  it('makes a template from a prompt', async () => {
    const fields = [
      { name: 'id', type: 'sequence' },
      { name: 'name', type: 'full_name' },
      { name: 'mail', type: 'email' },
    ];
    const events = await have('I need customers with a name and an email address. Show me three.', [
      () => ({ name: 'show_plan', input: { steps: ['make a template', 'show rows of it'] } }),
      () => ({ name: 'create_template', input: { name: 'Customer', fields } }),
      (given) => ({ name: 'generate', input: { template: given('create_template')['id'], count: 3, seed: 'demo' } }),
      (given) => `Template ${given('create_template')['id']} gives such rows.`,
    ]);
    expect(all(events, 'plan')).toHaveLength(1);
    expect(all(events, 'result').at(-1)?.result).toMatchObject({ rows: [{ id: 1 }, { id: 2 }, { id: 3 }] });
    const id = /tmpl_\w+/.exec(said(events))?.[0] ?? '';
    expect((await server.client.get<{ name: string }>(`/templates/${id}`)).body.name).toBe('Customer');
  });

  it('seeds two related tables of a PostgreSQL', async () => {
    await system.query(`
      CREATE TABLE customer (id integer PRIMARY KEY, email text NOT NULL);
      CREATE TABLE purchase (id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer, total numeric(8, 2))`);
    const url = `postgres://test:${encodeURIComponent(system.password)}@127.0.0.1:${system.port}/postgres`;
    await server.client.post('/connections', { name: 'Shop', type: 'postgres', url });
    const events = await have('Fill customer and purchase of the connection Shop with 20 customers.', [
      () => ({ name: 'list_connections' }),
      (given) => {
        const [shop] = given('list_connections')['connections'] as { id: string }[];
        return { name: 'get_metadata', input: { connection: shop?.id } };
      },
      (given) => {
        const [shop] = given('list_connections')['connections'] as { id: string }[];
        return { name: 'plan_seed', input: { connection: shop?.id, rows: 20 } };
      },
      (given) => ({ name: 'seed_database', input: given('plan_seed')['next'] }),
      (given) => ({ name: 'get_run', input: { run: given('seed_database')['run_id'], wait_seconds: 30 } }),
      (given) => `The run is ${given('get_run')['state']}.`,
    ]);
    expect(all(events, 'approval').map(({ tool }) => tool)).toEqual(['seed_database']);
    expect(said(events)).toContain('The run is done.');
    expect(await system.query('SELECT FROM customer')).toHaveLength(20);
    const joined = await system.query('SELECT FROM purchase JOIN customer ON customer.id = customer_id');
    expect(joined.length).toBeGreaterThan(0);
    expect(await system.query('SELECT FROM purchase')).toHaveLength(joined.length);
  });

  it('writes a scenario and runs it', async () => {
    const code = 'print("✓ seeded", 2 + 3)\n';
    const events = await have('Write a scenario that says what it seeded, and run it.', [
      () => ({ name: 'save_scenario', input: { name: 'Say it', code } }),
      (given) => ({ name: 'execute_scenario', input: { scenario: given('save_scenario')['id'] } }),
      (given) => ({
        name: 'get_scenario_run',
        input: { scenario: given('save_scenario')['id'], run: given('execute_scenario')['run_id'], wait_seconds: 30 },
      }),
      (given) => ({
        name: 'get_scenario_run_logs',
        input: { scenario: given('save_scenario')['id'], run: given('execute_scenario')['run_id'] },
      }),
      (given) => `It says ${JSON.stringify(given('get_scenario_run_logs'))}`,
    ]);
    expect(all(events, 'approval').map(({ tool }) => tool)).toEqual(['execute_scenario']);
    expect(said(events)).toContain('seeded 5');
  });

  it('explains why a run has failed', async () => {
    const code = 'rows = {"id": 1}\nprint(rows["email"])\n';
    const scenario = await server.client.post<{ id: string }>('/scenarios', { name: 'Broken', code });
    const run = await server.client.post<{ run_id: string }>(`/scenarios/${scenario.body.id}/run`, { wait: 'true' });
    const ids = { scenario: scenario.body.id, run: run.body.run_id };
    const events = await have(`Why did ${ids.run} of the scenario Broken fail?`, [
      () => ({ name: 'get_scenario_run', input: ids }),
      () => ({ name: 'get_scenario_run_logs', input: ids }),
      () => ({ name: 'get_scenario', input: { scenario: ids.scenario } }),
      (given) => `It is ${given('get_scenario_run')['state']}: ${JSON.stringify(given('get_scenario_run_logs'))}`,
    ]);
    expect(said(events)).toMatch(/It is failed.*KeyError/s);
    expect(all(events, 'approval')).toEqual([]);
  });

  describe('with an OData service', () => {
    let service: ODataService;
    beforeAll(async () => {
      service = await startODataService();
      const { username, password, url } = service;
      const auth = { type: 'basic', username, password };
      await server.client.post('/connections', { name: 'S4', type: 'sap_odata', url: `${url}/v4`, auth });
    }, 300_000);
    afterAll(() => service?.stop());

    it('saves a regression set of what is there', async () => {
      const s4 = (given: (tool: string) => Record<string, unknown>): string =>
        (given('list_connections')['connections'] as { id: string; name: string }[]).find(({ name }) => name === 'S4')
          ?.id ?? '';
      const table = (given: (tool: string) => Record<string, unknown>): string =>
        (given('get_metadata')['tables'] as { name: string }[])[0]?.name ?? '';
      const events = await have(
        'Save five rows of the connection S4 as the set reg_s4_2026q2, and a template for more.',
        [
          () => ({ name: 'list_connections' }),
          (given) => ({ name: 'get_metadata', input: { connection: s4(given) } }),
          (given) => ({
            name: 'template_from_metadata',
            input: { connection: s4(given), tables: [table(given)], references: 'none' },
          }),
          (given) => {
            const [made] = given('template_from_metadata')['templates'] as { id: string }[];
            return {
              name: 'plan_push',
              input: { template: made?.id, connection: s4(given), table: table(given), count: 5 },
            };
          },
          (given) => ({ name: 'push_to_connection', input: given('plan_push')['next'] }),
          (given) => ({ name: 'get_run', input: { run: given('push_to_connection')['run_id'], wait_seconds: 30 } }),
          (given) => ({
            name: 'fetch_from_connection',
            input: { connection: s4(given), table: table(given), top: 5, set: 'reg_s4_2026q2' },
          }),
          (given) => `The set ${given('fetch_from_connection')['set']} is there.`,
        ],
      );
      expect(all(events, 'approval').map(({ tool }) => tool)).toEqual(['push_to_connection']);
      const set = await server.client.get<{ row_count: number }>('/sets/reg_s4_2026q2');
      expect(set.status).toBe(200);
      expect(set.text).toContain('rows');
    });
  });
});
