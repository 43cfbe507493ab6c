import { newId } from '../../ids.ts';
import { BlobGone, type BlobStore } from '../../store/blobs/blob-store.ts';
import type { Spool } from '../../store/blobs/spool.ts';
import type { Store } from '../../store/open-store.ts';
import { lastServer } from '../../store/workers.ts';

/** The workspace of nobody. */
const NOBODY = `ws_${'0'.repeat(20)}`;

/**
 * The name of something in the file store of a server that is in no other: who finds it has the same one.
 * @throws BlobsUnavailable
 */
export async function markFiles(store: Store, blobs: BlobStore, spool: Spool): Promise<string> {
  const last = await lastServer(store);
  if (last !== undefined && (await hasMarker(blobs, last.file_marker))) return last.file_marker;
  const key = `${NOBODY}/${newId('blob')}`;
  const file = await spool.fill((take) => take(Buffer.from('The file store of a DataMaker server.\n')));
  await blobs.put(key, file.path, file.bytes, file.sha256).finally(() => spool.discard(file));
  return key;
}

/** @throws BlobsUnavailable */
export async function hasMarker(blobs: BlobStore, key: string): Promise<boolean> {
  if (key === '') return false;
  try {
    const stream = await blobs.open(key);
    stream.destroy();
    return true;
  } catch (error) {
    if (error instanceof BlobGone) return false;
    throw error;
  }
}
