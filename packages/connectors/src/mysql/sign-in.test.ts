import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionError } from '../connection-error.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { Session } from '../session.ts';
import { type SelfSigned, selfSigned } from '../testing/self-signed.ts';
import { type MariaDbServer, startMariaDb } from '../testing/start-mariadb.ts';
import { mysql } from './connector.ts';
import { authSwitch, type HostileServer, OK, startHostileServer, type Turn } from './testing/start-hostile-server.ts';

const PASSWORD = 'S3cret-pass';

const open = async (target: string, password: string, tls: object): Promise<Session> => {
  const { config, secrets } = mysql.parse({
    url: `mysql://${target}`,
    auth: { type: 'basic', username: 'test', password },
    options: { tls },
  });
  const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']), async () => ['127.0.0.1']);
  return await mysql.open(config, { dialer, secrets, readOnly: false });
};

describe('what a connection may say', () => {
  const problemOf = (url: string, options: object = {}): string => {
    try {
      mysql.parse({ url, options: options as never });
      return 'none';
    } catch (error) {
      return (error as ConnectionError).message;
    }
  };

  it('is nothing that lets a driver read files, run code or send a password', () => {
    const refused = [
      'socketPath',
      'allowPublicKeyRetrieval',
      'allowLoadLocalInfile',
      'multipleStatements',
      'flags',
      'ssl',
      'authPlugins',
      'enableCleartextPlugin',
      'queryFormat',
      'infileStreamFactory',
      'password1',
    ];
    for (const name of refused) {
      expect(problemOf(`mysql://u@h/d?${name}=true`)).toContain(name);
      expect(problemOf('mysql://u@h/d', { [name]: true })).toContain(name);
      expect(problemOf('mysql://u@h/d', { tls: { mode: 'require', [name]: 'x' } })).toContain(name);
    }
    expect(problemOf('mysql:///var/run/mysqld/mysqld.sock')).toContain('host');
    expect(problemOf('mysql://u@h/')).toContain('database');
    expect(problemOf('mysql://u@h/a%00b')).toContain('NUL');
    expect(problemOf('mysql://u@h/d?ssl-mode=SOMETIMES')).toContain('ssl-mode');
    expect(problemOf('mysql://u@h/d?ssl-mode=required', { tls: { mode: 'require' } })).toContain('leave out one');
  });

  it('has the modes of encryption of MySQL', () => {
    const modeOf = (mode: string): unknown =>
      mysql.parse({ url: `mariadb://u@h/d?ssl-mode=${mode}` }).config.options.tls;
    expect(['DISABLED', 'PREFERRED', 'required', 'VERIFY_CA', 'VERIFY_IDENTITY'].map(modeOf)).toEqual(
      ['disable', 'disable', 'require', 'verify-ca', 'verify-full'].map((mode) => ({ mode })),
    );
    expect(mysql.parse({ url: 'mysql://u:p%40@[::1]/d' })).toEqual({
      config: {
        url: 'mysql://[::1]:3306/d',
        auth: { type: 'basic', username: 'u' },
        options: { tls: { mode: 'disable' }, schemas: ['d'], idleTimeoutSeconds: 300 },
      },
      secrets: { password: 'p@' },
    });
  });
});

describe('a server that wants more than it should', () => {
  let server: HostileServer | undefined;
  afterEach(() => server?.stop());
  const signIn = async (plugin: string, turns: readonly Turn[]): Promise<ConnectionError> => {
    server = await startHostileServer(plugin, turns);
    const failed = await open(`127.0.0.1:${server.port}/shop`, PASSWORD, { mode: 'disable' }).catch((error) => error);
    const heard = Buffer.concat([...server.heard]).toString('latin1');
    expect(heard).not.toContain(PASSWORD);
    expect(heard).not.toContain('root:');
    return failed;
  };
  const { publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

  it('gets no password by a key of its own', async () => {
    for (const plugin of ['caching_sha2_password', 'sha256_password']) {
      const asked = plugin === 'sha256_password' ? [] : [['\x01\x04']];
      const turns = [[authSwitch(plugin)], ...asked, [`\x01${publicKey}`], [OK], [OK]];
      const error = await signIn(plugin, turns);
      expect(error).toMatchObject({ problem: 'auth', hint: expect.stringContaining('verify-full') });
      // The last that it hears is that its key is wanted.
      expect(server?.heard.at(-1)).toHaveLength(1);
      await server?.stop();
    }
  });

  it('gets no password in clear text', async () => {
    for (const first of ['mysql_native_password', 'mysql_clear_password']) {
      const error = await signIn(first, [[authSwitch('mysql_clear_password')], [OK]]);
      expect(error).toMatchObject({ problem: 'auth' });
      await server?.stop();
    }
  });

  it('gets what only proves that the password is known', async () => {
    const error = await signIn('caching_sha2_password', [[authSwitch('caching_sha2_password')], ['\x01\x03', OK]]);
    expect(server?.heard[1]).toHaveLength(32);
    // It goes on to its first statement.
    expect(server?.heard[2]?.toString()).toContain('SET NAMES utf8mb4');
    expect(error).toMatchObject({ problem: 'broken' });
  });

  it('is told when it lets in by a way that is not known', async () => {
    const error = await signIn('dialog', [[authSwitch('client_ed25519')]]);
    expect(error).toMatchObject({ problem: 'auth', message: expect.stringContaining('client_ed25519') });
  });

  it('gets no file', async () => {
    const error = await signIn('mysql_native_password', [[OK], ['\xfb/etc/passwd'], [OK]]);
    expect(error).toMatchObject({ problem: 'protocol' });
    // Nothing is what a client sends that has no such file.
    expect(server?.heard.map(({ length }) => length).at(-1)).toBe(0);
  });
});

describe('MariaDB over TLS', () => {
  let own: SelfSigned;
  let secure: MariaDbServer;
  let plain: MariaDbServer;
  beforeAll(async () => {
    own = selfSigned('localhost');
    [secure, plain] = await Promise.all([
      startMariaDb([`--ssl-cert=${own.certFile}`, `--ssl-key=${own.keyFile}`]),
      startMariaDb(['--skip-ssl']),
    ]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([secure?.stop(), plain?.stop()]);
    own?.remove();
  });

  const connect = async (host: string, tls: object, { port, password } = secure): Promise<string> => {
    try {
      const session = await open(`${host}:${port}/shop`, password, tls);
      const { notes } = await session.verify();
      await session.close();
      expect(notes).not.toContain('the connection is not encrypted');
      return 'none';
    } catch (error) {
      return (error as ConnectionError).problem;
    }
  };

  it('checks what it is told to check', async () => {
    const { cert: ca } = own;
    expect(await connect('localhost', { mode: 'require' })).toBe('none');
    expect(await connect('localhost', { mode: 'verify-full' })).toBe('tls');
    expect(await connect('localhost', { mode: 'verify-ca' })).toBe('tls');
    expect(await connect('localhost', { mode: 'verify-ca', ca })).toBe('none');
    expect(await connect('other.example', { mode: 'verify-ca', ca })).toBe('none');
    expect(await connect('localhost', { mode: 'verify-full', ca })).toBe('none');
    expect(await connect('other.example', { mode: 'verify-full', ca })).toBe('tls');
    // An address is not the name "localhost".
    expect(await connect('127.0.0.1', { mode: 'verify-full', ca })).toBe('tls');
    expect(await connect('127.0.0.1', { mode: 'verify-ca', ca })).toBe('none');
    // One that does not encrypt.
    expect(await connect('localhost', { mode: 'require' }, plain)).toBe('tls');
  });

  it('ends what is slow over a connection that is encrypted too', async () => {
    const session = await open(`127.0.0.1:${secure.port}/shop`, secure.password, { mode: 'require' });
    await secure.query(
      `CREATE TABLE slow (v text); CREATE TRIGGER t BEFORE INSERT ON slow FOR EACH ROW SET @x = SLEEP(600)`,
    );
    const stop = new AbortController();
    const failed = session.insert({ schema: 'shop', name: 'slow' }, [[{ v: 'x' }]], { signal: stop.signal });
    const isSleeping = `SELECT count(*) AS n FROM information_schema.PROCESSLIST WHERE state = 'User sleep'`;
    while (Number((await secure.query<{ n: number }>(isSleeping))[0]?.n) !== 1);
    stop.abort(new Error('enough'));
    await expect(failed).rejects.toThrow('enough');
    expect(await session.count({ schema: 'shop', name: 'slow' })).toBe(0);
    await session.close();
  });
});
