import { readdirSync, readFileSync } from 'node:fs';

/** Ids of processes that run for one of some runs, whoever has them made. */
export function processesOfRuns(runs: readonly string[]): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
        return environment.some((one) => one.startsWith('DM_RUN_ID=') && runs.includes(one.slice(10)));
      } catch {
        return false;
      }
    });
}
