import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommandError } from '../errors/command-error.ts';
import { temporaryFolder } from '../testing/run-datamaker.ts';
import { credentialsPath, writeCredentials } from './credentials.ts';
import { type GivenAccess, serverAccess } from './server-access.ts';

const HERE = 'https://here.example.com';
const AWAY = 'https://away.example.com/base';
const PROJECT = 'proj_8d3kq0vx2m5ra7cz4n1w';

interface Somebody {
  readonly loggedIn?: Readonly<Record<string, { key: string; project?: string }>>;
  readonly current?: string;
  /** What is in datamaker.json. */
  readonly file?: unknown;
}

/** What somebody gets, or the code of why not. */
async function ask(given: Partial<GivenAccess>, { loggedIn, current, file }: Somebody = {}): Promise<unknown> {
  const folder = temporaryFolder();
  const environment = { XDG_CONFIG_HOME: folder };
  if (loggedIn !== undefined) await writeCredentials({ current, servers: loggedIn }, environment);
  if (file !== undefined) writeFileSync(join(folder, 'datamaker.json'), JSON.stringify(file));
  return codeOf(() =>
    serverAccess({ url: undefined, key: undefined, project: undefined, ...given }, { environment, folder }),
  );
}

function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    const { code, problems } = error as CommandError;
    return problems[0]?.code ?? code;
  }
}

describe('which server is asked, and with which key', () => {
  const loggedIn = { [HERE]: { key: 'dmk_here' }, [AWAY]: { key: 'dmk_away', project: PROJECT } };

  it('is what flags and variables say, then datamaker.json, then the last login', async () => {
    const all = { loggedIn, current: HERE };
    const nobody = { project: undefined };
    expect(await ask({ url: `${HERE}/`, key: 'dmk_given' })).toEqual({ url: HERE, key: 'dmk_given', ...nobody });
    expect(await ask({ key: 'dmk_given' })).toEqual({ url: 'http://127.0.0.1:3000', key: 'dmk_given', ...nobody });
    expect(await ask({}, all)).toEqual({ url: HERE, key: 'dmk_here', ...nobody });
    expect(await ask({ url: AWAY }, all)).toEqual({ url: AWAY, key: 'dmk_away', project: PROJECT });
    expect(await ask({}, { ...all, file: { server: AWAY } })).toEqual({ url: AWAY, key: 'dmk_away', project: PROJECT });
    expect(await ask({}, { ...all, file: { project: 'proj_mine' } })).toMatchObject({
      url: HERE,
      project: 'proj_mine',
    });
    expect(
      await ask({ project: 'proj_given' }, { ...all, file: { server: AWAY, project: 'proj_mine' } }),
    ).toMatchObject({
      project: 'proj_given',
    });
    // The project of another server is none of this one.
    expect(await ask({ url: HERE }, { ...all, file: { server: AWAY, project: 'proj_mine' } })).toMatchObject(nobody);
  });

  it('is no kept key for another server, and none of a variable for one that a file alone names', async () => {
    expect(await ask({ url: 'https://evil.example.com' }, { loggedIn, current: HERE })).toBe('missing_key');
    expect(await ask({ url: `${HERE}/proxy` }, { loggedIn, current: HERE })).toBe('missing_key');
    expect(await ask({}, { loggedIn, current: HERE, file: { server: 'https://evil.example.com' } })).toBe(
      'missing_key',
    );
    expect(await ask({ key: 'dmk_given' }, { file: { server: 'https://evil.example.com' } })).toBe(
      'unconfirmed_server',
    );
    expect(await ask({ key: 'dmk_given' }, { loggedIn, current: HERE, file: { server: AWAY } })).toMatchObject({
      url: AWAY,
      key: 'dmk_given',
    });
    for (const name of ['__proto__', 'constructor'])
      expect(await ask({ url: `https://${name}` }, { loggedIn })).toMatch(/missing_key|invalid_url/);
  });

  it('says what is wrong', async () => {
    expect(await ask({})).toBe('missing_key');
    expect(await ask({ url: 'ftp://x', key: 'k' })).toBe('invalid_url');
    expect(await ask({ url: 'https://me:secret@x', key: 'k' })).toBe('invalid_url');
    expect(await ask({ key: 'a b' })).toBe('invalid_key');
    expect(await ask({ key: 'k', project: '../x' })).toBe('invalid_id');
    for (const file of [5, [], { server: 5 }, { project: {} }, null])
      expect(await ask({ key: 'k' }, { file })).toBe('invalid_project_file');
    expect(await ask({ key: 'k' }, { file: { server: 'nowhere' } })).toBe('invalid_url');
  });

  it('is nothing from a file of keys that others may read, or that is none', () => {
    const environment = { XDG_CONFIG_HOME: temporaryFolder() };
    const path = credentialsPath(environment);
    const asked = (): unknown =>
      codeOf(() => serverAccess({ url: HERE, key: undefined, project: 'p' }, { environment }));
    mkdirSync(dirname(path));
    const wrong = ['', '{}', '[]', 'null', '{"version":1,"servers":{"x":{"key":5}}}', '{"version":1,"servers":[null]}'];
    for (const text of wrong) {
      writeFileSync(path, text, { mode: 0o600 });
      expect(asked(), text).toBe('invalid_credentials');
    }
    writeFileSync(path, `{"version":1,"servers":{"${HERE}":{"key":"k"}}}`);
    expect(asked()).toMatchObject({ key: 'k' });
    for (const mode of [0o640, 0o604]) {
      chmodSync(path, mode);
      expect(asked()).toBe('credentials_exposed');
    }
  });
});
