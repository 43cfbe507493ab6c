import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DATAMAKER, execute, shell, temporaryFolder } from '../testing/run-datamaker.ts';
import { type ScenarioServer, startCutter, startScenarioServer } from '../testing/scenario-server.ts';

interface Made {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly state: string;
}

let server: ScenarioServer;
beforeAll(async () => {
  server = await startScenarioServer();
});
afterAll(() => server?.close());

/** Runs `datamaker` with the key of the server, in a folder. */
const run = (cwd: string, words: readonly string[], url = server.url) =>
  execute(['env', `DM_URL=${url}`, `DM_API_KEY=${server.key}`, ...DATAMAKER, ...words], { cwd });

const create = (name: string, code: string): Promise<Made> => server.ask('POST', '/scenarios', { name, code });
/** Other tests leave none behind. */
const clear = async (): Promise<void> => {
  const { items } = await server.ask<{ items: Made[] }>('GET', '/scenarios?limit=100');
  for (const { id } of items) await server.ask('DELETE', `/scenarios/${id}`);
};
const indexOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'scenarios.json'), 'utf8')) as {
    scenarios: { file: string; id?: string; version?: number; name?: string }[];
  };
const textOf = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

describe('datamaker scenarios pull', () => {
  it('makes a folder what the archive is, byte for byte, so that a repository sees no difference', async () => {
    await clear();
    await create('Regression seeding', 'print("a")\n');
    await create('Größe', '# ä\r\nprint("b")');
    await create('Größe', 'print("twice")\n');
    const folder = temporaryFolder();
    expect(await run(folder, ['scenarios', 'pull'])).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(folder, 'scenarios')).toSorted()).toEqual([
      expect.stringMatching(/^gro_e.*\.py$/),
      expect.stringMatching(/^gro_e.*\.py$/),
      'regression_seeding.py',
      'scenarios.json',
    ]);
    const { code, stdout, stderr } = await shell(
      `cd ${folder}/scenarios && git init -q . && git add -A && git -c user.email=a@b -c user.name=a commit -qm pulled
       curl -sf ${server.url}/scenarios/export -H 'Authorization: Bearer ${server.key}' -o ../all.zip && unzip -qo ../all.zip && git status --porcelain`,
    );
    expect({ code, stdout: stdout.toString(), stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    const again = await run(folder, ['scenarios', 'pull']);
    expect(again.stdout.toString()).toBe('3 unchanged\n');
  });

  it('writes over what is as it was pulled, and never over what was edited', async () => {
    await clear();
    const { id } = await create('One', 'print(1)\n');
    const other = await create('Other', 'print("o")\n');
    const folder = temporaryFolder();
    await run(folder, ['scenarios', 'pull']);
    const here = join(folder, 'scenarios');
    await server.ask('PUT', `/scenarios/${id}`, { code: 'print(2)\n' });
    const dry = await run(folder, ['scenarios', 'pull', '--dry-run']);
    expect(dry.stdout.toString()).toBe('changed  one.py\n1 unchanged\n');
    expect(textOf(here, 'one.py')).toBe('print(1)\n');
    expect((await run(folder, ['scenarios', 'pull'])).code).toBe(0);
    expect(textOf(here, 'one.py')).toBe('print(2)\n');
    writeFileSync(join(here, 'one.py'), 'print("mine")\n');
    await server.ask('PUT', `/scenarios/${id}`, { code: 'print(3)\n' });
    await server.ask('PUT', `/scenarios/${other.id}`, { code: 'print("p")\n' });
    const refused = await run(folder, ['scenarios', 'pull']);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/^error: edited: .*\n {2}.*one\.py: /) });
    expect([textOf(here, 'one.py'), textOf(here, 'other.py')]).toEqual(['print("mine")\n', 'print("o")\n']);
    expect((await run(folder, ['scenarios', 'pull', '--force'])).code).toBe(0);
    expect([textOf(here, 'one.py'), textOf(here, 'other.py')]).toEqual(['print(3)\n', 'print("p")\n']);
  });

  it('follows new names, and leaves what the server has no more until it is told to', async () => {
    await clear();
    const { id } = await create('Before', 'print(1)\n');
    const gone = await create('Gone', 'print(2)\n');
    const folder = temporaryFolder();
    const here = join(folder, 'scenarios');
    await run(folder, ['scenarios', 'pull']);
    await server.ask('PUT', `/scenarios/${id}`, { name: 'After' });
    await server.ask('DELETE', `/scenarios/${gone.id}`);
    const pulled = await run(folder, ['scenarios', 'pull']);
    expect(pulled.stdout.toString()).toBe('added    after.py\nremoved  before.py\ngone     gone.py\n');
    expect(pulled.stderr).toContain('--prune');
    expect(readdirSync(here).toSorted()).toEqual(['after.py', 'gone.py', 'scenarios.json']);
  });
});

describe('datamaker scenarios push', () => {
  it('creates and replaces, and notes what the server has now', async () => {
    await clear();
    const { id } = await create('One', 'print(1)\n');
    const folder = temporaryFolder();
    const here = join(folder, 'scenarios');
    await run(folder, ['scenarios', 'pull']);
    writeFileSync(join(here, 'one.py'), 'print("changed")\n');
    writeFileSync(join(here, 'new.py'), 'print("new")\n');
    const index = indexOf(here);
    index.scenarios.push({ file: 'new.py', name: 'Brand new' });
    writeFileSync(join(here, 'scenarios.json'), JSON.stringify(index));
    const dry = await run(folder, ['scenarios', 'push', '--dry-run']);
    expect(dry.stdout.toString()).toBe('update  one.py  v1\ncreate  new.py\n');
    expect((await server.ask<Made>('GET', `/scenarios/${id}`)).version).toBe(1);
    const pushed = await run(folder, ['scenarios', 'push']);
    expect(pushed).toMatchObject({ code: 0, stderr: '' });
    expect(pushed.stdout.toString()).toBe('update  one.py  v2\ncreate  new.py  v1\n');
    expect((await server.ask<Made>('GET', `/scenarios/${id}`)).code).toBe('print("changed")\n');
    expect(indexOf(here).scenarios).toMatchObject([
      { file: 'one.py', id, version: 2 },
      { file: 'new.py', id: expect.stringMatching(/^scn_/), version: 1, name: 'Brand new' },
    ]);
    const again = await run(folder, ['scenarios', 'push', '--json']);
    expect(JSON.parse(again.stdout.toString())).toMatchObject([{ action: 'same' }, { action: 'same' }]);
  });

  it('pushes nothing when others have changed one of them, or one is no Python', async () => {
    await clear();
    const one = await create('One', 'print(1)\n');
    const two = await create('Two', 'print(2)\n');
    const three = await create('Three', 'print(3)\n');
    const folder = temporaryFolder();
    const here = join(folder, 'scenarios');
    await run(folder, ['scenarios', 'pull']);
    for (const file of ['one.py', 'two.py']) writeFileSync(join(here, file), 'print("mine")\n');
    await server.ask('PUT', `/scenarios/${two.id}`, { code: 'print("theirs")\n' });
    // What is untouched here is behind, and no conflict.
    await server.ask('PUT', `/scenarios/${three.id}`, { code: 'print("ahead")\n' });
    for (const words of [['--dry-run'], []]) {
      const refused = await run(folder, ['scenarios', 'push', ...words]);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(
        'scenarios/two.py: it is at version 2 by now, and version 1 is known here [version_conflict]',
      );
      expect(refused.stderr).not.toMatch(/one\.py|three\.py/);
    }
    writeFileSync(join(here, 'two.py'), 'print(\n');
    const wrong = await run(folder, ['scenarios', 'push', '--force']);
    expect(wrong.stderr).toContain("scenarios/two.py: line 1, column 6: '(' was never closed [syntax_error]");
    expect((await server.ask<Made>('GET', `/scenarios/${one.id}`)).code).toBe('print(1)\n');
    writeFileSync(join(here, 'two.py'), 'print("mine")\n');
    expect((await run(folder, ['scenarios', 'push', '--force'])).code).toBe(0);
    expect((await server.ask<Made>('GET', `/scenarios/${two.id}`)).code).toBe('print("mine")\n');
  });

  it.each([
    ['{', 'invalid_json', 'scenarios.json'],
    ['{"scenarios": [{"file": "../../etc/x.py"}]}', 'invalid_index', '/scenarios/0/file'],
    ['{"scenarios": [{"file": "a.py"}, {"file": "a.py"}]}', 'duplicate', '/scenarios/1/file'],
    ['{"scenarios": [{"file": "missing.py"}]}', 'file_not_found', 'missing.py'],
    ['{"scenarios": [{"file": "a.py", "id": "scn_none0000000000000000"}]}', 'gone', 'a.py'],
    [undefined, 'no_index', 'scenarios'],
  ])('refuses %s', async (index, code, place) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'scenarios'));
    writeFileSync(join(folder, 'scenarios', 'a.py'), 'print(1)');
    if (index !== undefined) writeFileSync(join(folder, 'scenarios', 'scenarios.json'), index);
    const refused = await run(folder, ['scenarios', 'push']);
    expect({ code: refused.code, stdout: refused.stdout.toString() }).toEqual({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(code);
    expect(refused.stderr).toContain(place);
  });
});

describe('datamaker scenarios run', () => {
  it('gives parameters, prints the log and ends as the run does', async () => {
    await create('Says', 'import os, sys\nprint(os.environ["DM_PARAMS"])\nprint("äöü", file=sys.stderr)\n');
    const words = ['scenarios', 'run', 'Says', '-p', 'size=500', '-p', 'deep:={"a":[1]}', '--follow'];
    const done = await run('/', words);
    expect(done.code).toBe(0);
    expect(done.stdout.toString().trim().split('\n').toSorted()).toEqual(
      ['{"size":"500","deep":{"a":[1]}}', 'äöü'].toSorted(),
    );
    const json = await run('/', ['scenarios', 'run', 'Says', '--wait', '--json']);
    expect(JSON.parse(json.stdout.toString())).toMatchObject({ state: 'done', exit_code: 0 });
    const begun = await run('/', ['scenarios', 'run', 'Says']);
    expect(begun.stdout.toString()).toMatch(/^run_\w+\n$/);
  });

  it.each([
    ['raise ValueError("no such table")', [], 1, 'scenario_failed: run_', 'ValueError: no such table'],
    ['while True: pass', ['--timeout', '1'], 3, 'timeout: run_', 'it took longer than 1 seconds'],
  ])('says how it ended: %s', async (code, flags, exit, told, why) => {
    const { id } = await create('Ends badly', code);
    const ended = await run('/', ['scenarios', 'run', id, '--wait', ...flags]);
    expect(ended.code).toBe(exit);
    expect(ended.stderr).toContain(told);
    expect(ended.stderr).toContain(why);
  });

  it('runs for the rows of a set, and goes on when one of them fails', async () => {
    await server.ask('POST', '/sets', {
      name: 'places',
      rows: [{ country: 'DE' }, { country: 'XX' }, { country: 'FR' }],
    });
    const code = 'import json, os\nc = json.loads(os.environ["DM_PARAMS"])["country"]\nassert c != "XX", c\nprint(c)\n';
    const { id } = await create('Places', code);
    const all = await run('/', ['scenarios', 'run', id, '--set', 'places', '--follow']);
    expect({ code: all.code, lines: all.stdout.toString().match(/^(DE|FR)$/gm) }).toEqual({
      code: 1,
      lines: ['DE', 'FR'],
    });
    expect(all.stderr).toContain('AssertionError: XX');
    const one = await run('/', ['scenarios', 'run', id, '--set', 'places@v1', '--row', '2', '--wait', '--json']);
    expect(JSON.parse(one.stdout.toString())).toMatchObject([{ state: 'done', params: { country: 'FR' } }]);
  });

  it('prints each line once and in order, however often the connection breaks', async () => {
    const { id } = await create(
      'Counts',
      'import time\nfor i in range(2000):\n  print(i)\n  if i % 200 == 0: time.sleep(0.02)\n',
    );
    const cutter = await startCutter(server.url, 3000, 6);
    onTestFinished(() => cutter.close());
    const done = await run('/', ['scenarios', 'run', id, '--follow'], cutter.url);
    expect({ code: done.code, stderr: done.stderr }).toMatchObject({ code: 0 });
    expect(cutter.cuts).toBe(6);
    expect(done.stdout.toString()).toBe(Array.from({ length: 2000 }, (_, i) => `${i}\n`).join(''));
  });

  it.each([
    ['cancel', 'cancelled'],
    ['leave', 'done'],
  ])('is interrupted: %s', async (what, state) => {
    const { id } = await create(
      'Waits',
      'import os, time\nprint("begun")\ntime.sleep(float(os.environ["DM_PARAMS"].split("\\"")[3]))\n',
    );
    const seconds = what === 'cancel' ? '60' : '4';
    const words = ['scenarios', 'run', id, '-p', `seconds=${seconds}`, '--follow', '--on-interrupt', what];
    const [program, ...rest] = [...DATAMAKER, ...words];
    const child = spawn(program as string, rest, {
      env: { ...process.env, DM_URL: server.url, DM_API_KEY: server.key },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let told = '';
    child.stderr.on('data', (chunk) => (told += chunk));
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect((await once(child, 'exit'))[0]).toBe(130);
    const runId = /run_\w+/.exec(told)?.[0] ?? '';
    expect(told).toContain(what === 'cancel' ? `${runId} was cancelled` : `${runId} goes on`);
    expect((await server.ask<Made>('GET', `/runs/${runId}?wait=true`)).state).toBe(state);
  });

  it.each([
    [['run'], 'missing_argument'],
    [['rum', 'x'], 'did you mean run?'],
    [['run', 'No such scenario'], 'not_found'],
    [['run', 'Twice'], 'ambiguous_name'],
    [['run', 'x', '-p', 'size'], 'invalid_param'],
    [['run', 'x', '-p', 'a:={'], 'invalid_param'],
    [['run', 'x', '-p', 'a=1', '-p', 'a=2'], 'duplicate_param'],
    [['run', 'x', '--row', '1'], 'missing_set'],
    [['run', 'x', '--timeout', '0'], 'invalid_timeout'],
    [['run', 'x', '--on-interrupt', 'what'], 'invalid_value'],
    [['pull', '--follow'], 'unexpected_option'],
    [['list', 'x'], 'unexpected_argument'],
    [['list', '--server', 'nowhere'], 'invalid_url'],
    [['list', '--project', '../x'], 'invalid_id'],
    [['list', '--project', 'proj_none0000000000000000'], 'not_found'],
    [['logs', 'run_none0000000000000000'], 'not_found'],
  ])('refuses %j', async (words, told) => {
    if (words[1] === 'Twice') for (const code of ['1', '2']) await create('Twice', code);
    const refused = await run('/', ['scenarios', ...words]);
    expect({ code: refused.code, stdout: refused.stdout.toString() }).toEqual({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(told);
  });

  it('says what is missing: a key, a server', async () => {
    const list = [...DATAMAKER, 'scenarios', 'list'];
    const keyless = await execute(['env', '-u', 'DM_API_KEY', `DM_URL=${server.url}`, ...list], {});
    expect(keyless).toMatchObject({ code: 2, stderr: expect.stringContaining('missing_key') });
    const wrong = await execute(['env', 'DM_API_KEY=dmk_no', `DM_URL=${server.url}`, ...list], {});
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/hint: log in .* DM_API_KEY/) });
    const nowhere = await execute(['env', 'DM_API_KEY=dmk_no', 'DM_URL=http://127.0.0.1:9', ...list], {});
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('server_unreachable') });
  });
});

describe('datamaker runs replay, and dry runs', () => {
  const CODE = [
    'import random',
    'from datamaker import DataMaker',
    'dm = DataMaker()',
    'print(random.random(), len(dm.workspace_files.list()))',
    'dm.workspace_file("seen.txt").write_text("x")',
    '',
  ].join('\n');

  it('say what would be written, and write nothing', async () => {
    const { id } = await create('Writes', CODE);
    const dry = await run('/', ['scenarios', 'run', id, '--dry-run']);
    expect({ code: dry.code, out: dry.stdout.toString() }).toEqual({
      code: 0,
      out: 'would       target    rows  connection\nwrite_file  seen.txt\n',
    });
    expect((await server.ask<{ total: number }>('GET', '/workspace/files')).total).toBe(0);
    const refused = await run('/', ['scenarios', 'run', id, '--dry-run', '--set', 'places']);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('unexpected_option') });
  });

  it('print what the run before had printed, and say so', async () => {
    const { id } = await create('Draws', CODE);
    const first = await run('/', ['scenarios', 'run', id, '--follow']);
    const runId = /run_\w+/.exec(first.stderr)?.[0] ?? '';
    const again = await run('/', ['runs', 'replay', runId]);
    expect({ code: again.code, out: again.stdout.toString() }).toEqual({ code: 0, out: first.stdout.toString() });
    expect(again.stderr).toMatch(new RegExp(`^run_\\w+\nthe log is that of ${runId}\n$`));
    const json = await run('/', ['runs', 'replay', runId, '--json']);
    expect(JSON.parse(json.stdout.toString())).toMatchObject({ state: 'done', replay_of: runId });
    const replayed = /run_\w+/.exec(again.stderr)?.[0] ?? '';
    expect(await run('/', ['runs', 'replay', replayed])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no_record'),
    });
  });
});

describe('datamaker scenarios logs, and runs', () => {
  it('print the log of a run, show it, list it and cancel it', async () => {
    const { id } = await create('Logs', 'for i in range(5): print("line", i)\n');
    const begun = await run('/', ['scenarios', 'run', id, '--wait', '--json']);
    const { run_id: runId } = JSON.parse(begun.stdout.toString()) as { run_id: string };
    const lines = async (...words: string[]) => (await run('/', ['scenarios', 'logs', ...words])).stdout.toString();
    expect(await lines(runId)).toBe('line 0\nline 1\nline 2\nline 3\nline 4\n');
    expect(await lines('Logs', '--tail', '2')).toBe('line 3\nline 4\n');
    expect(await lines(id, '--search', 'NE 3')).toBe('4:line 3\n');
    expect(await lines(runId, '--follow', '--tail', '1')).toBe('line 4\n');
    const shown = await run('/', ['runs', 'show', runId]);
    expect(shown.stdout.toString()).toMatch(/^state +done$/m);
    expect(shown.stdout.toString()).toContain(`datamaker scenarios logs ${runId}`);
    const list = await run('/', ['runs', 'list', '--kind', 'scenario', '-n', '1', '--json']);
    expect(JSON.parse(list.stdout.toString())).toMatchObject([{ id: runId, state: 'done' }]);
    expect(await run('/', ['runs', 'cancel', runId])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`run_has_ended: ${runId} has ended already: it is done`),
    });
    const sleeper = await create('Sleeps', 'import time\ntime.sleep(60)\n');
    const going = (await run('/', ['scenarios', 'run', sleeper.id])).stdout.toString().trim();
    expect(await run('/', ['runs', 'cancel', going])).toMatchObject({ code: 0, stderr: `${going} was cancelled\n` });
    expect(await run('/', ['runs', 'show', going, '--wait'])).toMatchObject({ code: 5 });
    expect(await run('/', ['runs', 'list', '--state', 'strange'])).toMatchObject({ code: 2 });
    expect(await run('/', ['runs', 'show', 'x'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('invalid_id'),
    });
  });
});
