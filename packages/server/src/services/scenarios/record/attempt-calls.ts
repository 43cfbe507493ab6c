import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore } from '../../../store/blobs/blob-store.ts';
import type { Spool } from '../../../store/blobs/spool.ts';
import { beginOutput, type HeldRun } from '../../../store/run-leases.ts';
import { findRecord, keepRecord } from '../../../store/run-records.ts';
import type { RunError, ScenarioRecipe } from '../../../store/run-table.ts';
import type { Tenant } from '../../../store/tenant.ts';
import type { Between } from '../broker/open-run-broker.ts';
import type { RecordHead } from './record-format.ts';

/** What an attempt asks, and who answers it: the API, which is written down, or what was written down before. */
export interface AttemptCalls {
  /** What the script is told of its run; of a replay that of the run before. */
  readonly head: RecordHead;
  readonly between: Between;
  /** Aborted with a `RunError` when nothing true can be answered any more. */
  readonly halted: AbortSignal;
  /** To be called when the script asks nothing any more. @returns what there is to be seen of it */
  close(): Promise<Readonly<Record<string, unknown>>>;
}

interface Places {
  readonly tenant: Tenant;
  readonly blobs: BlobStore;
  readonly spool: Spool;
  readonly onError: (error: unknown, what: string) => void;
}

/** What a run was to be made again from is not kept any more. */
export class RecordGone extends Error {}

/**
 * Opens what stands between the script of an attempt and the API.
 * @param folder of the attempt, which the script does not see
 * @param sensitive names of fields whose values are not to be seen
 * @throws RecordGone
 */
export async function openCalls(
  run: HeldRun,
  places: Places,
  folder: string,
  sensitive: readonly string[],
): Promise<AttemptCalls> {
  const recipe = run.recipe as ScenarioRecipe;
  const path = join(folder, 'record');
  const head: RecordHead = {
    format: 1,
    runId: run.id,
    scenarioId: run.subjectId,
    version: recipe.version,
    params: recipe.given,
    seed: recipe.seed ?? run.id,
    attempt: run.attempt,
    timeoutSeconds: recipe.timeoutSeconds,
  };
  if (recipe.replayOf !== undefined) return replaying(recipe.replayOf, run, places, path);
  if (recipe.isDry === true) return dry(head, sensitive);
  return recording(run, places, path, head);
}

async function recording(run: HeldRun, places: Places, path: string, head: RecordHead): Promise<AttemptCalls> {
  const { Recorder } = await import('./recorder.ts');
  const recorder = new Recorder(path, head);
  let closing: Promise<Readonly<Record<string, unknown>>> | undefined;
  const keep = async (): Promise<Readonly<Record<string, unknown>>> => {
    const recorded = await recorder.finish();
    try {
      const bytes = await store(run, places, path, recorded);
      return { record: { ...recorded, bytes } };
    } catch (error) {
      places.onError(error, `the record of run ${run.id} was not kept`);
      return { record: { calls: recorded.calls, incomplete: 'it could not be kept', bytes: 0 } };
    } finally {
      await rm(path, { force: true });
    }
  };
  return {
    head,
    between: recorder.around,
    halted: new AbortController().signal,
    close: () => (closing ??= keep()),
  };
}

/** @returns how many bytes it has */
async function store(
  { id: runId, workspaceId, token }: HeldRun,
  { tenant, blobs, spool }: Places,
  path: string,
  recorded: { readonly calls: number; readonly incomplete: string | null },
): Promise<number> {
  const file = await spool.write(createReadStream(path), () => undefined);
  try {
    const blobId = await beginOutput(tenant, workspaceId);
    const { bytes, sha256 } = file;
    await blobs.put(`${workspaceId}/${blobId}`, file.path, bytes, sha256);
    // Where somebody else writes the log by now, the bytes are swept away as of an upload that nobody has finished.
    await keepRecord(tenant, { runId, workspaceId, token }, { ...recorded, blobId, bytes, sha256 });
    return bytes;
  } finally {
    await spool.discard(file);
  }
}

async function replaying(runId: string, run: HeldRun, { tenant, blobs }: Places, path: string): Promise<AttemptCalls> {
  const { Replay } = await import('./replay.ts');
  const record = await findRecord(tenant, runId);
  if (record === undefined) throw new RecordGone(`the record of ${runId} is no longer kept`);
  const replay = await Replay.open(await blobs.open(`${run.workspaceId}/${record.blobId}`), path);
  const halt = new AbortController();
  return {
    head: replay.head,
    between: (_, log) =>
      replay.handler(log.tell, (why: RunError) => {
        if (!halt.signal.aborted) halt.abort(why);
      }),
    halted: halt.signal,
    close: async () => ({ replay: replay.facts }),
  };
}

async function dry(head: RecordHead, sensitive: readonly string[]): Promise<AttemptCalls> {
  const { DryRun } = await import('../dry-run/dry-run.ts');
  const run = new DryRun(sensitive);
  return {
    head,
    between: run.around,
    halted: new AbortController().signal,
    close: async () => ({ plan: run.plan }),
  };
}
