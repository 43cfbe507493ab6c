import { openBlobs } from '../start-parts.ts';
import type { S3Settings } from '../store/blobs/s3-blobs.ts';
import { bad, type Finding, good } from './finding.ts';

const WHAT = 'file store';

/** Where files of workspaces are: the data directory, or a bucket. */
export async function lookAtFileStore(s3: S3Settings | undefined, dataDirectory: string): Promise<Finding> {
  if (s3 === undefined) return good(WHAT, 'in the data directory');
  try {
    await openBlobs(s3, dataDirectory);
    return good(WHAT, `the bucket ${s3.bucket}`);
  } catch (error) {
    return bad(WHAT, (error as Error).message, 'Check DATAMAKER_S3_BUCKET, its endpoint, region and keys.');
  }
}
