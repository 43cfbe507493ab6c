/** Of the web app: what makes its files and is not in them. */
const TOOLS_OF_WEB = /^(@types\/|vite$|tailwindcss$|@tailwindcss\/)/;
const FOLDER = /^packages\/[^/]+$/;

/**
 * The packages of others that come with what is published: what our packages depend on, directly and through others, and what is in the
 * files of the web app. Tests, tools and the runtime of a checkout are not among them.
 * @param lock a package-lock.json of version 3, as an object
 * @returns `{ path, name, version, licence, integrity, needs }`, sorted by path; `path` is where npm puts it, `needs` are paths
 */
export function shippedPackages(lock) {
  const { packages } = lock;
  const needsOf = new Map();
  const waiting = ownPaths(lock);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (needsOf.has(path)) continue;
    const needs = namesOf(path, packages[path])
      .map((name) => find(packages, path, name))
      .filter((found) => found !== undefined);
    needsOf.set(path, [...new Set(needs)].sort());
    waiting.push(...needs);
  }
  return [...needsOf]
    .filter(([path]) => !FOLDER.test(path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, needs]) => {
      const { version, license, integrity, name = nameOf(path) } = packages[path];
      return { path, name, version, licence: license, integrity, needs };
    });
}

/** Paths of the packages that are published. */
export const ownPaths = ({ packages }) => Object.keys(packages).filter((path) => FOLDER.test(path));

/** What the published packages at a path need, as paths. */
export const needsOfOwn = (lock, path) =>
  namesOf(path, lock.packages[path])
    .map((name) => find(lock.packages, path, name))
    .filter((found) => found !== undefined);

function namesOf(
  path,
  { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta, devDependencies },
) {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional !== true);
  const inFiles = path === 'packages/web' ? Object.keys(devDependencies ?? {}) : [];
  return [
    ...Object.keys({ ...dependencies, ...optionalDependencies }),
    ...peers,
    ...inFiles.filter((name) => !TOOLS_OF_WEB.test(name)),
  ];
}

/** Where Node finds a package from another: in the nearest folder above. One that is optional may be nowhere. */
function find(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    const found = packages[path];
    if (found !== undefined) return found.link === true ? found.resolved : path;
    if (at === '') return undefined;
  }
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
