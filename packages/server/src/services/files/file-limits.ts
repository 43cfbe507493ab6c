import { ApiError } from '../../errors.ts';
import type { FileUsage } from '../../store/files.ts';
import type { Plan } from '../limits/plans.ts';

/** What a workspace may keep; null: as much as there is room. */
export type FileLimits = Pick<Plan, 'fileBytes' | 'storageBytes' | 'files'>;

/** Checks that a file fits beside what there is. @throws ApiError storage_quota_exceeded */
export function checkRoom(limits: FileLimits, usage: FileUsage, bytes: number): void {
  if (limits.files !== null && usage.files + 1 > limits.files) {
    throw full(`the workspace has ${usage.files} files, as many as its plan allows`);
  }
  checkBytes(limits, usage, bytes, 'the file has');
}

/** Checks that what programs made for a push fits beside what there is. @throws ApiError storage_quota_exceeded */
export const checkValues = (limits: FileLimits, usage: FileUsage, bytes: number): void =>
  checkBytes(limits, usage, bytes, 'what programs made for the push takes');

/** Checks that a part of a job fits beside what there is. @throws ApiError storage_quota_exceeded */
export const checkParts = (limits: FileLimits, usage: FileUsage, bytes: number): void =>
  checkBytes(limits, usage, bytes, 'a part of the job has');

/**
 * Checks that stored rows of a set fit beside what there is. Deleted sets can be restored: until they are purged they may come to
 * as much as all the rest, so that who deletes has room at once, and yet nobody keeps more than twice what is allowed.
 * @param usage without the set
 * @throws ApiError storage_quota_exceeded
 */
export function checkSet(limits: FileLimits, usage: FileUsage, bytes: number): void {
  checkBytes(limits, usage, bytes, 'the set has');
  if (limits.storageBytes === null || usage.bytes + usage.deleted + bytes <= 2 * limits.storageBytes) return;
  throw full(
    `deleted sets that can be restored still hold ${usage.deleted} bytes: there is room again as they are purged`,
  );
}

function checkBytes({ storageBytes }: FileLimits, usage: FileUsage, bytes: number, what: string): void {
  if (storageBytes === null || usage.bytes + bytes <= storageBytes) return;
  const left = Math.max(0, storageBytes - usage.bytes);
  throw full(`the files of the workspace have room for ${left} bytes more, and ${what} ${bytes}`);
}

/** Uploads under way may come to as much as files may: what is on the disk is at most twice what is allowed. */
export function checkUnderWay(limits: FileLimits, { writing }: FileUsage, bytes: number): void {
  if (limits.storageBytes === null || writing + bytes <= limits.storageBytes) return;
  throw full('too much is being uploaded to the workspace at once: wait for other uploads to end');
}

const full = (message: string): ApiError => new ApiError('storage_quota_exceeded', message);
