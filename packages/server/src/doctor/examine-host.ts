import { resolve } from 'node:path';
import type { S3Settings } from '../store/blobs/s3-blobs.ts';
import type { Finding } from './finding.ts';
import { lookAtDataDirectory } from './look-at-data-directory.ts';
import { lookAtDatabase } from './look-at-database.ts';
import { lookAtFileStore } from './look-at-file-store.ts';
import { lookAtNode } from './look-at-node.ts';
import { lookAtPort } from './look-at-port.ts';
import { lookAtPython } from './look-at-python.ts';
import { lookAtSandbox } from './look-at-sandbox.ts';
import { lookAtSettings } from './look-at-settings.ts';

/** As a server would be started with. */
export interface ExamineOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 3000. */
  readonly port?: number;
  /** Default `.datamaker`. */
  readonly dataDirectory?: string;
  readonly databaseUrl?: string;
  readonly s3?: S3Settings;
  /** Variables with the other settings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Looks at what a server needs on this host, one thing after the other. It changes nothing, and no fault of a thing ends it. */
export async function* examineHost(options: ExamineOptions): AsyncGenerator<Finding> {
  const { host = '127.0.0.1', port = 3000, databaseUrl, s3 } = options;
  const dataDirectory = resolve(options.dataDirectory ?? '.datamaker');
  yield lookAtNode();
  yield lookAtSettings(options.environment);
  yield await lookAtDataDirectory(dataDirectory);
  yield await lookAtDatabase(databaseUrl);
  yield await lookAtFileStore(s3, dataDirectory);
  yield await lookAtPort(host, port);
  yield await lookAtPython();
  yield await lookAtSandbox(dataDirectory);
}
