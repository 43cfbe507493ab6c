import type { LockedPackage } from '../environment-lock.ts';
import type { PythonFacts } from '../python-facts.ts';

/** What a resolution is asked for. */
export interface LockOrder {
  readonly python: PythonFacts;
  /** PEP 508; checked already: no options, no addresses. */
  readonly requirements: readonly string[];
  /** Versions to be kept to where one of these packages is wanted. */
  readonly keepTo: readonly LockedPackage[];
}

export interface InstallOrder {
  readonly python: PythonFacts;
  readonly packages: readonly LockedPackage[];
  /** A virtual environment with nothing in it. */
  readonly environment: string;
}

/** What a call has: a folder of its own, which goes with it, and bounds. */
export interface Workplace {
  readonly folder: string;
  readonly maxMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A program that finds versions and installs wheels. Neither executes anything of a package. */
export interface EnvironmentTool {
  readonly name: 'uv' | 'pip';
  readonly version: string;
  /** @throws EnvironmentError */
  lock(order: LockOrder, place: Workplace): Promise<LockedPackage[]>;
  /** Without the network, where all wheels were fetched before. @throws EnvironmentError */
  install(order: InstallOrder, place: Workplace): Promise<void>;
  /** Throws away what was fetched and is more than may be kept. */
  shrink(): Promise<void>;
}
