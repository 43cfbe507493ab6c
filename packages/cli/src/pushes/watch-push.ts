import { setTimeout as wait } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { hasEnded, type RemoteRun } from '../remote/remote-run.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { TableProgress } from '../seeding/table-progress.ts';

/** A push as GET /runs/{id} has it. */
export interface RemotePush extends RemoteRun {
  readonly progress: { readonly rows: number; readonly total: number };
  readonly result: {
    readonly written?: number;
    readonly skipped?: number;
    readonly failed?: number;
    readonly check?: { readonly ok: boolean | null; readonly message: string | null } | null;
  } | null;
}

const PAUSE_MS = 250;

/** Waits for the end of a push; on a terminal it shows how far it is. */
export async function watchPush(api: ServerApi, id: string, table: string, signal: AbortSignal): Promise<RemotePush> {
  const isShown = isatty(2);
  const progress = new TableProgress('pushed');
  try {
    for (;;) {
      const run = await api.json<RemotePush>(`/runs/${id}${isShown ? '' : '?wait=true'}`, { signal });
      const { rows, total } = run.progress;
      if (isShown && total > 0) progress.update(table, rows, total);
      if (hasEnded(run)) return run;
      if (isShown) await wait(PAUSE_MS, undefined, { signal });
    }
  } finally {
    progress.clear();
  }
}
