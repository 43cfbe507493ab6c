import { createHash } from 'node:crypto';
import { needsOfOwn, ownPaths, shippedPackages } from './shipped-packages.mjs';

/**
 * What is shipped, as CycloneDX 1.6 has it: our packages, those of others with their licences and hashes, and what needs what. The same
 * lockfile gives the same bytes.
 * @param lock package-lock.json as an object
 * @param python `{ name, version, licence, dependencies }` of pyproject.toml; dependencies with their ranges
 */
export function billOfMaterials(lock, version, python) {
  const shipped = shippedPackages(lock);
  const own = ownPaths(lock).map((path) => ({ path, ...lock.packages[path] }));
  const needed = python.dependencies.map((range) => /^[\w.-]+/.exec(range)?.[0] ?? range);
  const wheel = `pypi:${python.name}`;
  const components = [
    ...own.map(({ path, name, version, license }) => ({
      ...component('npm', name, version, license),
      'bom-ref': path,
    })),
    ...shipped.map(({ path, name, version, licence, integrity }) => ({
      ...component('npm', name, version, licence),
      'bom-ref': path,
      ...(integrity === undefined ? {} : { hashes: [hashOf(integrity)] }),
    })),
    { ...component('pypi', python.name, python.version, python.licence), 'bom-ref': wheel },
    // Which one is installed is decided where it is.
    ...needed.map((name) => ({ ...component('pypi', name), 'bom-ref': `pypi:${name}` })),
  ];
  const dependencies = [
    { ref: 'datamaker', dependsOn: [...own.map(({ path }) => path), wheel] },
    ...own.map(({ path }) => ({ ref: path, dependsOn: [...new Set(needsOfOwn(lock, path))].sort() })),
    ...shipped.map(({ path, needs }) => ({ ref: path, dependsOn: needs })),
    { ref: wheel, dependsOn: needed.map((name) => `pypi:${name}`) },
  ];
  const product = { type: 'application', 'bom-ref': 'datamaker', name: 'datamaker', version };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialOf(JSON.stringify([version, lock, python])),
    version: 1,
    metadata: { component: product },
    components,
    dependencies,
  };
}

/** @param kind of package URL (`npm`, `pypi`) */
function component(kind, name, version, licence) {
  const [scope, rest] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const path = scope === undefined ? rest : `${encodeURIComponent(scope)}/${rest}`;
  return {
    type: 'library',
    name: rest,
    ...(scope === undefined ? {} : { group: scope }),
    ...(version === undefined ? {} : { version }),
    purl: `pkg:${kind}/${path}${version === undefined ? '' : `@${encodeURIComponent(version)}`}`,
    ...(licence === undefined ? {} : { licenses: [{ expression: licence }] }),
  };
}

/** Subresource integrity, as lockfiles have it, in CycloneDX' words. */
function hashOf(integrity) {
  const [, size, base64] = /^sha(\d+)-(\S+)/.exec(integrity) ?? [];
  return { alg: size === '1' ? 'SHA-1' : `SHA-${size}`, content: Buffer.from(base64, 'base64').toString('hex') };
}

/** A UUID of what is in it (RFC 9562, 5.8). */
function serialOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
