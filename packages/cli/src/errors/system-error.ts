import { CommandError, type FailureCode } from './command-error.ts';

/** An error of the operating system, as Node throws it. */
export type SystemError = Error & { code: string; syscall: string; path?: string };

interface Meaning {
  readonly exitCode: FailureCode;
  readonly code: string;
  readonly reason: string;
  readonly hint?: string;
}

/** errno(3) names a user can meet, in words. A path that was given wrongly is bad input (2), the rest is not (1). */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOENT: { exitCode: 2, code: 'file_not_found', reason: 'there is no such file or folder' },
  ENOTDIR: { exitCode: 2, code: 'not_a_folder', reason: 'a part of the path is a file, not a folder' },
  EISDIR: { exitCode: 2, code: 'is_a_folder', reason: 'it is a folder, not a file' },
  ENAMETOOLONG: { exitCode: 2, code: 'name_too_long', reason: 'the name is too long' },
  ELOOP: { exitCode: 2, code: 'link_loop', reason: 'its symbolic links lead in a circle' },
  EACCES: { exitCode: 1, code: 'permission_denied', reason: 'permission denied' },
  EPERM: { exitCode: 1, code: 'permission_denied', reason: 'the operation is not permitted' },
  EROFS: { exitCode: 1, code: 'read_only', reason: 'the file system is read-only' },
  ENOSPC: {
    exitCode: 1,
    code: 'disk_full',
    reason: 'no space left on the device',
    hint: 'free some space or choose another place with --out',
  },
  EDQUOT: {
    exitCode: 1,
    code: 'disk_full',
    reason: 'the disk quota is used up',
    hint: 'free some space or choose another place with --out',
  },
  EFBIG: {
    exitCode: 1,
    code: 'file_too_large',
    reason: 'the file would grow beyond the allowed size',
    hint: 'see `ulimit -f`, or write to another file system',
  },
  EIO: { exitCode: 1, code: 'io_error', reason: 'the device reported an error' },
  EMFILE: { exitCode: 1, code: 'too_many_files', reason: 'too many files are open' },
  ENXIO: { exitCode: 1, code: 'no_such_device', reason: 'there is no device or reader behind it' },
  EADDRINUSE: {
    exitCode: 1,
    code: 'port_in_use',
    reason: 'the port is in use',
    hint: 'choose another one with --port',
  },
};

export const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && 'code' in error && 'syscall' in error && typeof error.code === 'string';

/** A system error in words; `subject` says what could not be done (`out.csv could not be written`). */
export function translateSystemError(error: SystemError, subject?: string): CommandError {
  const what = subject ?? (error.path === undefined ? error.syscall : `${error.path}: ${error.syscall} failed`);
  const meaning = MEANINGS[error.code];
  if (meaning === undefined) return new CommandError(1, 'system_error', `${what}: ${error.message}`, { cause: error });
  return new CommandError(meaning.exitCode, meaning.code, `${what}: ${meaning.reason}`, {
    cause: error,
    ...(meaning.hint === undefined ? {} : { hint: meaning.hint }),
  });
}

/** Runs `action`; a system error in it is told as `<subject>: <reason>`. */
export async function explain<T>(subject: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw isSystemError(error) ? translateSystemError(error, subject) : error;
  }
}
