import type pg from 'pg';

/**
 * Has values written and read the same everywhere, whatever the settings of the database, as pg_dump does. Nothing that is
 * set for clients may end a long copy.
 */
export async function literalsAsEverywhere(client: pg.Client): Promise<void> {
  await client.query(`
    SET client_encoding = 'UTF8';
    SET DateStyle = 'ISO, YMD';
    SET IntervalStyle = 'postgres';
    SET TimeZone = 'UTC';
    SET extra_float_digits = 3;
    SET bytea_output = 'hex';
    SET search_path = public;
    SET statement_timeout = 0;
    SET idle_in_transaction_session_timeout = 0;
    SET lock_timeout = '60s'`);
}
