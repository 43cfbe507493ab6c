import type { RemoteRun } from './remote-run.ts';
import type { ServerApi } from './server-api.ts';
import { ServerError } from './server-error.ts';

/** Cancels a run. @returns it; undefined: it has ended by itself @throws ServerError */
export const cancelRun = (api: ServerApi, id: string): Promise<RemoteRun | undefined> =>
  api
    .json<RemoteRun>(`/runs/${encodeURIComponent(id)}/cancel`, { method: 'POST', body: {} })
    .catch((error: unknown) => {
      if (error instanceof ServerError && error.status === 409) return undefined;
      throw error;
    });
