import { BlobsUnavailable, isDiskFull } from '../../store/blobs/blob-store.ts';
import { PartTooMuch } from '../../store/job-parts.ts';
import type { RunError } from '../../store/run-table.ts';
import { failureOf } from '../runs/make-output.ts';
import { PART_TOO_LARGE } from './part-maker.ts';

/** What the file store kept of a part is not what was given to it. */
export class PartDamaged extends Error {}

/** Why a job cannot be made, whoever tries and however often; undefined: another attempt may go better. */
export function lastingFailureOf(error: unknown): RunError | undefined {
  if (error instanceof PartTooMuch) return { code: 'output_too_large', message: error.message };
  if (error instanceof Error && error.name === PART_TOO_LARGE) {
    return { code: 'output_too_large', message: `${error.message}: ask for fewer rows in a part (part_rows)` };
  }
  return failureOf(error);
}

/** What is told when no attempt went well. */
export function passingFailureOf(error: unknown): RunError {
  if (error instanceof PartDamaged) return { code: 'part_damaged', message: error.message };
  const known = isDiskFull(error) ? new BlobsUnavailable(error) : error;
  if (!(known instanceof BlobsUnavailable)) {
    return { code: 'internal_error', message: 'something went wrong in the server; quote the id of the run' };
  }
  if (!isRefused(known.cause)) return { code: 'unavailable', message: known.message };
  return {
    code: 'storage_refused',
    message: 'the object store refuses the credentials of the worker: have them mended, then let the job go on',
  };
}

/** Whether an object store has answered that it does not let us. */
function isRefused(cause: unknown): boolean {
  const status = (cause as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
  return status === 401 || status === 403;
}
