import type { Spool } from '../../store/blobs/spool.ts';
import type { StoredValues } from '../../store/push-values.ts';
import type { Tenant } from '../../store/tenant.ts';
import { MadeValues } from './made-values.ts';

/** Where values of pushes are fetched from, and to. */
export interface ValuePlaces {
  readonly tenant: Tenant;
  readonly workspaceId: string;
  readonly spool: Spool;
}

/**
 * Fetches what programs made for the rows of a push.
 * @param from the row of the first value
 * @throws BlobGone, BlobsUnavailable
 */
export async function fetchValues(
  { tenant: { blobs }, workspaceId, spool }: ValuePlaces,
  { blobId, sha256 }: StoredValues,
  from: number,
): Promise<MadeValues> {
  if (blobs === undefined) throw new Error('there is no file store here');
  const bytes = await blobs.open(`${workspaceId}/${blobId}`);
  const file = await spool.write(bytes, () => undefined);
  try {
    if (!file.sha256.equals(sha256)) throw new Error(`the bytes of ${blobId} are not those that were kept`);
    return new MadeValues(file.path, from);
  } finally {
    // Whoever has opened it reads on.
    await spool.discard(file);
  }
}
