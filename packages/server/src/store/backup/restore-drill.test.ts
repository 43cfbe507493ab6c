import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUpTo, copySecret, type Ground, look, newGround, PLACES, startAt } from '../../testing/backups.ts';
import { type Answer, Client, type ListBody, type TemplateBody } from '../../testing/client.ts';
import type { KeyBody } from '../../testing/people.ts';
import { spawnServer } from '../../testing/spawn-server.ts';
import { until } from '../../testing/until.ts';
import type { Store } from '../open-store.ts';
import { restore } from './restore.ts';

/** FULL=1 is the drill of releases. */
const FULL = process.env['FULL'] !== undefined;
const TIMEOUT_MS = FULL ? 1_800_000 : 120_000;
const KINDS = FULL ? PLACES : (['bundled', 'owner'] as const);
const CLIENTS = FULL ? 16 : 6;
/** Writes that are answered before the backup begins, and again while it is being taken. */
const WRITES = FULL ? 5000 : 100;
/** The database is asked about all writes, the server about the last of them. */
const ASKED = FULL ? 1000 : 30;

/** What was answered, in that order. */
type Write =
  | { readonly kind: 'template'; readonly id: string; readonly version: number; readonly name: string }
  | { readonly kind: 'deletion'; readonly id: string }
  | { readonly kind: 'key'; readonly id: string; readonly name: string; readonly key: string }
  | { readonly kind: 'revocation'; readonly id: string }
  | { readonly kind: 'file'; readonly id: string; readonly sha256: string }
  | { readonly kind: 'removal'; readonly id: string };

/** Databases are made and thrown away in hooks. */
const HOOK_MS = 60_000;
let ground: Ground;
beforeAll(async () => {
  ground = await newGround();
}, HOOK_MS);
afterAll(() => ground?.close(), HOOK_MS);

/** Writes as fast as it can until the server is gone. Each client has templates, keys and files of its own. */
async function write(client: Client, answered: Write[]): Promise<void> {
  const own = randomBytes(4).toString('hex');
  const name = () => `name ${randomBytes(6).toString('hex')}`;
  const templates: Pick<TemplateBody, 'id' | 'name' | 'version'>[] = [];
  const keys: KeyBody[] = [];
  for (let turn = 0; ; turn++) {
    if (turn % 6 === 0) {
      const { body } = await done(
        client.post('/templates', { name: name(), fields: [{ name: 'id', type: 'sequence' }] }),
      );
      templates.push(body);
      answered.push({ kind: 'template', id: body.id, version: body.version, name: body.name });
    } else if (turn % 6 === 1) {
      const { body } = await done(client.post<KeyBody>('/keys', { name: name() }));
      keys.push(body);
      answered.push({ kind: 'key', id: body.id, name: body.name, key: body.key });
    } else if (turn % 6 === 2) {
      const at = turn % templates.length;
      const { body } = await done(client.patch(`/templates/${templates[at]?.id}`, { name: name() }));
      answered.push({ kind: 'template', id: body.id, version: body.version, name: body.name });
    } else if (turn % 6 === 3) {
      // A name of few, so that most are replaced and deleted while the backup is being taken.
      const id = `${own}/${Math.floor(turn / 6) % 3}.txt`;
      const text = randomBytes(1 + Math.floor(Math.random() * 30_000)).toString('base64');
      await done(client.upload(id, text));
      answered.push({ kind: 'file', id, sha256: createHash('sha256').update(text).digest('hex') });
    } else if (turn % 6 === 4) {
      const id = `${own}/${Math.floor(turn / 6) % 2}.txt`;
      const { status, text } = await client.delete(`/workspace/files/${id}`);
      if (status !== 204 && status !== 404) throw new Error(`${status}: ${text}`);
      answered.push({ kind: 'removal', id });
    } else if (templates.length > 4) {
      const { id } = templates.shift() as TemplateBody;
      await done(client.delete(`/templates/${id}`));
      answered.push({ kind: 'deletion', id });
      const old = keys.shift() as KeyBody;
      await done(client.delete(`/keys/${old.id}`));
      answered.push({ kind: 'revocation', id: old.id });
    }
  }
}

async function done<T>(request: Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await request;
  if (answer.status >= 300) throw new Error(`${answer.status}: ${answer.text}`);
  return answer;
}

/** What each query gives is a write of which only a part is there. */
const HALVES: Readonly<Record<string, string>> = {
  'a template without its newest version': `
    SELECT id FROM template WHERE NOT EXISTS (
      SELECT FROM template_version v WHERE v.template_id = template.id AND v.version = template.version)`,
  'a template with a gap in its versions': `
    SELECT id FROM template WHERE version <> (SELECT count(*) FROM template_version v WHERE v.template_id = template.id)`,
  'a version that nobody is known to have made': `
    SELECT id FROM template WHERE version <> (
      SELECT count(*) FROM audit_entry WHERE subject_id = template.id AND action IN ('template.created', 'template.changed'))`,
  'a deletion without a trace, or a trace without one': `
    SELECT id FROM template WHERE (deleted_at IS NOT NULL) <> EXISTS (
      SELECT FROM audit_entry WHERE subject_id = template.id AND action = 'template.deleted')`,
  'a revocation without a trace, or a trace without one': `
    SELECT id FROM api_key WHERE (revoked_at IS NOT NULL) <> EXISTS (
      SELECT FROM audit_entry WHERE subject_id = api_key.id AND action = 'key.revoked')`,
  'a trace of what is not there': `
    SELECT subject_id FROM audit_entry
     WHERE action LIKE 'template.%' AND NOT EXISTS (SELECT FROM template WHERE id = subject_id)
        OR action LIKE 'key.%' AND NOT EXISTS (SELECT FROM api_key WHERE id = subject_id)`,
  'a key without a trace': `
    SELECT id FROM api_key WHERE name <> '' AND NOT EXISTS (
      SELECT FROM audit_entry WHERE subject_id = api_key.id AND action = 'key.created')`,
};

async function halvesIn(store: Store): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [what, query] of Object.entries(HALVES)) {
    const { rows } = await sql.raw(query).execute(store);
    if (rows.length > 0) found[what] = rows.length;
  }
  return found;
}

/** So much that neither the file nor the connection can hold it back: tables are read one after the other. */
async function fillUp(store: Store): Promise<void> {
  for (let i = 0; i < 16; i++) {
    const question = createHash('sha256').update(String(i)).digest();
    const answer = randomBytes(700_000).toString('base64');
    await store.insertInto('model_answer').values({ question, answer }).execute();
  }
}

describe.each(KINDS)('the drill: a backup under load, a server that is killed, a restore elsewhere (%s)', (kind) => {
  it(
    'loses nothing that was answered before the backup, has no half of any write, and serves',
    async () => {
      const from = await ground.newPlace(kind);
      const first = await startAt(from);
      await look(from, fillUp);
      await first.close();
      const { url, child, exit } = await spawnServer(
        'server-process.ts',
        from.dataDirectory,
        ...(from.databaseUrl === undefined ? [] : [from.databaseUrl]),
      );
      const answered: Write[] = [];
      let fault: unknown;
      const load = Promise.all(
        Array.from({ length: CLIENTS }, () =>
          write(new Client(url, first.newKey), answered).catch((error: unknown) => {
            if (!child.killed) fault ??= error;
          }),
        ),
      );
      const answers = (count: number) => until(() => fault !== undefined || answered.length >= count);
      await answers(WRITES);

      const file = join(ground.folder, `${kind}.zip`);
      const before = [...answered];
      let held: Promise<void> | undefined;
      const hold = (): Promise<void> => {
        // The snapshot is taken, and most is still to be read.
        held ??= answers(before.length + WRITES);
        return held;
      };
      await backUpTo(file, from, { write: hold }).catch((error: unknown) => {
        // Nothing else would end the load.
        child.kill('SIGKILL');
        throw error;
      });
      expect(fault).toBeUndefined();
      expect(answered.length).toBeGreaterThanOrEqual(before.length + WRITES);
      const later = answered.length;
      await answers(later + CLIENTS);
      child.kill('SIGKILL');
      await exit;
      await load;
      // The one that was killed opens again; its PostgreSQL, which may have been left behind, ends with it.
      await (await startAt(from)).close();

      const to = await ground.newPlace(kind);
      copySecret(from, to);
      await restore(file, to, { replace: false, withoutKey: false });
      const restored = await startAt(to);
      const client = new Client(restored.url, first.newKey);
      const gone = new Set(
        answered.flatMap((write) => (write.kind === 'deletion' || write.kind === 'revocation' ? [write.id] : [])),
      );
      for (const write of before.slice(-ASKED)) {
        if (write.kind === 'template' && !gone.has(write.id)) {
          const { status, body } = await client.get(`/templates/${write.id}@v${write.version}`);
          expect([status, body.name]).toEqual([200, write.name]);
        } else if (write.kind === 'deletion') {
          expect((await client.get(`/templates/${write.id}`)).status).toBe(404);
        } else if (write.kind === 'key' && !gone.has(write.id)) {
          expect((await client.as(write.key).get('/templates?limit=1')).status).toBe(200);
        }
      }
      expect(await wrongFiles(client, before, answered)).toEqual([]);
      await look(to, async (store) => {
        expect(await halvesIn(store)).toEqual({});
        const lost = await lostIn(store, before);
        expect(lost).toEqual([]);
      });
      // It is of one moment: what came after it is not there.
      const late = answered.slice(later + CLIENTS).find((write) => write.kind === 'template' && write.version === 1);
      if (late !== undefined) expect((await client.get(`/templates/${late.id}`)).status).toBe(404);
      await client.create([{ name: 'id', type: 'sequence' }], 'after the drill');
      await restored.close();
    },
    TIMEOUT_MS,
  );
});

/** Files that are not as they were uploaded, or not as they were left before the backup. */
async function wrongFiles(client: Client, before: readonly Write[], answered: readonly Write[]): Promise<string[]> {
  const files: { name: string; sha256: string }[] = [];
  let cursor: string | null = null;
  do {
    const page: { body: ListBody<{ name: string; sha256: string }> } = await client.get(
      `/workspace/files?limit=100${cursor === null ? '' : `&cursor=${cursor}`}`,
    );
    files.push(...page.body.items);
    cursor = page.body.next_cursor;
  } while (cursor !== null);
  expect(files.length).toBeGreaterThan(0);
  const wrong: string[] = [];
  for (const { name, sha256 } of files) {
    const { status, text } = await client.get(`/workspace/files/${name}`);
    if (status !== 200 || createHash('sha256').update(text).digest('hex') !== sha256) wrong.push(`bytes of ${name}`);
  }
  const sums = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  const lasts = new Map(
    answered.flatMap((one) => (one.kind === 'file' || one.kind === 'removal' ? [[one.id, one]] : [])),
  );
  for (const [name, last] of lasts) {
    if (!before.includes(last)) continue;
    if (sums.get(name) !== (last.kind === 'file' ? last.sha256 : undefined)) wrong.push(`state of ${name}`);
  }
  return wrong;
}

/** Writes that a store does not have, also of what is deleted by now. */
async function lostIn(store: Store, writes: readonly Write[]): Promise<Write[]> {
  const versions = await store.selectFrom('template_version').select(['template_id', 'version', 'name']).execute();
  const templates = await store.selectFrom('template').select(['id', 'deleted_at']).execute();
  const keys = await store.selectFrom('api_key').select(['id', 'name', 'revoked_at']).execute();
  const names = new Map(versions.map(({ template_id, version, name }) => [`${template_id} ${version}`, name]));
  const deletions = new Map(templates.map(({ id, deleted_at }) => [id, deleted_at]));
  const known = new Map(keys.map((key) => [key.id, key]));
  return writes.filter((write) => {
    if (write.kind === 'template') return names.get(`${write.id} ${write.version}`) !== write.name;
    if (write.kind === 'deletion') return deletions.get(write.id) == null;
    if (write.kind === 'key') return known.get(write.id)?.name !== write.name;
    if (write.kind !== 'revocation') return false;
    return known.get(write.id)?.revoked_at == null;
  });
}
