/** A scenario in a list, and in `scenarios.json`. */
export interface ListedScenario {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly retry_on_crash: boolean;
  readonly timeout_seconds: number | null;
  readonly requirements: readonly string[];
  readonly requires_python: string | null;
  readonly problem: { readonly message: string; readonly line: number | null; readonly column: number | null } | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface RemoteScenario extends ListedScenario {
  readonly code: string;
}
