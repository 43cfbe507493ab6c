import { join } from 'node:path';
import { Outbound } from './outbound.ts';
import { StartError } from './start-error.ts';
import type { BlobStore } from './store/blobs/blob-store.ts';
import { LocalBlobs } from './store/blobs/local-blobs.ts';
import { S3Blobs, type S3Settings } from './store/blobs/s3-blobs.ts';
import type { openStore, Store, StoreLocation } from './store/open-store.ts';
import { StoreError } from './store/store-error.ts';

// What servers and workers open alike when they start.

/** @throws StartError when a range is none */
export function openOutbound(ranges: readonly string[] = []): Outbound {
  try {
    return new Outbound(ranges);
  } catch (error) {
    throw new StartError(`DATAMAKER_ALLOW_PRIVATE_TARGETS cannot be used: ${(error as Error).message}`);
  }
}

/** @throws StartError when the object store does not answer: nobody should find out by losing an upload */
export async function openBlobs(s3: S3Settings | undefined, dataDirectory: string): Promise<BlobStore> {
  if (s3 === undefined) return new LocalBlobs(join(dataDirectory, 'files'));
  const blobs = new S3Blobs(s3);
  await blobs.check().catch((error: Error) => {
    const { name, message } = (error.cause ?? error) as Error;
    throw new StartError(
      `The bucket ${JSON.stringify(s3.bucket)} of the object store cannot be used: ${message || name}`,
    );
  });
  return blobs;
}

/** @throws StartError */
export async function openDatabase(
  location: StoreLocation,
  openIt: typeof openStore,
  log: (line: string) => void,
): Promise<Store> {
  try {
    return await openIt(location, (error) => log(`a database connection broke: ${error.message}`));
  } catch (error) {
    const which = 'url' in location ? 'of DATABASE_URL' : 'in the data directory';
    const code = error instanceof StoreError ? error.code : undefined;
    throw new StartError(`The database ${which} cannot be used: ${(error as Error).message}`, code);
  }
}
