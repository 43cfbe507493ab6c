import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../errors/command-error.ts';
import type { ServerApi } from '../remote/server-api.ts';
import type { PlannedPush, PushAction, PushOptions } from './plan-push.ts';
import type { RemoteScenario } from './remote-scenario.ts';
import { INDEX } from './scenario-index.ts';
import { writeFile } from './write-file.ts';

export interface PushedFile {
  readonly file: string;
  readonly action: PushAction;
  readonly id: string | null;
  readonly version: number | null;
}

export const shownPush = ({ entry, action, remote }: PlannedPush): PushedFile => ({
  file: entry.file,
  action,
  id: remote?.id ?? null,
  version: remote?.version ?? null,
});

/**
 * Pushes what was planned, and notes in the index what the server has now. What somebody else changes in between is not replaced.
 * @throws CommandError when one of them could not be pushed; the index tells of those before it
 */
export async function push(
  api: ServerApi,
  folder: string,
  pushes: readonly PlannedPush[],
  options: PushOptions,
): Promise<readonly PushedFile[]> {
  const pushed: PushedFile[] = [];
  const saved = new Map<string, RemoteScenario>();
  try {
    for (const planned of pushes) {
      const { entry, action, remote } = planned;
      const now = action === 'create' || action === 'update' ? await save(api, planned, options) : remote;
      if (now !== undefined && action !== 'behind') saved.set(entry.file, now);
      pushed.push({ file: entry.file, action, id: now?.id ?? null, version: now?.version ?? null });
    }
  } catch (error) {
    const changed = pushed.filter(({ action }) => action === 'create' || action === 'update');
    if (!(error instanceof CommandError) || changed.length === 0) throw error;
    const names = changed.map(({ file }) => file).join(', ');
    throw new CommandError(error.exitCode, error.code, `${pushes[pushed.length]?.entry.file}: ${error.message}`, {
      problems: error.problems,
      hint: `pushed before it: ${names}`,
      cause: error,
    });
  } finally {
    await note(folder, saved);
  }
  return pushed;
}

function save(
  api: ServerApi,
  { entry, code, remote }: PlannedPush,
  { isForced, isUnchecked, signal }: PushOptions,
): Promise<RemoteScenario> {
  const { name, retryOnCrash, timeoutSeconds } = entry;
  const body = {
    name,
    code,
    ...(retryOnCrash === undefined ? {} : { retry_on_crash: retryOnCrash }),
    ...(timeoutSeconds === undefined ? {} : { timeout_seconds: timeoutSeconds }),
  };
  const query = isUnchecked ? '?force=true' : '';
  if (remote === undefined) return api.json(`/scenarios${query}`, { method: 'POST', body, signal });
  const headers = isForced ? {} : { 'if-match': `"${remote.id}@v${remote.version}"` };
  return api.json(`/scenarios/${remote.id}${query}`, { method: 'PUT', body, headers, signal });
}

/** What the index has of a scenario beside its file is what the server says. */
async function note(folder: string, saved: ReadonlyMap<string, RemoteScenario>): Promise<void> {
  const path = join(folder, INDEX);
  const document = JSON.parse(readFileSync(path, 'utf8')) as { scenarios: { file: string }[] };
  const scenarios = document.scenarios.map((one) => {
    const now = saved.get(one.file);
    if (now === undefined) return one;
    const { code: _, ...listed } = now;
    return { ...one, ...listed };
  });
  const text = `${JSON.stringify({ ...document, scenarios }, undefined, 2)}\n`;
  if (text !== readFileSync(path, 'utf8')) await writeFile(path, Buffer.from(text));
}
