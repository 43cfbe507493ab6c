import type { ServerApi } from './server-api.ts';

/** A run as GET /runs/{id} has it. */
export interface RemoteRun {
  readonly id: string;
  readonly kind: string;
  readonly state: RunState;
  readonly params: Readonly<Record<string, unknown>>;
  readonly attempt: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly created_by: string;
  /** Where its log is; null: it writes none. */
  readonly logs_url?: string | null;
}

/** A run of a scenario, as it is answered where it is made. */
export interface RemoteScenarioRun extends RemoteRun {
  readonly run_id: string;
  readonly scenario_id: string;
  readonly scenario_version: number;
  /** What a dry run would have written; null: it was none, or has not ended. */
  readonly plan?: WritePlan | null;
  readonly logs_url: string;
}

export interface WritePlan {
  readonly writes: readonly {
    readonly action: string;
    readonly connection: { readonly name: string } | null;
    readonly target: string;
    readonly rows: number | null;
    readonly calls: number;
  }[];
  readonly more: number;
}

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'timeout' | 'lost';

export const hasEnded = ({ state }: Pick<RemoteRun, 'state'>): boolean => state !== 'queued' && state !== 'running';

/** @throws ServerError when there is none */
export const readRun = (api: ServerApi, id: string): Promise<RemoteRun> => api.json(`/runs/${encodeURIComponent(id)}`);
