/** The DataMaker server. */
export { ERRORS, type ErrorCode } from './errors.ts';
export { type OidcSettings, readOidcSettings } from './security/oidc-settings.ts';
export { StartError } from './start-error.ts';
export { type RunningServer, type ServerOptions, startServer } from './start-server.ts';
