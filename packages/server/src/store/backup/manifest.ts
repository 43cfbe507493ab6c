import { z } from 'zod';

/** Rises when an older program could not read what a newer one writes. */
export const FORMAT_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const part = { bytes: count, sha256 };

/** What a backup says of itself, in its last parts. Members that this program does not know are no fault of it. */
export const manifestSchema = z.object({
  format: z.literal('datamaker-backup'),
  formatVersion: z.int().min(1),
  /** Of the program that wrote it. */
  productVersion: z.string(),
  /** Of the database's snapshot, RFC 3339 in UTC. */
  takenAt: z.iso.datetime(),
  /** Of the PostgreSQL that it was taken from. */
  postgresVersion: z.string(),
  /** What tells the server's secret from others without telling it; null: there was none where the backup was made. */
  keyFingerprint: z.string().nullable(),
  /** Ids of the master keys that data keys are wrapped with, which open the secrets; the keys themselves are not in it. */
  masterKeys: z.array(z.string().regex(/^mk_\w+$/)).default([]),
  /** Names of the migrations that the database has had, in order: the version of its tables. */
  migrations: z.array(z.string()).min(1),
  /** Rows as the text format of COPY has them, one part for each table. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1), rows: count, ...part })),
  /** Where columns that count have come to. */
  sequences: z.array(
    z.object({ table: z.string(), column: z.string(), last: z.string().regex(/^\d+$/), called: z.boolean() }),
  ),
  /** Bytes that rows only name, such as files of workspaces. */
  blobs: z.array(z.object({ name: z.string().min(1), ...part })),
});
export type Manifest = Readonly<z.infer<typeof manifestSchema>>;

/** Names of parts in the archive. */
export const MANIFEST = 'manifest.json';
/** One line as sha256sum(1) writes and checks it. */
export const MANIFEST_SUM = 'manifest.json.sha256';
export const partOfTable = (name: string): string => `tables/${name}.copy`;
export const partOfBlob = (name: string): string => `blobs/${name}`;
