import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { billOfMaterials } from './bill-of-materials.mjs';
import { checkLicences, EXCEPTIONS, isAllowed } from './check-licences.mjs';
import { readSupply } from './read-supply.mjs';
import { shippedPackages } from './shipped-packages.mjs';

const supply = readSupply(fileURLToPath(new URL('../../', import.meta.url)));
const require = createRequire(import.meta.url);

/** The lockfile with one package more, which another needs. */
function lockWith(needer: string, name: string, about: object, kind = 'dependencies') {
  const lock = structuredClone(supply.lock);
  lock.packages[`node_modules/${name}`] = { version: '1.0.0', ...about };
  const from = lock.packages[needer];
  from[kind] = { ...from[kind], [name]: '1.0.0' };
  return lock;
}

describe('licences', () => {
  it('of all that is shipped are allowed', () => {
    const packages = shippedPackages(supply.lock);
    const names = packages.map(({ name }: { name: string }) => name);
    for (const known of ['fastify', 'pg', 'react', 'monaco-editor', 'lru-cache']) expect(names).toContain(known);
    for (const tool of ['vitest', 'axe-core', 'lightningcss', 'oidc-provider']) expect(names).not.toContain(tool);
    expect(checkLicences(packages)).toEqual([]);
  });

  it.each([
    ['packages/server', 'dependencies'],
    ['packages/connectors', 'optionalDependencies'],
    ['node_modules/fastify', 'dependencies'],
    ['node_modules/fastify', 'peerDependencies'],
    ['packages/web', 'devDependencies'],
  ])('a package under the GPL that %s needs (%s) is refused', (needer, kind) => {
    const lock = lockWith(needer, 'planted', { license: 'GPL-3.0-only' }, kind);
    expect(checkLicences(shippedPackages(lock))).toEqual([expect.stringMatching(/^planted 1\.0\.0: .* GPL-3\.0-only/)]);
    expect(checkLicences(shippedPackages(lock), { ...EXCEPTIONS, planted: 'its author has let us' })).toEqual([]);
  });

  it('a package without a licence is refused, one for tests only is nobody’s business', () => {
    const lock = lockWith('packages/server', 'planted', {});
    expect(checkLicences(shippedPackages(lock))).toEqual([
      expect.stringMatching(/^planted 1\.0\.0: its licence is none/),
    ]);
    const forTests = lockWith('packages/server', 'planted', { license: 'GPL-3.0-only' }, 'devDependencies');
    expect(checkLicences(shippedPackages(forTests))).toEqual([]);
  });

  it('an exception for what is not shipped is told', () => {
    expect(checkLicences([], { gone: 'once' })).toEqual([expect.stringContaining('not shipped')]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['GPL-3.0-only OR (BSD-3-Clause AND ISC)', true],
    ['MIT AND GPL-3.0-only', false],
    ['(MIT OR ISC) AND MPL-2.0', false],
    ['GPL-2.0-only WITH Classpath-exception-2.0', false],
    ['(MIT', false],
    ['MIT Apache-2.0', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['', false],
  ])('%j is allowed: %s', (expression, holds) => {
    expect(isAllowed(expression)).toBe(holds);
  });
});

describe('the bill of materials', () => {
  const bill = billOfMaterials(supply.lock, supply.version, supply.python);
  const schema = (name: string) =>
    require(`../../node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}.SNAPSHOT.schema.json`);
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  const validate = ajv.compile(schema('bom-1.6'));

  it('is one by the schema of CycloneDX', () => {
    expect(validate(bill), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    expect(validate({ ...bill, components: [{ name: 'x' }] })).toBe(false);
  });

  it('has our packages and those of others, and each that is needed', () => {
    const refs = new Set(bill.components.map((component: Record<string, unknown>) => component['bom-ref']));
    expect(refs.size).toBe(bill.components.length);
    expect(bill.components.map(({ purl }: { purl: string }) => purl)).toEqual(
      expect.arrayContaining([
        `pkg:npm/%40datamaker/server@${supply.version}`,
        `pkg:npm/fastify@${supply.lock.packages['node_modules/fastify'].version}`,
        `pkg:pypi/datamaker@${supply.python.version}`,
        'pkg:pypi/httpx',
      ]),
    );
    for (const { dependsOn } of bill.dependencies) for (const ref of dependsOn) expect(refs).toContain(ref);
    expect(bill.components.find(({ name }: { name: string }) => name === 'fastify').hashes[0]).toMatchObject({
      alg: 'SHA-512',
      content: expect.stringMatching(/^[0-9a-f]{128}$/),
    });
  });

  it('is the same bytes of the same lockfile', () => {
    expect(JSON.stringify(billOfMaterials(supply.lock, supply.version, supply.python))).toBe(JSON.stringify(bill));
  });
});
