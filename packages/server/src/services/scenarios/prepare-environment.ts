import type { PlacedEnvironment } from '../../runner/environments/environments.ts';
import { keepLock } from '../../store/keep-lock.ts';
import type { HeldRun } from '../../store/run-leases.ts';
import type { StoredScenario } from '../../store/scenarios.ts';
import type { Tenant } from '../../store/tenant.ts';
import type { EnvironmentsDoor } from './environments-door.ts';
import { hostPython, type PythonRuntime } from './python-runtime.ts';

/** What a run holds, until its process is gone. */
export class HeldEnvironments {
  readonly #placing: Promise<PlacedEnvironment | undefined>[] = [];

  hold(placing: Promise<PlacedEnvironment | undefined>): void {
    this.#placing.push(placing);
  }

  /** What is still being made is let go when it is there. */
  release(): void {
    for (const one of this.#placing) one.then((placed) => placed?.release()).catch(() => undefined);
  }
}

interface Preparation {
  readonly door: EnvironmentsDoor;
  readonly tenant: Tenant;
  readonly scenario: StoredScenario;
  readonly run: HeldRun;
  readonly held: HeldEnvironments;
  /** Told in a line what was done that took a while. */
  readonly note: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Sees to it that the packages of a scenario are there.
 * @param python the interpreter of the sandbox
 * @param site folder of the host with what every scenario can import
 * @throws EnvironmentError, or the reason of the signal
 */
export async function prepareEnvironment(
  { door, tenant, scenario, run, held, note, signal }: Preparation,
  python: string,
  site: string,
): Promise<PythonRuntime> {
  const { needs, version } = scenario;
  const host = hostPython(python, site);
  const begun = performance.now();
  const placing = (async () => {
    const environments = await door.open();
    let lock = scenario.environment?.lock ?? null;
    if (lock === null && needs.requirements.length > 0) {
      const made = await environments.lock(needs, python, true);
      lock = (await tenant((tx) => keepLock(tx, run.subjectId, version, made))) ?? made;
      note(`[locked ${lock.packages.length} packages]`);
    }
    return environments.place(needs, lock, python);
  })();
  held.hold(placing);
  const placed = await unlessAborted(placing, signal);
  if (placed === undefined) return host;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  for (const line of placed.notes) note(`[${line}, ${seconds} s]`);
  if (placed.programs === '') return host;
  return {
    argv: (script) => [`${placed.programs}/python`, ...host.argv(script).slice(1)],
    mounts: [...host.mounts, ...placed.mounts],
    env: { ...host.env, PATH: `${placed.programs}:${host.env['PATH']}` },
  };
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
