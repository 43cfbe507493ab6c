import type { ExternalMaker, Plan } from '@datamaker/engine';

/** Runs the functions of a plan's fields on this machine, for somebody who has no server. */
export interface LocalPrograms {
  /**
   * Counters begin at 1 and are forgotten, and there are no workspace files.
   * @throws what `work` throws, ExternalError of a function
   */
  during<T>(plan: Plan, signal: AbortSignal, work: (make: ExternalMaker | undefined) => Promise<T>): Promise<T>;
}

/** @throws SandboxError when there is no sandbox here, with what to do */
export async function openLocalPrograms(): Promise<LocalPrograms> {
  const { localPrograms } = await import('./services/programs/local-programs.ts');
  return localPrograms();
}
