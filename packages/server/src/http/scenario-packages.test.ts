import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PackageServer } from '../runner/environments/testing/package-server.ts';
import { uvForTests } from '../runner/environments/testing/uv-for-tests.ts';
import { expectError } from '../testing/client.ts';
import { PlainSandbox } from '../testing/plain-sandbox.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';

interface ScenarioBody {
  readonly id: string;
  readonly version: number;
  readonly requirements: readonly string[];
  readonly environment: {
    readonly state: string;
    readonly packages: readonly { readonly name: string; readonly version: string }[];
    readonly problem: { readonly code: string } | null;
  } | null;
}
interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly logs_url: string;
}

const tool = { tool: 'uv', uv: uvForTests() } as const;
const CODE = '# requirements: one<2\nimport one\nprint("one", one.VERSION)\n';

describe.each(A_STORE)('packages of scenarios (%s store)', (kind) => {
  let index: PackageServer;
  let server: TestServer;
  beforeAll(async () => {
    index = await PackageServer.start([
      { name: 'one', version: '1.0' },
      { name: 'one', version: '2.0' },
    ]);
    const environments = { index: index.address, preinstalled: false, lockMs: 60_000, ...tool };
    server = await startOn(kind, { sandbox: new PlainSandbox(), environments });
  });
  afterAll(async () => {
    await server?.close();
    await index?.close();
  });

  const save = (code: string, query = '') =>
    server.client.post<ScenarioBody>(`/scenarios${query}`, { name: 'scenario', code });
  const run = async (ref: string) => {
    const { body } = await server.client.post<RunBody>(`/scenarios/${ref}/run`, { wait: 'true' });
    return { run: body, log: (await server.client.get(body.logs_url)).text };
  };

  it('are locked when it is saved, and stay until it names others', async () => {
    const { status, body } = await save(CODE);
    expect({ status, environment: body.environment }).toMatchObject({
      status: 201,
      environment: { state: 'locked', preinstalled: false, packages: [{ name: 'one', version: '1.0' }], problem: null },
    });
    expect(await run(body.id)).toMatchObject({ run: { state: 'done' }, log: expect.stringMatching(/one 1\.0\n$/) });
    await index.add({ name: 'one', version: '1.5' });
    const path = `/scenarios/${body.id}`;
    const again = await server.client.send<ScenarioBody>('PUT', path, { code: `${CODE}print("more")\n` });
    expect(again.body).toMatchObject({ version: 2, environment: { packages: [{ version: '1.0' }] } });
    const other = await server.client.send<ScenarioBody>('PUT', path, { code: CODE.replace('<2', '>1,<2') });
    expect(other.body).toMatchObject({ version: 3, environment: { packages: [{ version: '1.5' }] } });
    expect((await run(body.id)).log).toMatch(/one 1\.5\n$/);
    expect((await run(`${body.id}@v1`)).log).toBe('one 1.0\n');
    const back = await server.client.post<ScenarioBody>(`${path}/rollback`, { version: 1 });
    expect(back.body).toMatchObject({ version: 4, environment: { packages: [{ version: '1.0' }] } });
    const none = await server.client.send<ScenarioBody>('PUT', path, { code: 'print(1)' });
    expect(none.body.environment).toBeNull();
  });

  it.each([
    ['no-such-thing', 'dependency_not_found'],
    ['one==9', 'dependency_version_not_found'],
    ['one<1.2, one>1.7', 'dependency_conflict'],
  ])('that cannot be had are refused (%s), and saved when somebody insists', async (requirement, code) => {
    const text = `# requirements: ${requirement}\nprint(1)\n`;
    const [diagnostic] = expectError(await save(text), 422, 'validation_error');
    expect(diagnostic).toMatchObject({ pointer: '/code', hint: expect.any(String) });
    expect([code, 'dependency_version_not_found']).toContain(diagnostic?.code);
    const checked = await server.client.post('/scenarios/validate', { code: text });
    expect(checked.body).toMatchObject({ valid: false, diagnostics: [{ code: diagnostic?.code }] });
    const { status, body } = await save(text, '?force=true');
    expect({ status, environment: body.environment }).toMatchObject({
      status: 201,
      environment: { state: 'open', packages: [], problem: { code: diagnostic?.code } },
    });
    const failed = await run(body.id);
    expect(failed.run).toMatchObject({ state: 'failed', error: { code: 'environment_failed' } });
    expect(failed.log).toContain(failed.run.error?.message);
  });

  it('are locked by the first run when the index did not answer', async () => {
    index.isSilent = true;
    const impatient = await startOn(kind, {
      sandbox: new PlainSandbox(),
      environments: { index: index.address, preinstalled: false, lockMs: 500, ...tool },
    });
    try {
      const { status, body } = await impatient.client.post<ScenarioBody>('/scenarios', {
        name: 'scenario',
        code: CODE,
      });
      const { environment } = body;
      expect({ status, environment }).toMatchObject({
        status: 201,
        environment: { state: 'open', problem: { code: 'environment_timeout' } },
      });
      // One that is cancelled meanwhile does not wait for them.
      const { body: begun } = await impatient.client.post<RunBody>(`/scenarios/${body.id}/run`, {});
      const cancelled = `/scenarios/${body.id}/runs/${begun.run_id}`;
      await impatient.client.delete(cancelled);
      const { body: ended } = await impatient.client.get<RunBody>(`${cancelled}?wait=true`);
      expect(ended).toMatchObject({ state: 'cancelled' });
      index.isSilent = false;
      const { body: first } = await impatient.client.post<RunBody>(`/scenarios/${body.id}/run`, { wait: 'true' });
      expect(first).toMatchObject({ state: 'done', error: null });
      const { body: locked } = await impatient.client.get<ScenarioBody>(`/scenarios/${body.id}`);
      expect(locked).toMatchObject({ version: 1, environment: { state: 'locked', problem: null } });
    } finally {
      index.isSilent = false;
      await impatient.close();
    }
  });

  it.each([
    '-r /etc/passwd',
    '--index-url http://127.0.0.1:9/simple',
    'one @ file:///etc/passwd',
    'git+https://127.0.0.1:9/one.git',
    'one --index-url http://127.0.0.1:9/simple',
    'one; python_version > "3" --index-url=http://127.0.0.1:9/simple',
    'one; platform_node == "${' + 'PIP_INDEX_URL}"',
    './one-1.0-py3-none-any.whl',
  ])('are packages and nothing else: %s', async (requirement) => {
    const asked = index.asked.length;
    const [diagnostic] = expectError(await save(`# requirements: ${requirement}\n`), 422, 'validation_error');
    expect(diagnostic?.code).toBe('invalid_requirement');
    expect(index.asked.length).toBe(asked);
    const forced = await save(`# requirements: ${requirement}\n`, '?force=true');
    expect(forced.body).toMatchObject({ requirements: [], environment: null });
  });

  it('are at most a hundred', async () => {
    const code = `# requirements: ${Array.from({ length: 10_000 }, (_, n) => `p${n}`).join(', ')}\n`;
    const [diagnostic] = expectError(await save(code), 422, 'validation_error');
    expect(diagnostic?.code).toBe('too_many_requirements');
  });
});

describe.skipIf(!existsSync('/usr/bin/bwrap'))('packages of a scenario in the sandbox', () => {
  it('are there, and nobody can change them', async () => {
    const index = await PackageServer.start([{ name: 'one', version: '1.0' }]);
    const environments = { index: index.address, preinstalled: false, lockMs: 60_000, ...tool };
    const server = await startOn('external', { environments });
    try {
      const code = [
        '# requirements: one',
        'import one, os, subprocess, sys',
        'print(one.VERSION, one.__file__.startswith("/opt/datamaker/environments/"), sys.flags.no_user_site)',
        'for way in (lambda: open(one.__file__, "a"), lambda: os.mkdir(sys.prefix + "/new"), lambda: os.listdir("/opt/datamaker/../../" + os.environ["HOME"] + "/../x")):',
        '  try: way(); print("open")',
        '  except OSError: print("shut")',
        'print(subprocess.run(["python", "-I", "-c", "import one; print(one.VERSION)"], capture_output=True, text=True).stdout.strip())',
      ].join('\n');
      const { body: made } = await server.client.post('/scenarios', { name: 'scenario', code });
      const { body } = await server.client.post<RunBody>(`/scenarios/${made.id}/run`, { wait: 'true' });
      const { text } = await server.client.get(body.logs_url);
      expect({ body, text }).toMatchObject({
        body: { state: 'done', error: null },
        text: expect.stringMatching(/1\.0 True 1\nshut\nshut\nshut\n1\.0\n$/),
      });
    } finally {
      await server.close();
      await index.close();
    }
  });
});

it('a scenario that names none has the standard library where the pre-installed ones cannot be had', async () => {
  const environments = { index: 'http://127.0.0.1:1/simple', preinstalled: true, ...tool };
  const server = await startOn('external', { sandbox: new PlainSandbox(), environments });
  try {
    const { body: made } = await server.client.post('/scenarios', {
      name: 'scenario',
      code: 'import json\nprint("here")',
    });
    const { body } = await server.client.post<RunBody>(`/scenarios/${made.id}/run`, { wait: 'true' });
    const { text } = await server.client.get(body.logs_url);
    expect({ body, text }).toMatchObject({
      body: { state: 'done', error: null },
      text: expect.stringMatching(/^\[the packages that all scenarios find are not there: .*index.*\]\nhere\n$/),
    });
  } finally {
    await server.close();
  }
});
