import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';
import { keepOutOfDeletedProjects } from './0005-people.ts';

/** Counters of projects: the number of each that was given last. */
export const m0021: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE counter (
        project_id text NOT NULL REFERENCES project,
        name text NOT NULL,
        workspace_id text NOT NULL REFERENCES workspace,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        value bigint NOT NULL CHECK (value BETWEEN 0 AND 9007199254740991),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (project_id, name)
      )`.execute(db);
    await sql`CREATE INDEX counter_of_workspace ON counter (workspace_id)`.execute(db);
    await guard(db, 'counter');
    await keepOutOfDeletedProjects(db, 'counter');
  },
};
