/** The DataMaker server. */
export { ERRORS, type ErrorCode } from './errors.ts';
export { type ModelSettings, readModelSettings } from './model/model-settings.ts';
export { StartError } from './start-error.ts';
export { type RunningServer, type ServerOptions, startServer } from './start-server.ts';
