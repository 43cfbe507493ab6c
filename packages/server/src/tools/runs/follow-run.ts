import { setTimeout as pause } from 'node:timers/promises';
import type { ToolContext } from '../tool.ts';

interface FollowedRun {
  readonly id: string;
  readonly kind: string;
  readonly run_id: string;
  readonly state: string;
  readonly progress?: { readonly rows: number; readonly total: number | null };
  readonly [key: string]: unknown;
}

const UNENDED = new Set(['queued', 'running']);
const SHORTEST_MS = 100;
const LONGEST_MS = 1000;

/** A run as it is now, or when it has ended, at most so many seconds from now. Tells how far it is meanwhile. */
export async function followRun(
  { api, signal, progress }: ToolContext,
  path: string,
  seconds: number,
): Promise<FollowedRun> {
  const end = performance.now() + seconds * 1000;
  let wait = SHORTEST_MS;
  for (;;) {
    const run = await api.json<FollowedRun>('GET', path);
    if (!UNENDED.has(run.state) || performance.now() + wait > end) return run;
    progress(run.progress?.rows ?? 0, run.progress?.total ?? undefined, run.state);
    await pause(wait, undefined, { signal });
    wait = Math.min(wait * 2, LONGEST_MS);
  }
}
