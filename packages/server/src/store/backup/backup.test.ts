import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allOf, backUpTo, copySecret, type Ground, look, newGround, PLACES, startAt } from '../../testing/backups.ts';
import { Client } from '../../testing/client.ts';
import type { DataPlace } from './reach-database.ts';
import { restore } from './restore.ts';

const FIELDS = [{ name: 'ü "quoted"', type: 'constant', options: { value: 'line\nbreak, tab\t \\N \\. 🚲' } }];

/** Databases are made and thrown away in hooks. */
const HOOK_MS = 60_000;
let ground: Ground;
beforeAll(async () => {
  ground = await newGround();
}, HOOK_MS);
afterAll(() => ground?.close(), HOOK_MS);

describe.each(PLACES)('a backup of a running server (%s)', (kind) => {
  it('restores elsewhere as it was: rows, rules of rows, triggers, counters, rights and keys', async () => {
    const from = await ground.newPlace(kind);
    const server = await startAt(from);
    const client = new Client(server.url, server.newKey);
    const gone = await client.create(FIELDS, 'gone');
    const kept = await client.create(FIELDS, 'kept');
    await client.patch(`/templates/${kept}`, { name: 'kept, and renamed' });
    await client.delete(`/templates/${gone}`);
    const second = await addWorkspace(from);
    const file = join(ground.folder, `${kind}.zip`);
    const manifest = await backUpTo(file, from);
    const before = await allOf(from);
    await server.close();
    for (const { name, rows } of manifest.tables) expect([name, rows]).toEqual([name, before.rows[name]?.length]);
    expect(before.rows['template']?.some((row) => row.includes(second))).toBe(true);

    const to = await ground.newPlace(kind);
    copySecret(from, to);
    const { migrated } = await restore(file, to, { replace: false, withoutKey: false });
    expect(migrated).toEqual([]);
    const again = await startAt(to);
    expect(again.newKey).toBeUndefined();
    const after = await allOf(to);
    expect(after).toEqual(before);
    const restored = new Client(again.url, server.newKey);
    expect((await restored.get(`/templates/${kept}`)).body).toMatchObject({
      name: 'kept, and renamed',
      fields: FIELDS,
    });
    expect((await restored.get(`/templates/${gone}`)).status).toBe(404);
    // Counters go on where they were: a newer template comes first.
    const newest = await restored.create(FIELDS, 'after');
    expect((await restored.get<{ items: { id: string }[] }>('/templates')).body.items[0]?.id).toBe(newest);
    await again.close();
  });
});

/** A second workspace with a template, so that rows of more than one are hidden. @returns its id */
async function addWorkspace(place: DataPlace): Promise<string> {
  const id = 'ws_other000000000000000';
  await look(place, async (store) => {
    const people = sql`INSERT INTO person (id, workspace_id, name, role) VALUES ('usr_other', ${id}, 'Other', 'owner')`;
    await sql`INSERT INTO workspace (id, name) VALUES (${id}, 'Other')`.execute(store);
    await sql`INSERT INTO project (id, workspace_id, name) VALUES ('proj_other', ${id}, 'Other')`.execute(store);
    await people.execute(store);
    await sql`
      INSERT INTO template (id, project_id, workspace_id, version) VALUES ('tmpl_other', 'proj_other', ${id}, 1)`.execute(
      store,
    );
    await sql`
      INSERT INTO template_version (template_id, version, name, document, created_by, workspace_id)
      VALUES ('tmpl_other', 1, 'Other', '{"fields": [ ]}', 'usr_other', ${id})`.execute(store);
    // Nothing may come into a project that is deleted, and something is in it all the same.
    await sql`UPDATE project SET deleted_at = now() WHERE id = 'proj_other'`.execute(store);
  });
  return id;
}
