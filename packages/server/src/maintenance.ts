/**
 * What is done to the data of a server without starting one. It is apart from the server because the program loads all
 * that it imports, and routes, schemas and models are most of that.
 */
export { type BundleOptions, gatherBundle } from './doctor/bundle/gather-bundle.ts';
export { packBundle } from './doctor/bundle/pack-bundle.ts';
export { type ExamineOptions, examineHost } from './doctor/examine-host.ts';
export type { Finding } from './doctor/finding.ts';
export {
  type AddedWorkspace,
  addWorkspace,
  type CountedWorkspace,
  listWorkspaces,
  type OperatedWorkspace,
  removeWorkspace,
  setPlan,
} from './operate-workspaces.ts';
export { type Rotated, type RotateOptions, rotateSecrets } from './rotate-secrets.ts';
export { parsePlans } from './services/limits/plans.ts';
export { StartError } from './start-error.ts';
export { backUp } from './store/backup/back-up.ts';
export { BackupError, type BackupErrorCode } from './store/backup/backup-error.ts';
export type { Manifest } from './store/backup/manifest.ts';
export { type Restored, restore } from './store/backup/restore.ts';
