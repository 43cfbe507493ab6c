import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Db, MongoClient } from 'mongodb';
import { findGo } from './find-go.ts';
import { freePort } from './free-port.ts';
import { startPostgres } from './start-postgres.ts';

export interface FerretServer {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** With TLS, when it was asked for. */
  readonly tlsPort: number | undefined;
  readonly user: 'tester';
  readonly password: string;
  readonly database: 'shop';
  /** The database, past the connector. */
  readonly db: Db;
  stop(): Promise<void>;
}

export interface FerretOptions {
  readonly replicaSet?: string;
  /** Files of a certificate and its key. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

const FOLDER = fileURLToPath(new URL('../../../../test/mongodb-service', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/ferretdb', import.meta.url));

/** FerretDB, which speaks as MongoDB does and keeps its documents in a PostgreSQL of Debian's packages. */
export async function startFerret({ replicaSet, tls }: FerretOptions = {}): Promise<FerretServer> {
  const program = build();
  const postgres = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'dm-test-'));
  const [port, tlsPort] = [await freePort(), tls === undefined ? undefined : await freePort()];
  const [user, password, database] = ['tester', 'pass-ä%@:/ word', 'shop'] as const;
  const secret = encodeURIComponent(postgres.password);
  const flags = {
    'state-dir': folder,
    'listen-addr': `127.0.0.1:${port}`,
    'debug-addr': '-',
    'log-level': 'error',
    telemetry: 'disable',
    'postgresql-url': `postgres://${postgres.user}:${secret}@127.0.0.1:${postgres.port}/postgres`,
    'test-enable-new-auth': 'true',
    'setup-username': user,
    'setup-password': password,
    'setup-database': database,
    ...(replicaSet === undefined ? {} : { 'repl-set-name': replicaSet }),
    ...(tls === undefined
      ? {}
      : { 'listen-tls': `127.0.0.1:${tlsPort}`, 'listen-tls-cert-file': tls.cert, 'listen-tls-key-file': tls.key }),
  };
  const child = spawn(
    program,
    Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    { cwd: folder, stdio: 'ignore' },
  );
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`, {
    auth: { username: user, password },
    authSource: database,
    directConnection: true,
    serverSelectionTimeoutMS: 1000,
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error('FerretDB did not start');
    try {
      await client.connect();
      break;
    } catch {
      await pause(50);
    }
  }
  return {
    host: '127.0.0.1',
    port,
    tlsPort,
    user,
    password,
    database,
    db: client.db(database),
    stop: async () => {
      await client.close();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      if (child.exitCode === null) await ended;
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Builds it once for each version: two minutes, and never again. */
function build(): string {
  const module = readFileSync(join(FOLDER, 'go.mod'), 'utf8');
  const [, version = ''] = /FerretDB\/FerretDB (v\S+)/.exec(module) ?? [];
  const program = join(CACHE, `ferretdb-${version}`);
  if (existsSync(program)) return program;
  const go = findGo();
  const env = { ...process.env, GOFLAGS: '', CGO_ENABLED: '0', GOTOOLCHAIN: 'local' };
  const said = execFileSync(go, ['mod', 'download', '-json', 'github.com/FerretDB/FerretDB'], { cwd: FOLDER, env });
  const { Dir: source } = JSON.parse(said.toString());
  mkdirSync(CACHE, { recursive: true });
  // One at a time. The module is for reading only, and lacks a file without which the program does not start: its own build writes it.
  const script = `
    test -x "$PROGRAM" && exit
    copy=$(mktemp -d "$PROGRAM.XXXXXX") && trap 'rm -rf "$copy"' EXIT
    cp -r --no-preserve=mode "$SOURCE/." "$copy" && cd "$copy" && echo "$VERSION" > build/version/version.txt
    "$GO" build -trimpath -buildvcs=false -tags=ferretdb_no_sqlite -ldflags='-s -w' -o made ./cmd/ferretdb && mv made "$PROGRAM"`;
  execFileSync('flock', [join(CACHE, 'lock'), 'sh', '-ec', script], {
    env: { ...env, GO: go, PROGRAM: program, SOURCE: source, VERSION: version },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return program;
}
