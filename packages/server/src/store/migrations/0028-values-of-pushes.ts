import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What programs made for the rows of a push, so that these are the same whenever they are made. */
export const m0028: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // Bytes are in the file store; here is only where.
    await sql`
      ALTER TABLE push_receipt
        ADD COLUMN values_blob_id text UNIQUE REFERENCES file_blob,
        ADD COLUMN values_bytes bigint,
        ADD COLUMN values_sha256 bytea,
        ADD CHECK (num_nulls(values_blob_id, values_bytes, values_sha256) IN (0, 3))`.execute(db);
  },
};
