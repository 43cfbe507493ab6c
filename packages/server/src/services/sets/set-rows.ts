import { pump } from '@datamaker/engine/run';
import type { SetStore, StoredSet } from '../../store/sets.ts';
import { linesOfChunk } from './chunk-lines.ts';
import { planOfRecipe } from './recipe.ts';

/** Takes bytes that are valid until the promise settles. */
export type Take = (lines: Uint8Array) => Promise<void>;

/** Told how many rows have been taken, or are about to be. */
export type Delivered = (rows: number) => void;

/** Gives rows [from, to) of a set as lines of JSON, whole lines at a time, no faster than they are taken. */
export async function readSet(
  set: StoredSet,
  sets: SetStore,
  { from, to }: { readonly from: number; readonly to: number },
  take: Take,
  signal?: AbortSignal,
  delivered?: Delivered,
): Promise<void> {
  if (from >= to) return;
  if (set.isRecipe) {
    const told = {
      ...(signal === undefined ? {} : { signal }),
      ...(delivered === undefined ? {} : { onNext: delivered }),
    };
    const options = { format: { format: 'ndjson' as const }, from, to, ...told };
    await pump(await planOfRecipe(await sets.recipe(set)), options, take);
    return;
  }
  for (let row = from; row < to; ) {
    signal?.throwIfAborted();
    const chunk = await sets.chunkAt(set, row);
    if (chunk === undefined || chunk.firstRow + chunk.rows <= row) throw new Error(`set ${set.id} lacks row ${row}`);
    await take(await linesOfChunk(chunk, row, to));
    row = chunk.firstRow + chunk.rows;
    delivered?.(Math.min(row, to) - from);
  }
}

/** The rows of a set one by one, as JSON. */
export async function linesOfSet(set: StoredSet, sets: SetStore, line: (text: string) => void): Promise<void> {
  await readSet(set, sets, { from: 0, to: set.rows }, async (lines) => {
    const text = Buffer.from(lines.buffer, lines.byteOffset, lines.length).toString();
    for (const one of text.slice(0, -1).split('\n')) line(one);
  });
}
