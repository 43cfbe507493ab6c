import type { SandboxEnd, SandboxOutcome } from '../../runner/sandbox/sandbox.ts';
import type { ScenarioEnding } from '../../store/run-leases.ts';
import type { RunError } from '../../store/run-table.ts';
import { reasonOf } from './logs/reason-of.ts';

/** Why a process was ended that did not end by itself. */
const STOPPED: Readonly<Partial<Record<SandboxOutcome, (seconds: number) => RunError>>> = {
  timeout: (seconds) => ({ code: 'timeout', message: `it took longer than ${seconds} seconds` }),
  out_of_memory: () => ({ code: 'worker_oom', message: 'it needed more memory than a run may have' }),
  disk_full: () => ({ code: 'disk_full', message: 'it wrote more than a run may keep' }),
  too_many_processes: () => ({ code: 'too_many_processes', message: 'it began more processes than a run may have' }),
};

/**
 * What became of a run, as the end of its process and its last words tell.
 * @param errors the end of its stderr
 * @param seconds that it had
 */
export function outcomeOf(end: SandboxEnd, errors: string, seconds: number): ScenarioEnding {
  const facts = {
    exit_code: end.code,
    ...(end.signal === null ? {} : { signal: end.signal }),
    ...(end.peakMemoryBytes === undefined ? {} : { peak_memory_bytes: end.peakMemoryBytes }),
  };
  const stopped = STOPPED[end.outcome]?.(seconds);
  if (stopped !== undefined) return { state: end.outcome === 'timeout' ? 'timeout' : 'failed', error: stopped, facts };
  if (end.code === 0) return { state: 'done', error: null, facts };
  const reason = reasonOf(errors);
  // Python itself says so where the limit is one of the address space.
  if (reason !== undefined && /^MemoryError\b/.test(reason)) {
    return { state: 'failed', error: STOPPED.out_of_memory?.(seconds) ?? null, facts };
  }
  const how = end.code === null ? `the script was ended by ${end.signal}` : `the script exited with code ${end.code}`;
  return { state: 'failed', error: { code: 'scenario_failed', message: reason ?? how }, facts };
}
