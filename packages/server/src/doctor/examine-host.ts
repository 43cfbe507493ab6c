import { resolve } from 'node:path';
import type { S3Settings } from '../store/blobs/s3-blobs.ts';
import { bad, type Finding } from './finding.ts';
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
  /** The first key of the owner, where it is given. */
  readonly apiKey?: string;
  readonly s3?: S3Settings;
  /** Variables with the other settings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Looks at what a server needs on this host, one thing after the other; no fault of a thing ends it. It leaves all as it was. */
export async function* examineHost(options: ExamineOptions): AsyncGenerator<Finding> {
  const { host = '127.0.0.1', port = 3000, databaseUrl, s3, apiKey, environment } = options;
  const dataDirectory = resolve(options.dataDirectory ?? '.datamaker');
  const looks: readonly (readonly [what: string, look: () => Finding | Promise<Finding>])[] = [
    ['node', () => lookAtNode()],
    ['settings', () => lookAtSettings(environment, apiKey)],
    ['data directory', () => lookAtDataDirectory(dataDirectory)],
    ['database', () => lookAtDatabase(databaseUrl)],
    ['file store', () => lookAtFileStore(s3, dataDirectory)],
    ['port', () => lookAtPort(host, port)],
    ['python', () => lookAtPython()],
    ['sandbox', () => lookAtSandbox(dataDirectory)],
  ];
  for (const [what, look] of looks) {
    try {
      yield await look();
    } catch {
      // Its message is nobody's that has been looked through for secrets.
      yield bad(what, 'it could not be looked at', 'This is a fault of DataMaker: please report it.');
    }
  }
}
