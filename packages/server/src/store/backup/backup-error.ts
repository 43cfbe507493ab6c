/** Why a backup cannot be made or restored. The code is stable; nothing has been changed. */
export class BackupError extends Error {
  readonly code: BackupErrorCode;
  /** What to do. */
  readonly hint: string;

  constructor(code: BackupErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'BackupError';
    this.code = code;
    this.hint = hint;
  }
}

/** Whoever gives a command meets them; docs/how-to/back-up-and-restore.md lists them. */
export const BACKUP_ERRORS = {
  no_data:
    'There is nothing in the data directory, or no DataMaker has used the database, so there is nothing to back up.',
  not_a_backup: 'The file is not a backup.',
  damaged_backup: 'The backup is torn or was changed: what is in it is not what was written.',
  unknown_backup_format: 'A newer DataMaker has written the backup, in a format that this one does not know.',
  newer_schema: 'The backup, or the database, has tables of a newer DataMaker.',
  not_empty: 'There is data of DataMaker where the backup should go, and `--replace` was not given.',
  database_in_use: 'A server is running on what would be replaced.',
  key_missing: 'The data directory has no file `secret`, without which the keys in the backup do not work.',
  key_differs: 'The file `secret` of the data directory is of another server than the backup.',
  master_key_missing: 'A master key that secrets in the backup are sealed under is not here.',
  blobs_missing: 'The bytes of a file of a workspace are gone, or are not those that were uploaded.',
  blobs_unavailable: 'The place of the files of workspaces, a folder or an object store, cannot be used.',
  database_failed: 'The database did not do what it was asked to; the message is its own.',
} as const;

export type BackupErrorCode = keyof typeof BACKUP_ERRORS;
