import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../errors/command-error.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { versionOf } from './pull.ts';
import type { RemoteScenario } from './remote-scenario.ts';
import type { IndexEntry } from './scenario-index.ts';

/** `behind`: nothing was changed here, and something there. */
export type PushAction = 'create' | 'update' | 'same' | 'behind';

export interface PlannedPush {
  readonly entry: IndexEntry;
  readonly action: PushAction;
  readonly code: string;
  /** As it is on the server; undefined: not yet. */
  readonly remote: RemoteScenario | undefined;
}

export interface PushPlan {
  readonly pushes: readonly PlannedPush[];
  /** Why nothing may be pushed. */
  readonly problems: readonly Problem[];
}

interface Validation {
  readonly diagnostics: readonly { readonly code: string; readonly message: string; readonly hint?: string }[];
}

export interface PushOptions {
  /** Replaces also what others have changed meanwhile. */
  readonly isForced: boolean;
  /** Saves also code in which something is wrong. */
  readonly isUnchecked: boolean;
  readonly signal?: AbortSignal;
}

/** Looks at all that is to be pushed, before any of it is. */
export async function planPush(
  api: ServerApi,
  folder: string,
  entries: readonly IndexEntry[],
  { isForced, isUnchecked, signal }: PushOptions,
): Promise<PushPlan> {
  const { scenarios } = await api.json<{ scenarios: RemoteScenario[] }>('/scenarios/export?format=json', { signal });
  const remotes = new Map(scenarios.map((one) => [one.id, one]));
  const pushes: PlannedPush[] = [];
  const problems: Problem[] = [];
  for (const entry of entries) {
    const place = join(folder, entry.file);
    const problem = (code: string, message: string, hint?: string): void => {
      problems.push({ code, place, message, ...(hint === undefined ? {} : { hint }) });
    };
    const code = readCode(place);
    if (typeof code !== 'string') {
      problem(code.code, code.message);
      continue;
    }
    const remote = entry.id === undefined ? undefined : remotes.get(entry.id);
    if (entry.id !== undefined && remote === undefined) {
      problem('gone', `the project has no scenario ${entry.id}`, 'take its id out of scenarios.json to create it anew');
      continue;
    }
    let action: PushAction = remote === undefined ? 'create' : isSame(entry, code, remote) ? 'same' : 'update';
    if (action === 'update' && remote !== undefined && !isForced && remote.version !== entry.version) {
      const base = entry.version === undefined ? undefined : await versionOf(api, remote.id, entry.version, signal);
      if (base !== undefined && isSame(entry, code, base)) {
        action = 'behind';
      } else {
        const known =
          entry.version === undefined ? 'no version is known here' : `version ${entry.version} is known here`;
        problem('version_conflict', `it is at version ${remote.version} by now, and ${known}`, 'pull, or say --force');
        continue;
      }
    }
    if ((action === 'create' || action === 'update') && code !== remote?.code && !isUnchecked) {
      const { diagnostics } = await api.json<Validation>('/scenarios/validate', {
        method: 'POST',
        body: { code },
        once: true,
        signal,
      });
      for (const { code: what, message, hint } of diagnostics) problem(what, message, hint);
    }
    pushes.push({ entry, action, code, remote });
  }
  return { pushes, problems };
}

function readCode(path: string): string | { readonly code: string; readonly message: string } {
  if (!existsSync(path)) return { code: 'file_not_found', message: 'there is no such file' };
  const bytes = readFileSync(path);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { code: 'invalid_utf8', message: 'it is no UTF-8' };
  }
}

/** What an entry leaves out is as it is. */
const isSame = (
  { name, retryOnCrash, timeoutSeconds }: IndexEntry,
  code: string,
  remote: Pick<RemoteScenario, 'name' | 'code' | 'retry_on_crash' | 'timeout_seconds'>,
): boolean =>
  code === remote.code &&
  name === remote.name &&
  (retryOnCrash === undefined || retryOnCrash === remote.retry_on_crash) &&
  (timeoutSeconds === undefined || timeoutSeconds === remote.timeout_seconds);
