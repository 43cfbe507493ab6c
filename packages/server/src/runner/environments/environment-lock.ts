import { createHash } from 'node:crypto';
import type { PythonFacts } from './python-facts.ts';

/** A package at one version, and the files that it may be installed from. */
export interface LockedPackage {
  /** As PEP 503 normalises it. */
  readonly name: string;
  readonly version: string;
  /** SHA-256 of wheels, in hexadecimal digits. */
  readonly hashes: readonly string[];
  /** PEP 508: where it is wanted; left out: everywhere. Only locks for more than one Python have it. */
  readonly marker?: string;
}

/** What an environment is made of, exactly: whoever builds it again gets the same. */
export interface EnvironmentLock {
  /** The Python that it was made for, such as `3.12`. */
  readonly python: string;
  /** The system that it was made for, such as `linux-x86_64`. */
  readonly platform: string;
  /** The pre-installed packages that it stands on; null: it has all that it needs itself. */
  readonly base: string | null;
  /** In order of their names. */
  readonly packages: readonly LockedPackage[];
}

/** Changes when environments are built in another way. */
const FORMAT = 1;

/** The name of an environment: the same for the same packages on the same Python, on whichever path they came. */
export function keyOf(python: PythonFacts, packages: readonly LockedPackage[], base: string | null): string {
  const content = [
    FORMAT,
    [python.executable, python.version, python.platform],
    base,
    sorted(packages).map(({ name, version, hashes, marker }) => [name, version, [...hashes].sort(), marker ?? null]),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 40);
}

/** Lines that pip and uv read: a version and its hashes for each. */
export const requirementLines = (packages: readonly LockedPackage[]): string =>
  packages
    .map(({ name, version, hashes, marker }) =>
      [
        `${name}==${version}${marker === undefined ? '' : ` ; ${marker}`}`,
        ...hashes.map((one) => `--hash=sha256:${one}`),
      ].join(' \\\n    '),
    )
    .join('\n')
    .concat('\n');

export const sorted = (packages: readonly LockedPackage[]): LockedPackage[] =>
  [...packages].sort((a, b) => (a.name < b.name ? -1 : 1));

/** PEP 503. */
export const normalName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

export const textOf = ({ name, version }: LockedPackage): string => `${name} ${version}`;
