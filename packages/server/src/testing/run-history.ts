import { sql } from 'kysely';
import type { Store } from '../store/open-store.ts';

const OVER: readonly string[] = ['done', 'failed', 'cancelled', 'timeout', 'lost'];

/** What the database itself saw of the states of runs. */
export interface RunHistory {
  /** The states that a run ended in, one after the other: one, if all is well. */
  endings(run: string): Promise<string[]>;
  /** Of some runs, those that have not ended. */
  open(runs: readonly string[]): Promise<string[]>;
  /** Runs that nobody holds though their lease ended so long ago. */
  stuck(seconds: number): Promise<string[]>;
  /** How long after the end of their lease the last of them was decided whose worker had gone away: seconds by the clock of the database. */
  latest(runs: readonly string[]): Promise<number>;
}

/** Has a database note each change of a run's state from now on. */
export async function keepHistory(store: Store): Promise<RunHistory> {
  await sql`CREATE TABLE IF NOT EXISTS run_history (run_id text, old text, new text, late interval)`.execute(store);
  await sql`
    CREATE OR REPLACE FUNCTION note_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      IF OLD.state IS DISTINCT FROM NEW.state THEN
        INSERT INTO run_history VALUES (NEW.id, OLD.state, NEW.state);
      END IF;
      IF OLD.state = 'running' AND OLD.token IS DISTINCT FROM NEW.token AND OLD.lease_until < clock_timestamp() THEN
        INSERT INTO run_history VALUES (NEW.id, 'running', 'decided', clock_timestamp() - OLD.lease_until);
      END IF; RETURN NEW; END $$`.execute(store);
  await sql`CREATE OR REPLACE TRIGGER note_state AFTER UPDATE ON run FOR EACH ROW EXECUTE FUNCTION note_state()`.execute(
    store,
  );
  return {
    endings: async (run) => {
      const { rows } = await sql<{ new: string }>`SELECT new FROM run_history WHERE run_id = ${run}`.execute(store);
      return rows.map((row) => row.new).filter((state) => OVER.includes(state));
    },
    open: async (runs) => {
      const { rows } = await sql<{ id: string }>`
        SELECT id FROM run WHERE id = ANY(${runs}) AND ended_at IS NULL`.execute(store);
      return rows.map(({ id }) => id);
    },
    latest: async (runs) => {
      const { rows } = await sql<{ seconds: number }>`
        SELECT coalesce(extract(epoch FROM max(late)), 0)::float8 AS seconds FROM run_history WHERE run_id = ANY(${runs})`.execute(
        store,
      );
      return rows[0]?.seconds ?? 0;
    },
    stuck: async (seconds) => {
      const { rows } = await sql<{ id: string }>`
        SELECT id FROM run WHERE state = 'running' AND lease_until < now() - make_interval(secs => ${seconds})`.execute(
        store,
      );
      return rows.map(({ id }) => id);
    },
  };
}
