import type { Client } from 'pg';

/** Workspaces beside the big one, with entries between its own. */
const OTHERS = 200;
const SHARE_OF_OTHERS = 0.2;
const PEOPLE = 40;

/** What the entries of the big workspace are like, for filters. */
export interface AuditEntries {
  /** Somebody who did every second thing, and somebody who did one in ten thousand. */
  readonly busy: string;
  readonly rare: string;
  /** The first and the last time. */
  readonly first: Date;
  readonly last: Date;
}

/** Of every ten thousand acts six thousand are changes, one is of the workspace. */
const ACTION_OF_I = `CASE width_bucket(i * 0.7548776662 % 1, ARRAY[0.6, 0.8, 0.95, 0.9989, 0.9999])
              WHEN 0 THEN 'template.changed' WHEN 1 THEN 'template.created' WHEN 2 THEN 'template.deleted'
              WHEN 3 THEN 'key.created' WHEN 4 THEN 'person.removed' ELSE 'workspace.changed' END`;

/**
 * Writes entries into the audit of the first workspace, and a fifth as many of others between them: one each second, so that
 * order and time agree as they do in life.
 */
export async function addAuditEntries(client: Client, entries: number): Promise<AuditEntries> {
  await client.query('BEGIN');
  const big = (await client.query<{ id: string }>('SELECT id FROM workspace ORDER BY created_at LIMIT 1')).rows[0]?.id;
  await client.query(
    `INSERT INTO workspace (id, name) SELECT 'ws_bench' || i, 'Other ' || i FROM generate_series(1, $1::int) AS i`,
    [OTHERS],
  );
  // Fractions of products of i are as good as drawn, and the same in every run.
  await client.query(
    `INSERT INTO audit_entry (id, workspace_id, at, person_id, credential_id, action, subject_id, details, request_id)
     SELECT 'aud_bench' || i,
            CASE WHEN i % $4::int = 0 THEN 'ws_bench' || (1 + i / $4::int % $3::int) ELSE $2 END,
            now() - make_interval(secs => $1::int - i),
            CASE WHEN i % 10007 = 0 THEN 'usr_rare' WHEN i % 2 = 0 THEN 'usr_busy' ELSE 'usr_' || (i * 0.618034 % 1 * $5::int)::int END,
            'key_bench' || i % 100,
            ${ACTION_OF_I},
            'tmpl_bench' || i % 5000,
            '{"version": 3, "imported": true}',
            'req_bench' || i
       FROM generate_series(1, $1::int) AS i`,
    [Math.round(entries / (1 - SHARE_OF_OTHERS)), big, OTHERS, Math.round(1 / SHARE_OF_OTHERS), PEOPLE],
  );
  await client.query('COMMIT');
  // As PostgreSQL does by itself in the time that so many take to come.
  await client.query('VACUUM (ANALYZE) audit_entry');
  const { rows } = await client.query<{ first: Date; last: Date }>(
    'SELECT min(at) AS first, max(at) AS last FROM audit_entry WHERE workspace_id = $1',
    [big],
  );
  return { busy: 'usr_busy', rare: 'usr_rare', ...(rows[0] as { first: Date; last: Date }) };
}
