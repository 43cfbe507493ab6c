import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

interface Named {
  readonly id: string;
  readonly url: string;
  readonly token_url: string | null;
  readonly service_url: string | null;
}

const GUARDED = ['connection', 'secret'];

/** Where connections may send a secret of people; at first where those lead that name it. */
export const m0031: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`ALTER TABLE secret ADD COLUMN hosts text[] NOT NULL DEFAULT '{}'`.execute(db);
    // The rows of all workspaces, whoever owns the tables.
    for (const table of GUARDED) await sql`ALTER TABLE ${sql.table(table)} NO FORCE ROW LEVEL SECURITY`.execute(db);
    const { rows } = await sql<Named>`
      SELECT secret.id, config ->> 'url' AS url, config -> 'auth' ->> 'token_url' AS token_url,
             config -> 'auth' ->> 'service_url' AS service_url
        FROM connection JOIN secret ON secret.id = secret_ref AND secret.workspace_id = connection.workspace_id
       WHERE secret.kind = 'user' AND coalesce(secret.project_id, connection.project_id) = connection.project_id
       ORDER BY connection.ordinal`.execute(db);
    const hosts = new Map<string, Set<string>>();
    for (const { id, url, token_url, service_url } of rows) {
      const known = hosts.get(id) ?? new Set();
      for (const text of [url, token_url, service_url]) for (const host of hostsOf(text ?? '')) known.add(host);
      hosts.set(id, known);
    }
    for (const [id, known] of hosts) {
      await sql`UPDATE secret SET hosts = ${[...known]} WHERE id = ${id}`.execute(db);
    }
    for (const table of GUARDED) await sql`ALTER TABLE ${sql.table(table)} FORCE ROW LEVEL SECURITY`.execute(db);
  },
};

const PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** The hosts of a URL as it was kept: without user and password, in ASCII, and of a database with its port. A path alone has none. */
function hostsOf(url: string): string[] {
  const [, scheme = '', list = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)/i.exec(url) ?? [];
  return list.split(',').flatMap((text) => {
    const [, host = '', port = PORTS[scheme.toLowerCase()]] = /^(\[[^\]]+\]|[^:[\]]+)(?::(\d+))?$/.exec(text) ?? [];
    const name = unmapped(URL.parse(`http://${host}/`)?.hostname.replace(/\.$/, ''));
    return name === undefined || name === '' ? [] : [`${name}${port === undefined ? '' : `:${port}`}`];
  });
}

/** An IPv4 address within an IPv6 one is itself: URLs write `::ffff:10.0.0.1` as `[::ffff:a00:1]`. */
function unmapped(host: string | undefined): string | undefined {
  const groups = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host ?? '')?.slice(1);
  return (
    groups?.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join('.') ?? host
  );
}
