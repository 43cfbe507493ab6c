import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Gives all that is published one version: the npm packages, what they ask of each other, the lockfile, the Python package, the chart of
 * Helm, and the description of the API.
 * @param root of a checkout @returns paths of the files that it has written, relative to it
 */
export function setVersions(root, version) {
  const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);
  const manifests = folders.map((folder) => [folder, readJson(root, `${folder}/package.json`)]);
  const own = new Set(manifests.map(([, { name }]) => name));
  const set = (about) => {
    about.version = version;
    for (const kind of ['dependencies', 'optionalDependencies', 'devDependencies', 'peerDependencies']) {
      for (const name of Object.keys(about[kind] ?? {})) if (own.has(name)) about[kind][name] = version;
    }
  };
  const lock = readJson(root, 'package-lock.json');
  for (const [folder, manifest] of manifests) {
    set(manifest);
    set(lock.packages[folder]);
    writeJson(root, `${folder}/package.json`, manifest);
  }
  writeJson(root, 'package-lock.json', lock);
  const api = readJson(root, CONTRACT);
  api.info.version = version;
  writeJson(root, CONTRACT, api);
  setLine(root, PYTHON, /^version = ".*"$/m, `version = "${version}"`);
  setLine(root, CHART, /^version: .*$/m, `version: ${version}`);
  setLine(root, CHART, /^appVersion: .*$/m, `appVersion: ${version}`);
  return [...folders.map((folder) => `${folder}/package.json`), 'package-lock.json', CONTRACT, PYTHON, CHART];
}

/** The version that all that is published has. @throws Error when they differ */
export function versionOf(root) {
  const versions = readdirSync(join(root, 'packages')).map(
    (name) => readJson(root, `packages/${name}/package.json`).version,
  );
  const [version, ...others] = new Set(versions);
  if (others.length > 0) throw new Error(`packages have several versions: ${[version, ...others].join(', ')}`);
  return version;
}

/** Names of the npm packages, each after those that it needs: the order in which they can be published. */
export function inOrder(root) {
  const manifests = readdirSync(join(root, 'packages')).map((name) => readJson(root, `packages/${name}/package.json`));
  const left = new Map(manifests.map(({ name, dependencies }) => [name, Object.keys(dependencies ?? {})]));
  const names = [];
  while (left.size > 0) {
    const [next] = [...left].find(([, needs]) => !needs.some((name) => left.has(name))) ?? [];
    if (next === undefined) throw new Error(`packages need each other in a circle: ${[...left.keys()].join(', ')}`);
    left.delete(next);
    names.push(next);
  }
  return names;
}

/** Says which version serves it. */
const CONTRACT = 'contracts/openapi.json';
const PYTHON = 'python/sdk/pyproject.toml';
const CHART = 'deploy/helm/datamaker/Chart.yaml';

/** Puts a line in the place of the one that is like it. */
function setLine(root, path, like, line) {
  const text = readFileSync(join(root, path), 'utf8');
  if (!like.test(text)) throw new Error(`${path} names no version`);
  writeFileSync(join(root, path), text.replace(like, line));
}

const readJson = (root, path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const writeJson = (root, path, value) => writeFileSync(join(root, path), `${JSON.stringify(value, undefined, 2)}\n`);
