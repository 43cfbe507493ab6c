import type { EnvironmentLock } from '../runner/environments/environment-lock.ts';
import type { Store } from './open-store.ts';
import type { ScenarioEnvironment } from './scenario-tables.ts';

/** Keeps the lock of a version that has none. Of two that make one at the same time, the first counts. @returns the one that counts */
export async function keepLock(
  tx: Store,
  id: string,
  version: number,
  lock: EnvironmentLock,
): Promise<EnvironmentLock | undefined> {
  const ofVersion = tx.selectFrom('scenario_version').where('scenario_id', '=', id).where('version', '=', version);
  const found = await ofVersion.select('environment').forUpdate().executeTakeFirst();
  if (found === undefined) return undefined;
  if (found.environment !== null && found.environment.lock !== null) return found.environment.lock;
  const environment: ScenarioEnvironment = { lock, problem: null };
  await tx
    .updateTable('scenario_version')
    .set({ environment: JSON.stringify(environment) })
    .where('scenario_id', '=', id)
    .where('version', '=', version)
    .execute();
  return lock;
}
