import { createHash } from 'node:crypto';
import { ApiError } from '../../errors.ts';
import { BlobGone, type BlobStore } from '../../store/blobs/blob-store.ts';
import type { StoredPart } from '../../store/generation-jobs.ts';

/** Both ends are inclusive. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes of parts one after the other, or a range of them. Of parts that are read as a whole the last bytes are handed on only when all of
 * them are those that were made.
 * @throws ApiError part_missing, part_damaged
 */
export async function* bytesOfParts(
  blobs: BlobStore,
  workspaceId: string,
  parts: readonly StoredPart[],
  range?: ByteRange,
): AsyncGenerator<Uint8Array> {
  let first = 0;
  for (const part of parts) {
    const start = Math.max(0, (range?.start ?? 0) - first);
    const end = Math.min(part.bytes - 1, (range?.end ?? Number.POSITIVE_INFINITY) - first);
    first += part.bytes;
    if (part.bytes === 0 || start > end) continue;
    const isWhole = start === 0 && end === part.bytes - 1;
    yield* isWhole ? wholePart(blobs, workspaceId, part) : open(blobs, workspaceId, part, { start, end });
  }
}

/** The bytes of a part. @throws ApiError part_missing, part_damaged before the last of them is handed on */
export async function* wholePart(blobs: BlobStore, workspaceId: string, part: StoredPart): AsyncGenerator<Uint8Array> {
  const digest = createHash('sha256');
  let held: Uint8Array | undefined;
  for await (const chunk of open(blobs, workspaceId, part)) {
    if (held !== undefined) yield held;
    digest.update(chunk);
    held = chunk;
  }
  if (!digest.digest().equals(part.sha256)) {
    throw new ApiError(
      'part_damaged',
      `the bytes of part ${part.number} are not those that were made: submit the job again, the same seed gives them`,
    );
  }
  if (held !== undefined) yield held;
}

async function* open(
  blobs: BlobStore,
  workspaceId: string,
  { number, blobId }: StoredPart,
  range?: ByteRange,
): AsyncGenerator<Uint8Array> {
  try {
    yield* (await blobs.open(`${workspaceId}/${blobId}`, range)) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!(error instanceof BlobGone)) throw error;
    throw new ApiError(
      'part_missing',
      `part ${number} is not in the file store: submit the job again, the same seed gives its bytes`,
    );
  }
}
