import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Table } from '@datamaker/connectors';
import { columnOf } from '../../../../connectors/src/testing/column-of.ts';
import { tableOf } from '../../../../connectors/src/testing/table-of.ts';
import { newId } from '../../ids.ts';
import { displayOfKey, hashApiKey, newApiKey } from '../../security/api-key.ts';
import { MASTER_KEYS, MasterKeyFile } from '../../security/master-key-file.ts';
import { MasterKeys } from '../../security/master-keys.ts';
import type { Role } from '../../security/permissions.ts';
import { hashToken, newToken } from '../../security/token.ts';
import { startOf } from '../../services/pushes/push-progress.ts';
import { SecretVault } from '../../services/secrets/secret-vault.ts';
import type { Store } from '../../store/open-store.ts';
import { removeSecret } from '../../store/secrets.ts';
import type { TestServer } from '../servers.ts';
import type { Credential, Kind, Target } from './credentials.ts';

/** What is written all over the rows of each part, to be found where it should not be. */
export const MARKS = {
  first: 'canary-first-project',
  other: 'canary-other-project',
  foreign: 'canary-foreign',
} as const;

interface Place {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly mark: string;
  /** Who holds keys and sessions there. */
  readonly personId: string;
}

const HOUR = 3_600_000;
const deletedNow = () => ({ deleted_at: new Date(), purge_at: new Date(Date.now() + 24 * HOUR) });
let made = 0;

/** Where the systems of connections are. */
export interface WorldTarget {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** The one table that each system has. */
export const MARKED_TABLE = 'marked';
const NOBODY: WorldTarget = { url: 'postgres://127.0.0.1:1/postgres', user: 'test', password: 'x' };

/** Two workspaces, one with two projects, somebody for each role, and things of each kind, made anew for each request. */
export class World {
  readonly #store: Store;
  readonly #pepper: string;
  /** Where the bytes of files are. */
  readonly #files: string;
  readonly #vault: SecretVault;
  #target = NOBODY;
  readonly #keys = new Map<Credential, string>();
  #first!: Place;
  #other!: Place;
  #foreign!: Place;

  private constructor(store: Store, pepper: string, files: string, vault: SecretVault) {
    this.#vault = vault;
    this.#store = store;
    this.#files = files;
    this.#pepper = pepper;
  }

  static async make(server: Pick<TestServer, 'dataDirectory' | 'openDatabase'>, target = NOBODY): Promise<World> {
    const store = await server.openDatabase();
    const world = new World(
      store,
      readFileSync(join(server.dataDirectory, 'secret'), 'utf8').trim(),
      join(server.dataDirectory, 'files'),
      new SecretVault(new MasterKeys(await new MasterKeyFile(join(server.dataDirectory, MASTER_KEYS)).read())),
    );
    world.#target = target;
    const { id: workspaceId } = await store.selectFrom('workspace').select('id').executeTakeFirstOrThrow();
    const { id: projectId } = await store.selectFrom('project').select('id').executeTakeFirstOrThrow();
    const foreignWorkspace = newId('ws');
    await store.insertInto('workspace').values({ id: foreignWorkspace, name: MARKS.foreign }).execute();
    const people = new Map<string, string>();
    for (const role of ['viewer', 'member', 'admin', 'owner'] as const) {
      people.set(role, await world.#person(workspaceId, role, role));
    }
    const removed = await world.#person(workspaceId, 'owner', 'removed', new Date());
    const stranger = await world.#person(foreignWorkspace, 'owner', MARKS.foreign);
    // An owner whom no request removes, so that there always is one.
    await world.#person(foreignWorkspace, 'owner', MARKS.foreign);
    const personId = people.get('member') as string;
    world.#first = { workspaceId, projectId, mark: MARKS.first, personId };
    world.#other = { ...world.#first, projectId: await world.#project(workspaceId, 'Other'), mark: MARKS.other };
    world.#foreign = {
      workspaceId: foreignWorkspace,
      projectId: await world.#project(foreignWorkspace, MARKS.foreign),
      mark: MARKS.foreign,
      personId: stranger,
    };
    for (const place of [world.#first, world.#other, world.#foreign]) await world.#template(place);
    const keyOf = async (credential: Credential, person: string, more: object = {}) =>
      world.#keys.set(credential, (await world.#key(workspaceId, person, credential, more)).key);
    for (const [role, person] of people) await keyOf(role as Role, person);
    const owner = people.get('owner') as string;
    await keyOf('expired', owner, { expires_at: new Date(Date.now() - 1000) });
    await keyOf('revoked', owner, { revoked_at: new Date() });
    await keyOf('removed', removed);
    await keyOf('readOnly', owner, { read_only: true });
    await keyOf('otherProject', people.get('admin') as string, { project_id: world.#other.projectId });
    world.#keys.set('wrong', newApiKey('owner'));
    world.#keys.set('foreign', (await world.#key(foreignWorkspace, stranger, MARKS.foreign)).key);
    return world;
  }

  close = (): Promise<void> => this.#store.destroy();

  /** Where requests of members work unless they name a project, and another project of the workspace. */
  get projects(): { readonly first: string; readonly other: string } {
    return { first: this.#first.projectId, other: this.#other.projectId };
  }

  /** Headers of a request that comes with a credential. */
  async headersOf(credential: Credential): Promise<Readonly<Record<string, string>>> {
    if (credential === 'none') return {};
    const key = this.#keys.get(credential);
    if (key !== undefined) return { authorization: `Bearer ${key}` };
    const over = credential === 'expiredSession' ? { expires_at: new Date(Date.now() - 1000) } : {};
    const { token } = await this.#session(this.#first, over);
    const site = credential === 'crossSite' ? 'cross-site' : 'same-origin';
    return { cookie: `datamaker-session=${token}`, 'sec-fetch-site': site };
  }

  /** Something of a kind that a request may name. @returns how the request names it */
  async make(kind: Kind, target: Target): Promise<string> {
    if (target === 'malformed') return kind === 'projectHeader' ? "'; --" : 'a\0b';
    if (target === 'absent') return this.#absent(kind);
    const place = target === 'foreign' ? this.#foreign : target === 'otherProject' ? this.#other : this.#first;
    const isDeleted = target === 'deleted';
    switch (kind) {
      case 'template':
        return this.#template(place, isDeleted);
      case 'set':
        return this.#set(place, isDeleted);
      case 'file':
        return this.#file(place, isDeleted);
      case 'run':
        return this.#run(place, 'done', isDeleted);
      case 'queuedRun':
        return this.#run(place, 'queued', isDeleted);
      case 'pushRun':
        return this.#pushRun(place, isDeleted);
      case 'seedRun':
        return this.#seedRun(place, isDeleted);
      case 'projectHeader':
        return isDeleted ? this.#project(place.workspaceId, place.mark, true) : place.projectId;
      case 'project':
        // One that can be deleted; others have something in them.
        return target === 'own' || isDeleted ? this.#project(place.workspaceId, 'Empty', isDeleted) : place.projectId;
      case 'person':
        return this.#person(place.workspaceId, 'member', place.mark, isDeleted ? new Date() : null);
      case 'key': {
        const project = target === 'otherProject' ? { project_id: place.projectId } : {};
        const over = isDeleted ? { revoked_at: new Date() } : {};
        return (await this.#key(place.workspaceId, place.personId, place.mark, { ...project, ...over })).id;
      }
      case 'invite':
        return (await this.#invite(place, isDeleted)).id;
      case 'inviteToken':
        return (await this.#invite(place, isDeleted)).token;
      case 'session':
        return (await this.#session(place, isDeleted ? null : {})).id;
      case 'contract':
        return this.#contract(place, isDeleted);
      case 'secret':
        return this.#secret(place, place.projectId, isDeleted);
      case 'sharedSecret':
        return this.#secret(place, null, isDeleted);
      case 'connection':
        return this.#connection(place, isDeleted);
    }
  }

  /** All that is stored of what a request names, to see whether it has changed. */
  async read(kind: Kind, id: string): Promise<string> {
    if ((kind === 'set' || kind === 'file') && !id.includes('\0')) {
      const query = this.#store.selectFrom(kind === 'set' ? 'saved_set' : 'workspace_file').where('name', '=', id);
      return JSON.stringify(await query.selectAll().execute());
    }
    const table = (
      {
        run: 'run',
        queuedRun: 'run',
        pushRun: 'run',
        seedRun: 'run',
        template: 'template',
        project: 'project',
        person: 'person',
        key: 'api_key',
        invite: 'invite',
        session: 'session',
        secret: 'secret',
        sharedSecret: 'secret',
        connection: 'connection',
      } as const
    )[kind as 'template'];
    if (table === undefined || id.includes('\0')) return '';
    return JSON.stringify(await this.#store.selectFrom(table).where('id', '=', id).selectAll().execute());
  }

  /** Passwords that were tried are not what this is about. */
  async forgetAttempts(): Promise<void> {
    await this.#store
      .with('attempts', (db) => db.deleteFrom('sign_in_attempt'))
      .deleteFrom('datagen_mint')
      .execute();
  }

  #absent(kind: Kind): string {
    const prefixes = {
      run: 'run',
      queuedRun: 'run',
      pushRun: 'run',
      seedRun: 'run',
      template: 'tmpl',
      person: 'usr',
      key: 'key',
      invite: 'inv',
      session: 'ses',
      secret: 'sec',
      sharedSecret: 'sec',
      connection: 'conn',
    } as const;
    if (kind === 'inviteToken') return newToken('invite');
    if (kind === 'set' || kind === 'file') return `absent-${++made}`;
    if (kind === 'contract') return `ctr_${'f'.repeat(64)}`;
    return newId(prefixes[kind as 'template'] ?? 'proj');
  }

  async #person(workspaceId: string, role: Role, name: string, removedAt: Date | null = null): Promise<string> {
    const id = newId('usr');
    const values = { id, workspace_id: workspaceId, name, role, removed_at: removedAt };
    await this.#store.insertInto('person').values(values).execute();
    return id;
  }

  async #project(workspaceId: string, name: string, isDeleted = false): Promise<string> {
    const id = newId('proj');
    const values = { id, workspace_id: workspaceId, name, deleted_at: isDeleted ? new Date() : null };
    await this.#store.insertInto('project').values(values).execute();
    return id;
  }

  async #template({ workspaceId, projectId, mark, personId }: Place, isDeleted = false): Promise<string> {
    const id = newId('tmpl');
    const deletion = isDeleted ? deletedNow() : {};
    await this.#store
      .insertInto('template')
      .values({ id, workspace_id: workspaceId, project_id: projectId, version: 1, ...deletion })
      .execute();
    const document = JSON.stringify({ fields: [{ name: 'mark', type: 'constant', options: { value: mark } }] });
    const version = { template_id: id, workspace_id: workspaceId, version: 1, name: mark, document };
    await this.#store
      .insertInto('template_version')
      .values({ ...version, created_by: personId })
      .execute();
    return id;
  }

  async #set({ workspaceId, projectId, mark, personId }: Place, isDeleted = false): Promise<string> {
    const id = newId('set');
    const name = `set-${++made}`;
    const owner = { workspace_id: workspaceId, version: 1 };
    const deletion = isDeleted ? deletedNow() : {};
    const rows = Buffer.from(`{"mark":${JSON.stringify(mark)}}\n`);
    await this.#store
      .insertInto('saved_set')
      .values({ id, ...owner, project_id: projectId, name, ...deletion })
      .execute();
    for (const version of [1, 2]) {
      await this.#store
        .insertInto('set_version')
        .values({
          set_id: id,
          ...owner,
          version,
          row_count: '1',
          byte_count: String(rows.length),
          sha256: createHash('sha256').update(rows).digest(),
          columns: JSON.stringify(['mark']),
          created_by: personId,
        })
        .execute();
      await this.#store
        .insertInto('set_chunk')
        .values({ set_id: id, ...owner, version, first_row: '0', row_count: 1, data: deflateSync(rows) })
        .execute();
    }
    return name;
  }

  async #file({ workspaceId, projectId, mark, personId }: Place, isDeleted = false): Promise<string> {
    const name = `file-${++made}`;
    if (isDeleted) return name;
    const bytes = Buffer.from(`mark\n${mark}\n`);
    const [id, blob] = [newId('file'), newId('blob')];
    const about = { workspace_id: workspaceId, byte_count: String(bytes.length) };
    await mkdir(join(this.#files, workspaceId), { recursive: true });
    await writeFile(join(this.#files, workspaceId, blob), bytes);
    await this.#store
      .insertInto('file_blob')
      .values({ id: blob, ...about, state: 'kept' })
      .execute();
    await this.#store
      .insertInto('workspace_file')
      .values({
        id,
        ...about,
        project_id: projectId,
        name,
        blob_id: blob,
        sha256: createHash('sha256').update(bytes).digest(),
        content_type: 'text/csv; charset=utf-8',
        kind: 'csv',
        uploaded_by: personId,
      })
      .execute();
    return name;
  }

  /** One that is queued gets no notice: nobody works on it. */
  async #run(place: Place, state: 'done' | 'queued', isDeleted: boolean): Promise<string> {
    const { workspaceId, projectId, mark, personId } = place;
    const [id, blob] = [newId('run'), newId('blob')];
    const bytes = Buffer.from(`mark\n${mark}\n`);
    const size = String(bytes.length);
    await mkdir(join(this.#files, workspaceId), { recursive: true });
    await writeFile(join(this.#files, workspaceId, blob), bytes);
    const kept = { id: blob, workspace_id: workspaceId, byte_count: size, state: 'kept' as const };
    await this.#store.insertInto('file_blob').values(kept).execute();
    const output = {
      name: 'mark.csv',
      contentType: 'text/csv; charset=utf-8',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sensitive: [],
    };
    const ended = { ended_at: new Date(), blob_id: blob, output: JSON.stringify(output), byte_count: size };
    await this.#store
      .insertInto('run')
      .values({
        id,
        workspace_id: workspaceId,
        project_id: projectId,
        kind: 'generation',
        state,
        subject_id: 'tmpl_x',
        params: JSON.stringify({ mark }),
        total_rows: '1',
        created_by: personId,
        request_id: 'req_x',
        deleted_at: isDeleted ? new Date() : null,
        ...(state === 'done' ? ended : {}),
      })
      .execute();
    return id;
  }

  /** One that has failed before its first row, and whose connection is gone since. */
  async #pushRun(place: Place, isDeleted: boolean): Promise<string> {
    const { workspaceId, projectId, mark, personId } = place;
    const id = newId('run');
    const run = {
      id,
      workspace_id: workspaceId,
      project_id: projectId,
      kind: 'push' as const,
      state: 'failed' as const,
    };
    await this.#store
      .insertInto('run')
      .values({
        ...run,
        subject_id: 'tmpl_x',
        params: JSON.stringify({ mark, connection_id: 'conn_x' }),
        total_rows: '1',
        ended_at: new Date(),
        created_by: personId,
        request_id: 'req_x',
        deleted_at: isDeleted ? new Date() : null,
      })
      .execute();
    const plan = {
      template: { id: 'tmpl_x', version: 1 },
      by: { exportId: 'exp_x' },
      table: { schema: '', name: MARKED_TABLE },
      columns: {},
      identity: null,
      from: 0,
      to: 1,
    };
    await this.#store
      .insertInto('push_receipt')
      .values({
        run_id: id,
        workspace_id: workspaceId,
        plan: JSON.stringify(plan),
        state: JSON.stringify(startOf(plan)),
      })
      .execute();
    return id;
  }

  /** One that has written nothing into the system of a connection. */
  async #seedRun(place: Place, isDeleted: boolean): Promise<string> {
    const { workspaceId, projectId, mark, personId } = place;
    const [id, connectionId] = [newId('run'), await this.#connection(place, false)];
    const run = { id, workspace_id: workspaceId, project_id: projectId, kind: 'seed' as const, state: 'done' as const };
    await this.#store
      .insertInto('run')
      .values({
        ...run,
        subject_id: connectionId,
        params: JSON.stringify({ mark }),
        total_rows: '0',
        ended_at: new Date(),
        created_by: personId,
        request_id: 'req_x',
        deleted_at: isDeleted ? new Date() : null,
      })
      .execute();
    const plan = { seed: mark, now: 0, tables: [], needsDeferred: false, problems: [] };
    const target = JSON.stringify({ type: 'postgres', url: this.#target.url });
    await this.#store
      .insertInto('seed_receipt')
      .values({
        run_id: id,
        workspace_id: workspaceId,
        target,
        mode: 'chunks',
        plan: deflateSync(JSON.stringify(plan)),
      })
      .execute();
    return id;
  }

  async #key(workspaceId: string, personId: string, name: string, more: object = {}) {
    const id = newId('key');
    const key = newApiKey('member');
    const values = { id, workspace_id: workspaceId, person_id: personId, project_id: null, name };
    const secret = { hash: hashApiKey(key, this.#pepper), display: displayOfKey(key) };
    await this.#store
      .insertInto('api_key')
      .values({ ...values, ...secret, ...more })
      .execute();
    return { id, key };
  }

  async #invite({ workspaceId, personId, mark }: Place, isOver: boolean) {
    const id = newId('inv');
    const token = newToken('invite');
    await this.#store
      .insertInto('invite')
      .values({
        id,
        workspace_id: workspaceId,
        role: 'viewer',
        email: isOver ? `${mark}@example.org` : null,
        hash: hashToken('invite', token, this.#pepper),
        created_by: personId,
        expires_at: new Date(Date.now() + (isOver ? -HOUR : HOUR)),
      })
      .execute();
    return { id, token };
  }

  /** @param more null: of a session that is over and forgotten */
  async #session({ workspaceId, personId, mark }: Place, more: object | null) {
    const id = newId('ses');
    const token = newToken('session');
    if (more === null) return { id, token };
    await this.#store
      .insertInto('session')
      .values({
        id,
        workspace_id: workspaceId,
        person_id: personId,
        hash: hashToken('session', token, this.#pepper),
        agent: mark,
        address: '',
        expires_at: new Date(Date.now() + HOUR),
        ...more,
      })
      .execute();
    return { id, token };
  }

  async #secret({ workspaceId, mark }: Place, projectId: string | null, isDeleted: boolean): Promise<string> {
    const about = { workspace_id: workspaceId, project_id: projectId, kind: 'user', name: `MARK_${++made}` } as const;
    // Those of the whole workspace are for its other project to see as well.
    const author = projectId === null && workspaceId === this.#first.workspaceId ? MARKS.other : mark;
    return this.#store.transaction().execute(async (tx) => {
      const secret = await this.#vault.add(tx, about, mark, author);
      if (secret === undefined) throw new Error('the name is taken');
      if (isDeleted) await removeSecret(tx, secret.id);
      return secret.id;
    });
  }

  /** Whether the audit has something that was done in a request. */
  async isInAudit(requestId: string): Promise<boolean> {
    const found = this.#store.selectFrom('audit_entry').where('request_id', '=', requestId).select('id').limit(1);
    return (await found.executeTakeFirst()) !== undefined;
  }

  /** Says which columns the fields of a template go into. */
  async map(templateId: string, connectionId: string): Promise<void> {
    const { workspace_id } = await this.#store
      .selectFrom('connection')
      .where('id', '=', connectionId)
      .select('workspace_id')
      .executeTakeFirstOrThrow();
    await this.#store
      .insertInto('column_mapping')
      .values({
        template_id: templateId,
        connection_id: connectionId,
        workspace_id,
        table_schema: 'public',
        table_name: MARKED_TABLE,
        columns: '{"mark":"mark"}',
        updated_by: 'usr_x',
      })
      .execute();
  }

  async #connection(place: Place, isDeleted: boolean): Promise<string> {
    const { workspaceId: workspace_id, projectId: project_id, mark, personId } = place;
    const id = newId('conn');
    const { url, user, password } = this.#target;
    const secret = await this.#store.transaction().execute((tx) => {
      const about = { workspace_id, project_id: null, kind: 'connection', name: id } as const;
      return this.#vault.add(tx, about, JSON.stringify({ password }), personId);
    });
    const catalogue = JSON.stringify({ tables: [markedTable(mark)], notices: [] });
    await this.#store
      .insertInto('connection')
      .values({
        id,
        workspace_id,
        project_id,
        name: `${mark} ${++made}`,
        type: 'postgres',
        config: JSON.stringify({
          url,
          auth: { type: 'basic', username: user },
          options: { tls: { mode: 'disable' }, schemas: ['public'] },
        }),
        read_only: false,
        secret_id: secret?.id ?? null,
        catalogue: deflateSync(catalogue),
        catalogue_names: JSON.stringify([mark]),
        catalogue_at: new Date(),
        created_by: personId,
        updated_by: personId,
        ...(isDeleted ? deletedNow() : {}),
      })
      .execute();
    return id;
  }

  async #contract({ projectId, mark }: Place, isOver: boolean): Promise<string> {
    const id = `ctr_${(++made).toString(16).padStart(64, '0')}`;
    const document = { locale: 'en', fields: [{ name: mark, type: 'uuid' }] };
    await this.#store
      .insertInto('datagen_contract')
      .values({
        owner: projectId,
        id,
        hash: id,
        document: JSON.stringify(document),
        expires_at: new Date(Date.now() + (isOver ? -HOUR : HOUR)),
      })
      .execute();
    return id;
  }
}

const markedTable = (mark: string): Table => tableOf(MARKED_TABLE, [columnOf('mark')], { comment: mark });
