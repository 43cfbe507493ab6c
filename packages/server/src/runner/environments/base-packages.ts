import { type LockedPackage, normalName } from './environment-lock.ts';

/** Packages that every scenario finds, locked for all Pythons that there may be. Never changed: locks of scenarios name them. */
export interface BasePackages {
  readonly name: string;
  /** What was asked for, in PEP 508. */
  readonly requirements: readonly string[];
  readonly packages: readonly LockedPackage[];
}

/** The newest is what scenarios get that are saved now. */
export const NEWEST_BASE = '2026-11';

const loaded = new Map<string, Promise<BasePackages>>();

/** @throws Error when there is none of that name */
export function basePackages(name: string): Promise<BasePackages> {
  if (!/^\d{4}-\d{2}$/.test(name)) throw new Error(`there is no base ${name}`);
  const known = loaded.get(name) ?? load(name);
  loaded.set(name, known);
  return known;
}

async function load(name: string): Promise<BasePackages> {
  const { default: found } = (await import(`./data/bases/${name}.json`, { with: { type: 'json' } })) as {
    default: Omit<BasePackages, 'name'>;
  };
  return { name, ...found };
}

/** Those of a resolution that the base does not have. */
export function besides(packages: readonly LockedPackage[], base: readonly LockedPackage[]): LockedPackage[] {
  const inBase = new Set(base.map(({ name, version }) => `${normalName(name)} ${version}`));
  return packages.filter(({ name, version }) => !inBase.has(`${normalName(name)} ${version}`));
}
