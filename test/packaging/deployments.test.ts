import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { freePort } from '../../packages/connectors/src/testing/free-port.ts';
import { Client } from '../../packages/server/src/testing/client.ts';
import { startExternalPostgres } from '../../packages/server/src/testing/external-postgres.ts';
import { pythonWith } from '../python/virtual-environment.ts';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
const DEPLOY = join(CHECKOUT, 'deploy');
const DATAMAKER = join(CHECKOUT, 'node_modules/.bin/datamaker');
const KEY = 'dm_test_key_of_a_deployment';

interface Service {
  readonly image: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly deploy?: { readonly replicas: number };
}

const folder = mkdtempSync(join(tmpdir(), 'datamaker-deploy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the image is one that Docker builds without a word', () => {
  const text = readFileSync(join(DEPLOY, 'docker/Dockerfile'), 'utf8');
  expect(validate(text)).toEqual([]);
  // Somebody else's mistake is seen.
  expect(validate(text.replace('FROM node', 'FORM node'))).not.toEqual([]);
});

it.each(['datamaker.service', 'datamaker-worker.service'])('systemd understands each line of %s', (name) => {
  const text = readFileSync(join(DEPLOY, 'systemd', name), 'utf8');
  const told = (unit: string): string => {
    const path = join(folder, name);
    // Programs are where the page of the documentation puts them.
    writeFileSync(path, unit.replace('/opt/datamaker/node_modules/.bin/datamaker', '/bin/true'));
    return spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' }).stderr;
  };
  expect(told(text)).toBe('');
  expect(told(text.replace('Restart=', 'Restrat='))).toContain('Restrat');
  const [, command = ''] = /^ExecStart=\S+ (.*)$/m.exec(text) ?? [];
  const help = execFileSync(DATAMAKER, [command.split(' ')[0] ?? '', '--help'], { encoding: 'utf8' });
  for (const flag of command.match(/--\S+/g) ?? []) expect(help).toContain(flag);
});

describe('the composition', () => {
  const text = readFileSync(join(DEPLOY, 'docker/compose.yaml'), 'utf8');
  const settings = readFileSync(join(DEPLOY, 'docker/.env.example'), 'utf8').match(/^[A-Z_]+(?==)/gm) ?? [];

  it('asks for the settings of its example, and for no others', () => {
    const asked = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    expect([...new Set(asked)].sort()).toEqual([...settings].sort());
  });

  it('is one as the specification of Compose has it', async () => {
    const python = await pythonWith(new URL('./requirements.txt', import.meta.url));
    const program = `
import sys
from compose_spec import PyCompose
try:
    PyCompose.from_json(sys.stdin.read()).validate()
except ValueError as error:
    print(error)`;
    const told = (composition: string): string =>
      execFileSync(python, ['-c', program], {
        input: JSON.stringify(parse(composition, { merge: true })),
        encoding: 'utf8',
      });
    expect(told(text)).toBe('');
    expect(told(text.replace('mem_limit:', 'mem_limt:'))).toContain('mem_limt');
    expect(told(text.replace('- data:', '- dato:'))).toContain('dato');
  }, 120_000);

  it('is a server and two workers that work for it, with the same commands without containers', async () => {
    const postgres = await startExternalPostgres();
    const port = await freePort();
    const values: Record<string, string> = {
      POSTGRES_PASSWORD: 'x',
      DATAMAKER_MASTER_KEY: randomBytes(32).toString('base64'),
      DATAMAKER_API_KEY: KEY,
    };
    const filled = text.replace(/\$\{([A-Z_]+)[^}]*\}/g, (_, name: string) => values[name] ?? '');
    const { services } = parse(filled, { merge: true }) as { services: Record<'server' | 'worker', Service> };
    const here = {
      DATABASE_URL: await postgres.createStore(),
      PORT: String(port),
      DATAMAKER_DATA_DIR: join(folder, 'data'),
    };
    const stops: (() => Promise<unknown>)[] = [];
    const start = async ({ command, environment }: Service): Promise<void> => {
      const args = command.map((word) => word.replace(/^9090$/, '0'));
      const own = { ...process.env, ...environment, ...here, DATAMAKER_PREINSTALLED: 'false' };
      const child = spawn(DATAMAKER, args, { env: own, stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'exit');
      stops.push(() => {
        child.kill('SIGTERM');
        return ended;
      });
      for await (const line of createInterface(child.stdout)) if (/is ready|works on/.test(line)) return;
      throw new Error('it ended before it was ready');
    };
    try {
      await start(services.server);
      await Promise.all(Array.from({ length: services.worker.deploy?.replicas ?? 1 }, () => start(services.worker)));
      const client = new Client(`http://127.0.0.1:${port}`, KEY);
      const template = await client.create([{ name: 'id', type: 'sequence' }]);
      const asked = { count: 1000, format: 'csv', async: true };
      const { body } = await client.post<{ run_id: string }>(`/templates/${template}/generate`, asked);
      const run = await client.get(`/runs/${body.run_id}?wait=true`);
      expect(run.body).toMatchObject({ state: 'done', output: { size: 3896 } });
      const scenario = await client.post<{ id: string }>('/scenarios', { name: 'hello', code: 'print("hello")' });
      const ran = await client.post<{ run_id: string }>(`/scenarios/${scenario.body.id}/run`, { wait: true });
      expect(ran.body).toMatchObject({ state: 'done' });
    } finally {
      const ends = await Promise.all(stops.map((stop) => stop()));
      await postgres.stop();
      const well = [0, null];
      expect(ends).toEqual([well, well, well]);
    }
  }, 120_000);
});
