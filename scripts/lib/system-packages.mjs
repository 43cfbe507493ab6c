import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const PROBES = {
  postgresql: () =>
    versionsOf('/usr/lib/postgresql').some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`)),
  'mariadb-server': () => existsSync('/usr/sbin/mariadbd'),
  chromium: () => existsSync('/usr/bin/chromium'),
  'default-jdk-headless': () => spawnSync('javac', ['-version']).status === 0,
  maven: () => spawnSync('mvn', ['-version']).status === 0,
  // FerretDB and Helm want a newer one than that of Debian 12, which fetches it (packages/connectors/src/testing/find-go.ts).
  'golang-go': () => spawnSync('go', ['version']).status === 0,
  // promtool tries the alerts.
  prometheus: () => spawnSync('promtool', ['--version']).status === 0,
  // Tests of TLS make their own certificates with it.
  openssl: () => spawnSync('openssl', ['version']).status === 0,
  // Scenarios run in its sandboxes.
  bubblewrap: () => spawnSync('bwrap', ['--version']).status === 0,
  // Workers on hosts of their own have networks of their own.
  iproute2: () => spawnSync('ip', ['-Version']).status === 0,
  // Units of systemd are read by itself.
  systemd: () => spawnSync('systemd-analyze', ['--version']).status === 0,
  // Rows are streamed to both.
  'nats-server': () => spawnSync('nats-server', ['--version']).status === 0,
  'redis-server': () => spawnSync('redis-server', ['--version']).status === 0,
  'python3-venv': () => spawnSync('python3', ['-c', 'import ensurepip, venv']).status === 0,
};

/**
 * Debian's packages that tests need and this machine lacks: the store runs on an external PostgreSQL as well as on the
 * bundled one, generated SQL is loaded into PostgreSQL and MariaDB, the engine runs in Chromium, python-stdnum judges
 * identifiers, libraries of Python read files back, Apache Olingo serves OData, FerretDB, built with Go, speaks as MongoDB does,
 * scenarios run in sandboxes of bubblewrap, NATS and Redis take streams of rows, and promtool of Prometheus tries the alerts.
 */
export const missingPackages = () => Object.keys(PROBES).filter((name) => !PROBES[name]());

function versionsOf(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
