import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { freePort } from './free-port.ts';
import { serverFolder } from './server-folder.ts';

export interface MariaDbServer {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** May do anything; its sessions are those that tests break. */
  readonly user: 'test';
  readonly password: string;
  /** A database that is there, in utf8mb4. */
  readonly database: 'shop';
  /** Runs statements as root, and returns the rows of the last. */
  query<Row = Record<string, unknown>>(text: string): Promise<Row[]>;
  stop(): Promise<void>;
}

/** MariaDB of Debian's packages in a folder of its own, on a free port of 127.0.0.1, with passwords. */
export async function startMariaDb(settings: readonly string[] = []): Promise<MariaDbServer> {
  const binary = '/usr/sbin/mariadbd';
  if (!existsSync(binary)) throw new Error('MariaDB is missing: apt-get install mariadb-server');
  const { path: folder, options, end } = serverFolder();
  const [port, password] = [await freePort(), 'pass-ä%@:/ word'];
  const common = [
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    // Servers that start remove temporary tables that they find, those of others as well.
    `--tmpdir=${folder}`,
    '--innodb-log-file-size=16M',
    '--innodb-use-native-aio=0',
  ];
  execFileSync(
    'mariadb-install-db',
    [...common, '--auth-root-authentication-method=normal', '--skip-test-db'],
    options,
  );
  const socketPath = join(folder, 'socket');
  const flags = [
    `--socket=${socketPath}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--innodb-flush-log-at-trx-commit=0',
  ];
  const child = spawn(binary, [...common, ...flags, ...settings], options);
  const root = await connected(socketPath, () => child.exitCode !== null);
  await root.query(
    `CREATE DATABASE shop CHARACTER SET utf8mb4; CREATE USER test@'127.0.0.1' IDENTIFIED BY '${password}';
     GRANT ALL ON *.* TO test@'127.0.0.1'; USE shop`,
  );
  return {
    host: '127.0.0.1',
    port,
    user: 'test',
    password,
    database: 'shop',
    query: async <Row>(text: string) => {
      const [results] = await root.query(text);
      const list = Array.isArray(results) ? (results as unknown[]) : [];
      const last = list.at(-1);
      return (Array.isArray(last) ? last : list) as Row[];
    },
    stop: async () => {
      root.destroy();
      // Its folder goes with it: there is nothing to be kept.
      await end(child, 'SIGKILL');
    },
  };
}

async function connected(socketPath: string, hasEnded: () => boolean): Promise<mysql.Connection> {
  for (;;) {
    if (hasEnded()) throw new Error('MariaDB did not start');
    try {
      return await mysql.createConnection({
        socketPath,
        user: 'root',
        multipleStatements: true,
        dateStrings: true,
        charset: 'utf8mb4',
      });
    } catch {
      await pause(20);
    }
  }
}
