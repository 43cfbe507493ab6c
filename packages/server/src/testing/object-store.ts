import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { S3Settings } from '../store/blobs/s3-blobs.ts';
import { removeFolder, temporaryFolder } from './servers.ts';

/** What we use of s3rver, which has no types: it speaks S3 over HTTP and checks signatures. */
interface S3rver {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}
type S3rverOptions = {
  readonly address: string;
  readonly port: number;
  readonly silent: boolean;
  readonly directory: string;
  readonly configureBuckets: readonly { readonly name: string }[];
};
const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as new (options: S3rverOptions) => S3rver;

/** An object store with an empty bucket. */
export interface ObjectStore {
  readonly settings: S3Settings;
  /** The keys of all objects, but for the one that the server marks its store with. */
  keys(): readonly string[];
  /** Stops it, and starts it again at the same place. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const BUCKET = 'files';

/** Starts an object store on a free port. */
export async function startObjectStore(): Promise<ObjectStore> {
  const directory = temporaryFolder();
  const options = { address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: BUCKET }] };
  let server = new S3rver({ ...options, port: 0 });
  const { port } = await server.run();
  return {
    settings: {
      bucket: BUCKET,
      endpoint: `http://127.0.0.1:${port}`,
      prefix: 'test/',
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    },
    keys: () =>
      globSync(`${BUCKET}/**/*._S3rver_object`, { cwd: directory })
        .map((path) => path.slice(BUCKET.length + 1).replace('._S3rver_object', ''))
        .filter((key) => !key.includes('/ws_000000')),
    stop: () => server.close(),
    start: async () => {
      server = new S3rver({ ...options, port });
      await server.run();
    },
    close: async () => {
      await server.close();
      removeFolder(directory);
    },
  };
}
