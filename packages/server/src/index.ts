/** The DataMaker server. */
export { ERRORS, type ErrorCode } from './errors.ts';
export { type ModelSettings, readModelSettings } from './model/model-settings.ts';
export { readSettings } from './read-settings.ts';
export { type Rotated, type RotateOptions, rotateSecrets } from './rotate-secrets.ts';
export { type OidcSettings, readOidcSettings } from './security/oidc-settings.ts';
export type { Plan, Plans } from './services/limits/plans.ts';
export { StartError } from './start-error.ts';
export { type RunningServer, type ServerOptions, startServer } from './start-server.ts';
export { backUp } from './store/backup/back-up.ts';
export { BackupError, type BackupErrorCode } from './store/backup/backup-error.ts';
export type { Manifest } from './store/backup/manifest.ts';
export { type Restored, restore } from './store/backup/restore.ts';
export type { S3Settings } from './store/blobs/s3-blobs.ts';
