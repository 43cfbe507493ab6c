import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { CommandError, type Problem } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { ServerError } from '../remote/server-error.ts';
import { readArchive } from './read-archive.ts';
import type { RemoteScenario } from './remote-scenario.ts';
import { INDEX, type IndexEntry, readIndex } from './scenario-index.ts';
import { writeFile } from './write-file.ts';

export interface PullOptions {
  readonly isDry: boolean;
  /** Writes also over what was edited here. */
  readonly isForced: boolean;
  /** Removes also files of scenarios that the server has no more. */
  readonly isPruned: boolean;
  readonly signal?: AbortSignal;
}

/** What becomes of a file. `gone`: the server has its scenario no more, and it stays. */
export interface PulledFile {
  readonly file: string;
  readonly action: 'added' | 'changed' | 'removed' | 'same' | 'gone';
}

/**
 * Makes a folder what GET /scenarios/export has in its archive, byte for byte. What was edited here since it was pulled is not written over.
 * @throws CommandError `edited`, and nothing is written
 */
export async function pull(api: ServerApi, folder: string, options: PullOptions): Promise<readonly PulledFile[]> {
  const { signal } = options;
  const answer = await api.open('/scenarios/export', { signal });
  const files = await readArchive(await buffer(answer.body as ReadableStream<Uint8Array<ArrayBuffer>>));
  const before = (await readIndex(folder)) ?? [];
  const now = JSON.parse((files.get(INDEX) as Buffer).toString()) as { scenarios: { id: string }[] };
  const ids = new Set(now.scenarios.map(({ id }) => id));
  const pulled: PulledFile[] = [];
  const touched: IndexEntry[] = [];
  for (const [file, bytes] of files) {
    if (file === INDEX) continue;
    const there = read(folder, file);
    const action = there === undefined ? 'added' : there.equals(bytes) ? 'same' : 'changed';
    pulled.push({ file, action });
    if (action === 'changed') touched.push(before.find((entry) => entry.file === file) ?? unknown(file));
  }
  for (const entry of before) {
    if (files.has(entry.file) || entry.id === undefined || read(folder, entry.file) === undefined) continue;
    // Its scenario has another name by now, or is gone.
    const isRemoved = ids.has(entry.id) || options.isPruned;
    pulled.push({ file: entry.file, action: isRemoved ? 'removed' : 'gone' });
    if (isRemoved) touched.push(entry);
  }
  if (!options.isForced) await refuseEdited(api, folder, touched, signal);
  if (options.isDry) return pulled;
  await explain(`${folder} could not be made`, () => mkdirSync(folder, { recursive: true }));
  for (const { file, action } of pulled) {
    if (action === 'added' || action === 'changed') await writeFile(join(folder, file), files.get(file) as Buffer);
    if (action === 'removed') await explain(`${file} could not be removed`, () => rmSync(join(folder, file)));
  }
  // The last: until then the index tells of what was there before.
  await writeFile(join(folder, INDEX), files.get(INDEX) as Buffer);
  return pulled;
}

const unknown = (file: string): IndexEntry => ({
  file,
  name: file,
  id: undefined,
  version: undefined,
  retryOnCrash: undefined,
  timeoutSeconds: undefined,
});

function read(folder: string, file: string): Buffer | undefined {
  const path = join(folder, file);
  return existsSync(path) ? explainRead(path) : undefined;
}

const explainRead = (path: string): Buffer => readFileSync(path);

/** A file that is as its version was when it was pulled holds nothing that is not kept. */
async function refuseEdited(
  api: ServerApi,
  folder: string,
  entries: readonly IndexEntry[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const problems: Problem[] = [];
  for (const { file, id, version } of entries) {
    const pulled = id === undefined || version === undefined ? undefined : await versionOf(api, id, version, signal);
    if (pulled !== undefined && read(folder, file)?.equals(Buffer.from(pulled.code))) continue;
    const message = 'it was edited here, and is another one on the server';
    problems.push({ code: 'edited', place: join(folder, file), message });
  }
  if (problems.length === 0) return;
  throw new CommandError(2, 'edited', 'nothing is pulled: that would lose what was edited here', {
    problems,
    hint: 'push it, put it aside, or say --force',
  });
}

/** A scenario as it was; undefined: there is none. */
export async function versionOf(
  api: ServerApi,
  id: string,
  version: number,
  signal?: AbortSignal,
): Promise<RemoteScenario | undefined> {
  return api.json<RemoteScenario>(`/scenarios/${id}@v${version}`, { signal }).catch((error: unknown) => {
    if (error instanceof ServerError && error.status === 404) return undefined;
    throw error;
  });
}
