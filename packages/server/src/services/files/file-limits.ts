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
  if (limits.storageBytes !== null && usage.bytes + bytes > limits.storageBytes) {
    const left = Math.max(0, limits.storageBytes - usage.bytes);
    throw full(`the files of the workspace have room for ${left} bytes more, and the file has ${bytes}`);
  }
}

/** Uploads under way may come to as much as files may: what is on the disk is at most twice what is allowed. */
export function checkUnderWay(limits: FileLimits, { writing }: FileUsage, bytes: number): void {
  if (limits.storageBytes === null || writing + bytes <= limits.storageBytes) return;
  throw full('too much is being uploaded to the workspace at once: wait for other uploads to end');
}

const full = (message: string): ApiError => new ApiError('storage_quota_exceeded', message);
