import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the DataGen door keeps: its own keys, what keys have used, contracts, and how answers were made. */
export const m0002: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE datagen_key (
        id text PRIMARY KEY,
        hash bytea NOT NULL UNIQUE,
        display text NOT NULL,
        tier text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz
      )`.execute(db);
    // Who minted keys lately: a keyed hash of the network address, kept for an hour.
    await sql`
      CREATE TABLE datagen_mint (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        address bytea NOT NULL,
        minted_at timestamptz NOT NULL DEFAULT now()
      )`.execute(db);
    await sql`CREATE INDEX datagen_mint_of_address ON datagen_mint (address, minted_at)`.execute(db);
    // Of keys of both kinds, so without a reference to either; days are those of UTC.
    await sql`
      CREATE TABLE datagen_usage (
        key_id text NOT NULL,
        day date NOT NULL,
        calls integer NOT NULL,
        records bigint NOT NULL,
        PRIMARY KEY (key_id, day)
      )`.execute(db);
    await sql`
      CREATE TABLE datagen_contract (
        owner text NOT NULL,
        id text NOT NULL,
        hash text NOT NULL,
        document json NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (owner, id),
        UNIQUE (owner, hash)
      )`.execute(db);
    await sql`CREATE INDEX datagen_contract_expiry ON datagen_contract (expires_at)`.execute(db);
    // One row for each Idempotency-Key: what its answer is made from, once that is known.
    await sql`
      CREATE TABLE datagen_answer (
        key_id text NOT NULL,
        request_key bytea NOT NULL,
        request_hash bytea NOT NULL,
        claim uuid NOT NULL,
        recipe json,
        lease_until timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (key_id, request_key)
      )`.execute(db);
    await sql`CREATE INDEX datagen_answer_expiry ON datagen_answer (expires_at)`.execute(db);
  },
};
