import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What limits have been used up. Counters of the server, named by what they count for: no rows of a workspace, so that one
 * statement does for a request. Requests are counted in a table that is not logged: it is written for each of them, and starts anew
 * after a crash of the database.
 */
export const m0006: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE UNLOGGED TABLE request_bucket (
        name text PRIMARY KEY,
        level double precision NOT NULL,
        at double precision NOT NULL,
        taken boolean NOT NULL
      )`.execute(db);
    await sql`
      CREATE TABLE row_bucket (
        name text PRIMARY KEY,
        level double precision NOT NULL,
        at double precision NOT NULL,
        taken boolean NOT NULL
      )`.execute(db);
    // Rows that were taken from a bucket before they were made: what does not leave is given back.
    await sql`
      CREATE TABLE row_reservation (
        id text PRIMARY KEY,
        bucket text NOT NULL REFERENCES row_bucket ON DELETE CASCADE,
        reserved bigint NOT NULL,
        delivered bigint NOT NULL DEFAULT 0,
        lease_until timestamptz NOT NULL
      )`.execute(db);
    await sql`CREATE INDEX row_reservation_lease ON row_reservation (lease_until)`.execute(db);
  },
};
