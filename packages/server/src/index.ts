/** The DataMaker server. */
export { ERRORS, type ErrorCode } from './errors.ts';
export { StartError } from './start-error.ts';
export { type RunningServer, type ServerOptions, startServer } from './start-server.ts';
export type { S3Settings } from './store/blobs/s3-blobs.ts';
