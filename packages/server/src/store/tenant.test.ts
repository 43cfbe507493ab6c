import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { tries } from '../testing/tries.ts';
import { connect, openStore, type Store } from './open-store.ts';
import { tenantOf } from './tenant.ts';

/** By these it is found out whose a request is: all of them is there until a transaction names a workspace. */
const DOORS = ['api_key', 'invite', 'person', 'project', 'session'];
const ROUNDS = tries(1000, 10_000);
const POOL = 10;

const USERS = [
  ['a superuser, who steps down', undefined],
  ['an ordinary owner', 'ordinary'],
] as const;

describe.each(USERS)('the wall between workspaces, for %s', (_, owner) => {
  let postgres: ExternalPostgres;
  /** As the server works on it. */
  let store: Store;
  /** As whoever may see all. */
  let all: Store;
  const workspaces = ['ws_a', 'ws_b'] as const;
  beforeAll(async () => {
    postgres = await startExternalPostgres();
    const url = await postgres.createDatabase(owner);
    store = await openStore({ url }, () => undefined);
    all = connect({ url: url.replace('ordinary@', 'test@') }, () => undefined);
    for (const id of workspaces) {
      await all.insertInto('workspace').values({ id, name: id }).execute();
      await all
        .insertInto('project')
        .values({ id: `proj_${id}`, workspace_id: id, name: id })
        .execute();
      for (let count = 0; count < 3; count++) {
        await all
          .insertInto('template')
          .values({ id: newId('tmpl'), workspace_id: id, project_id: `proj_${id}`, version: 1 })
          .execute();
      }
    }
  });
  afterAll(async () => {
    await store?.destroy();
    await all?.destroy();
    await postgres?.stop();
  });

  it('stands before every table with rows of workspaces, as the server sees the catalogue', async () => {
    const { rows: roles } = await sql`
      SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user`.execute(store);
    expect(roles).toEqual([{ rolsuper: false, rolbypassrls: false }]);
    const { rows } = await sql<{ name: string; on: boolean; forced: boolean; mine: boolean; rules: string[] }>`
      SELECT relname AS name, relrowsecurity AS on, relforcerowsecurity AS forced,
             pg_has_role(relowner, 'USAGE') AS mine,
             ARRAY(SELECT format('%s | %s | %s | %s', permissive, cmd, qual, with_check) FROM pg_policies
                    WHERE schemaname = 'public' AND tablename = relname) AS rules
        FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
         AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'workspace_id')
       ORDER BY relname`.execute(store);
    expect(rows.length).toBeGreaterThan(13);
    const named = "(workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))";
    const which = `( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce")`;
    const onceNamed = `((${which} = ''::text) OR (${which} = workspace_id))`;
    for (const { name, on, forced, rules } of rows) {
      expect({ name, on, forced, rules: rules.length }).toEqual({ name, on: true, forced: true, rules: 1 });
      const [permissive, command, using, check] = rules[0]?.split(' | ') ?? [];
      expect([permissive, command]).toEqual(['PERMISSIVE', 'ALL']);
      expect(check).toBe(using);
      expect(using).toBe(DOORS.includes(name) ? onceNamed : named);
    }
    // Whoever owns a table could take the wall down; `FORCE` holds owners to it until they do.
    expect(rows.filter(({ mine }) => mine).length).toBe(owner === undefined ? 0 : rows.length);
  });

  it('shows nothing to whoever names no workspace, and lets nobody write for another', async () => {
    expect(await store.selectFrom('template').select('id').execute()).toEqual([]);
    const act = (use: (tx: Store) => Promise<unknown>) => tenantOf(store, 'ws_a')(use).then(() => undefined);
    const planted = { id: newId('tmpl'), workspace_id: 'ws_b', project_id: 'proj_ws_a', version: 1 };
    const refused = { message: expect.stringContaining('row-level security') };
    await expect(act((tx) => tx.insertInto('template').values(planted).execute())).rejects.toMatchObject(refused);
    const stolen = { ...planted, workspace_id: 'ws_a', project_id: 'proj_ws_b' };
    await expect(act((tx) => tx.insertInto('template').values(stolen).execute())).rejects.toMatchObject({
      constraint: 'project_is_there',
    });
    await expect(act((tx) => tx.updateTable('template').set({ workspace_id: 'ws_b' }).execute())).rejects.toMatchObject(
      refused,
    );
    const { numDeletedRows } = await tenantOf(
      store,
      'ws_a',
    )((tx) => tx.deleteFrom('template').where('workspace_id', '=', 'ws_b').executeTakeFirstOrThrow());
    expect(numDeletedRows).toBe(0n);
  });

  it('holds when connections go from one workspace to the other, whatever became of what they did', async () => {
    const seen = new Map<string, number>();
    const note = (as: string, rows: readonly { workspace_id: string }[]): void => {
      const what = `${as} sees ${rows.map(({ workspace_id }) => workspace_id).join(' ')}`;
      seen.set(what, (seen.get(what) ?? 0) + 1);
    };
    const look = (tx: Store) => tx.selectFrom('template').select('workspace_id').execute();
    let round = 0;
    const walk = async (): Promise<void> => {
      while (round < ROUNDS) {
        const turn = round++;
        const workspace = workspaces[turn % 2] ?? 'ws_a';
        await tenantOf(
          store,
          workspace,
        )(async (tx) => {
          note(workspace, await look(tx));
          // Every third is rolled back; a third of those by the database, which then takes nothing but that.
          if (turn % 9 === 0) await sql`SELECT 1 / 0`.execute(tx);
          if (turn % 3 === 0) throw new Error('rolled back');
        }).catch((error: Error) => expect(error.message).toMatch(/rolled back|division by zero/));
        note('nobody', await look(store));
      }
    };
    await Promise.all(Array.from({ length: POOL }, walk));
    expect([...seen].toSorted()).toEqual([
      ['nobody sees ', ROUNDS],
      ['ws_a sees ws_a ws_a ws_a', ROUNDS / 2],
      ['ws_b sees ws_b ws_b ws_b', ROUNDS / 2],
    ]);
  });
});
