import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { BlobGone, type BlobLook, type BlobStore, BlobsUnavailable } from './blob-store.ts';

/** Where an S3-compatible object store is. */
export interface S3Settings {
  readonly bucket: string;
  /** Such as `https://s3.example.org`; default: that of AWS for the region. Buckets are then steps of its paths. */
  readonly endpoint?: string;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Before the keys of all objects, such as `datamaker/`. */
  readonly prefix?: string;
  /** Default: what the SDK finds, in the environment or from the machine it runs on. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** A store that says nothing for so long, and takes nothing, is given up, in milliseconds; default: a minute. */
  readonly silence?: number;
}

const ATTEMPTS = 3;
const CONNECTING = 10_000;
const SILENCE = 60_000;

/** Keeps blobs as objects of a bucket. The SDK is loaded when it is first used. */
export class S3Blobs implements BlobStore {
  readonly #settings: S3Settings;
  #client: Promise<S3Client> | undefined;

  constructor(settings: S3Settings) {
    this.#settings = settings;
  }

  /**
   * Writes, reads and removes an object: what the rights must be for, no less and no more.
   * @throws BlobsUnavailable
   */
  async check(): Promise<void> {
    const { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } = await sdk();
    const client = await this.#connect();
    const place = this.#place(`check-${randomUUID()}`);
    try {
      await client.send(new PutObjectCommand({ ...place, Body: 'check' }));
      const { Body } = await client.send(new GetObjectCommand(place));
      await Body?.transformToString();
      await client.send(new DeleteObjectCommand(place));
    } catch (error) {
      unavailable(error);
    }
  }

  async put(key: string, path: string, bytes: number, sha256: Buffer): Promise<void> {
    const { PutObjectCommand } = await sdk();
    const client = await this.#connect();
    for (let attempt = 1; ; attempt++) {
      // The SDK cannot send a stream again: each attempt reads the file anew.
      const body = createReadStream(path);
      const command = new PutObjectCommand({
        ...this.#place(key),
        Body: body,
        ContentLength: bytes,
        ContentType: 'application/octet-stream',
        ChecksumSHA256: sha256.toString('base64'),
      });
      try {
        await client.send(command);
        break;
      } catch (error) {
        if (attempt === ATTEMPTS || !isTransient(error)) unavailable(error);
      } finally {
        // The SDK leaves a file open whose request it gives up.
        body.destroy();
      }
    }
    await rm(path, { force: true });
  }

  async open(key: string, range?: { readonly start: number; readonly end: number }): Promise<Readable> {
    const { GetObjectCommand } = await sdk();
    const client = await this.#connect();
    const Range = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
    try {
      const { Body } = await client.send(new GetObjectCommand({ ...this.#place(key), ...Range }));
      return Body as Readable;
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') throw new BlobGone(key);
      return unavailable(error);
    }
  }

  async look(key: string): Promise<BlobLook | undefined> {
    const { HeadObjectCommand } = await sdk();
    const client = await this.#connect();
    try {
      const head = await client.send(new HeadObjectCommand({ ...this.#place(key), ChecksumMode: 'ENABLED' }));
      const { ContentLength = 0, ChecksumSHA256: sum } = head;
      return { bytes: ContentLength, ...(sum === undefined ? {} : { sha256: Buffer.from(sum, 'base64') }) };
    } catch (error) {
      if ((error as Error).name === 'NotFound' || (error as Error).name === 'NoSuchKey') return undefined;
      return unavailable(error);
    }
  }

  async remove(key: string): Promise<void> {
    const { DeleteObjectCommand } = await sdk();
    const client = await this.#connect();
    await client.send(new DeleteObjectCommand(this.#place(key))).catch(unavailable);
  }

  /** A bucket has no folders. */
  async forget(): Promise<void> {}

  #place(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#settings.bucket, Key: (this.#settings.prefix ?? '') + key };
  }

  #connect(): Promise<S3Client> {
    this.#client ??= (async () => {
      const { S3Client } = await sdk();
      const { endpoint, region = 'us-east-1', credentials, silence = SILENCE } = this.#settings;
      return new S3Client({
        region,
        logger: SILENT,
        requestHandler: { connectionTimeout: CONNECTING, socketTimeout: silence },
        // Checksums that the SDK adds on its own are trailers, which not every server takes; ours is a header.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
        ...(credentials === undefined ? {} : { credentials }),
      });
    })();
    return this.#client;
  }
}

const nothing = (): void => undefined;
/** What goes wrong is in our log, once. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

const sdk = () => import('@aws-sdk/client-s3');

/** Whether another attempt may go better: there was no answer, or one that says so. */
function isTransient(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status === undefined || status >= 500 || status === 429;
}

function unavailable(error: unknown): never {
  throw new BlobsUnavailable(error);
}
