import { ApiError } from '../../errors.ts';
import type { FileUsage } from '../../store/files.ts';
import limits from './data/file-limits.json' with { type: 'json' };

/** What a workspace may keep; null: as much as there is room. */
export interface FileLimits {
  /** Of one file. */
  readonly fileBytes: number;
  readonly totalBytes: number | null;
  readonly files: number | null;
}

/** The limits of a plan; of an unknown one, the narrowest. @param fileBytes the server's setting, in place of the plan's */
export function limitsOf(plan: string, fileBytes: number | undefined): FileLimits {
  const found: FileLimits = Object.hasOwn(limits, plan) ? limits[plan as keyof typeof limits] : limits.free;
  return fileBytes === undefined ? found : { ...found, fileBytes };
}

/** Checks that a file fits beside what there is. @throws ApiError storage_quota_exceeded */
export function checkRoom(limits: FileLimits, usage: FileUsage, bytes: number): void {
  if (limits.files !== null && usage.files + 1 > limits.files) {
    throw full(`the workspace has ${usage.files} files, as many as its plan allows`);
  }
  if (limits.totalBytes !== null && usage.bytes + bytes > limits.totalBytes) {
    const left = Math.max(0, limits.totalBytes - usage.bytes);
    throw full(`the files of the workspace have room for ${left} bytes more, and the file has ${bytes}`);
  }
}

/** Uploads under way may come to as much as files may: what is on the disk is at most twice what is allowed. */
export function checkUnderWay(limits: FileLimits, { writing }: FileUsage, bytes: number): void {
  if (limits.totalBytes === null || writing + bytes <= limits.totalBytes) return;
  throw full('too much is being uploaded to the workspace at once: wait for other uploads to end');
}

const full = (message: string): ApiError => new ApiError('storage_quota_exceeded', message);
