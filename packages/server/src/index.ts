/** The DataMaker server. */
export { type AgentSettings, readAgentSettings } from './agent/agent-settings.ts';
export { ERRORS, type ErrorCode } from './errors.ts';
export { type ModelSettings, readModelSettings } from './model/model-settings.ts';
export { type LocalPrograms, openLocalPrograms } from './open-local-programs.ts';
export { readSettings } from './read-settings.ts';
export { type OidcSettings, readOidcSettings } from './security/oidc-settings.ts';
export type { Plan, Plans } from './services/limits/plans.ts';
export { StartError } from './start-error.ts';
export { type RunningServer, type ServerOptions, startServer } from './start-server.ts';
export type { S3Settings } from './store/blobs/s3-blobs.ts';
