import { sql } from 'kysely';
import { newId } from '../ids.ts';
import type { Store } from '../store/open-store.ts';

interface Column {
  readonly name: string;
  readonly type: string;
}
interface Table {
  readonly name: string;
  /** Those that a row cannot be without. */
  readonly needed: readonly Column[];
  readonly references: readonly {
    readonly to: string;
    readonly from: readonly string[];
    readonly target: readonly string[];
  }[];
  readonly checks: readonly string[];
}

/** What rules over several columns want. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  scenario_schedule: { paused: true },
  chat_turn: { state: 'done', ended_at: new Date() },
};

let rows = 0;

/** Tables with a column for the workspace, as the database has them: those that others refer to first. */
async function tablesWithWorkspace(store: Store): Promise<Table[]> {
  const { rows: found } = await sql<Table>`
    SELECT relname AS name,
           (SELECT coalesce(json_agg(json_build_object('name', attname, 'type', format_type(atttypid, NULL))), '[]')
              FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attnotnull
               AND NOT atthasdef AND attidentity = '') AS needed,
           (SELECT coalesce(json_agg(json_build_object('to', confrelid::regclass::text,
                     'from', (SELECT json_agg(attname ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS k(num, place)
                                JOIN pg_attribute ON attrelid = conrelid AND attnum = num),
                     'target', (SELECT json_agg(attname ORDER BY place) FROM unnest(confkey) WITH ORDINALITY AS k(num, place)
                                  JOIN pg_attribute ON attrelid = confrelid AND attnum = num))), '[]')
              FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'f') AS references,
           (SELECT coalesce(json_agg(pg_get_constraintdef(oid)), '[]')
              FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'c') AS checks
      FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'workspace_id' AND NOT attisdropped)
     ORDER BY relname`.execute(store);
  const left = new Set(found);
  const ordered: Table[] = [];
  while (left.size > 0) {
    const names = new Set([...left].map(({ name }) => name));
    const free = [...left].filter(({ name, references }) =>
      references.every(({ to }) => to === name || !names.has(to)),
    );
    if (free.length === 0) throw new Error(`tables refer to each other in a circle: ${[...names].join(', ')}`);
    for (const table of free) left.delete(table);
    ordered.push(...free);
  }
  return ordered;
}

/** The names of those tables. */
export const namesOfTables = async (store: Store): Promise<string[]> =>
  (await tablesWithWorkspace(store)).map(({ name }) => name).toSorted();

/**
 * Sees that there is a row of a workspace in every table that has rows of workspaces, also into those that nobody has thought of here: values that
 * their columns take.
 * @throws Error of the database where a table has rules that these break: say in `BESIDE` what it wants
 */
export async function fillWorkspace(store: Store, workspaceId: string): Promise<void> {
  for (const table of await tablesWithWorkspace(store)) {
    const known = await sql`
      SELECT FROM ${sql.table(table.name)} WHERE workspace_id = ${workspaceId} LIMIT 1`.execute(store);
    if (known.rows.length > 0) continue;
    const values = new Map(table.needed.map((column) => [column.name, valueFor(table, column)]));
    values.set('workspace_id', workspaceId);
    for (const [name, value] of Object.entries(BESIDE[table.name] ?? {})) values.set(name, value);
    for (const { to, from, target } of table.references) {
      if (to === 'workspace' || !from.every((name) => values.has(name))) continue;
      const { rows: found } = await sql<Record<string, unknown>>`
        SELECT ${sql.join(target.map((name) => sql.id(name)))} FROM ${sql.table(to)}
         ${to === 'master_key' ? sql`` : sql`WHERE workspace_id = ${workspaceId}`}
         ORDER BY ${sql.id(to === 'master_key' ? 'id' : (target.at(-1) ?? ''))} DESC LIMIT 1`.execute(store);
      from.forEach((name, index) => values.set(name, found[0]?.[target[index] ?? '']));
    }
    await sql`
      INSERT INTO ${sql.table(table.name)} (${sql.join([...values.keys()].map((name) => sql.id(name)))})
      VALUES (${sql.join([...values.values()])})`.execute(store);
  }
}

function valueFor({ name: table, checks }: Table, { name, type }: Column): unknown {
  // The first of those that a rule lists.
  const listed = checks.map((rule) => new RegExp(`\\(+${name} = ANY \\(ARRAY\\['([^']+)'`).exec(rule)?.[1]);
  const first = listed.find((value) => value !== undefined);
  if (first !== undefined) return first;
  const number = ++rows;
  if (name === 'id' && table === 'file_blob') return newId('blob');
  if (type === 'text') return `FILLED_${number}`;
  if (type === 'bytea') return Buffer.from(`filled ${number}`);
  if (type.startsWith('json')) return '{}';
  if (type.startsWith('timestamp')) return new Date();
  if (type === 'boolean') return false;
  return number;
}
