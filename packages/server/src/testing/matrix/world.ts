import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../ids.ts';
import { newApiKey } from '../../security/api-key.ts';
import { MASTER_KEYS, MasterKeyFile } from '../../security/master-key-file.ts';
import { MasterKeys } from '../../security/master-keys.ts';
import type { Role } from '../../security/permissions.ts';
import { newToken } from '../../security/token.ts';
import { SecretVault } from '../../services/secrets/secret-vault.ts';
import type { TestServer } from '../servers.ts';
import type { Credential, Kind, Target } from './credentials.ts';
import type { NotedAct } from './describe-answer.ts';
import { chatOf, makeApproval, makeChat } from './make-chat.ts';
import { makeConnection, makeMapping } from './make-connection.ts';
import { makeInvite, makeKey, makePerson, makeProject, makeSession } from './make-people.ts';
import { makeJob, makePushRun, makeRun, makeSeedRun } from './make-runs.ts';
import { makeScenario, makeScenarioRun, makeSchedule, scenarioOf } from './make-scenario.ts';
import { makeContract, makeCounter, makeFile, makeSecret, makeSet, makeTemplate } from './make-things.ts';
import { deletedNow, MARKS, nextNumber, type Place, type Workshop, type WorldTarget } from './place.ts';

const NOBODY: WorldTarget = { url: 'postgres://127.0.0.1:1/postgres', user: 'test', password: 'x' };

/** What the workspaces are called where a request gives the name of its own. */
export const ALIKE = 'Alike';

/** Two workspaces, one with two projects, somebody for each role, and things of each kind, made anew for each request. */
export class World {
  readonly #shop: Workshop;
  readonly #keys = new Map<Credential, string>();
  /** What ids are called that requests do not make. */
  readonly #names = new Map<string, string>();
  #first!: Place;
  #other!: Place;
  #foreign!: Place;
  #ended!: string;

  private constructor(shop: Workshop) {
    this.#shop = shop;
  }

  static async make(server: Pick<TestServer, 'dataDirectory' | 'openDatabase'>, target = NOBODY): Promise<World> {
    const store = await server.openDatabase();
    const shop: Workshop = {
      store,
      pepper: readFileSync(join(server.dataDirectory, 'secret'), 'utf8').trim(),
      files: join(server.dataDirectory, 'files'),
      vault: new SecretVault(new MasterKeys(await new MasterKeyFile(join(server.dataDirectory, MASTER_KEYS)).read())),
      target,
    };
    const world = new World(shop);
    const { id: workspaceId } = await store.selectFrom('workspace').select('id').executeTakeFirstOrThrow();
    const { id: projectId } = await store.selectFrom('project').select('id').executeTakeFirstOrThrow();
    const foreignWorkspace = newId('ws');
    await store.insertInto('workspace').values({ id: foreignWorkspace, name: MARKS.foreign }).execute();
    const people = new Map<string, string>();
    for (const role of ['viewer', 'member', 'admin', 'owner'] as const) {
      people.set(role, await makePerson(shop, workspaceId, role, role));
    }
    const removed = await makePerson(shop, workspaceId, 'owner', 'removed', new Date());
    const stranger = await makePerson(shop, foreignWorkspace, 'owner', MARKS.foreign);
    // An owner whom no request removes, so that there always is one.
    await makePerson(shop, foreignWorkspace, 'owner', MARKS.foreign);
    const personId = people.get('member') as string;
    world.#first = { workspaceId, projectId, mark: MARKS.first, personId };
    world.#other = { ...world.#first, projectId: await makeProject(shop, workspaceId, 'Other'), mark: MARKS.other };
    world.#foreign = {
      workspaceId: foreignWorkspace,
      projectId: await makeProject(shop, foreignWorkspace, MARKS.foreign),
      mark: MARKS.foreign,
      personId: stranger,
    };
    for (const place of [world.#first, world.#other, world.#foreign]) await makeTemplate(shop, place);
    for (const [role, person] of people) world.#names.set(person, `<${role}>`);
    world.#names.set(workspaceId, '<workspace>').set(projectId, '<project>');
    world.#names.set(world.#other.projectId, '<other project>');
    const keyOf = async (credential: Credential, person: string, more: object = {}) => {
      const { id, key } = await makeKey(shop, workspaceId, person, credential, more);
      world.#keys.set(credential, key);
      world.#names.set(id, `<key: ${credential}>`);
    };
    for (const [role, person] of people) await keyOf(role as Role, person);
    const owner = people.get('owner') as string;
    await keyOf('expired', owner, { expires_at: new Date(Date.now() - 1000) });
    await keyOf('revoked', owner, { revoked_at: new Date() });
    await keyOf('removed', removed);
    await keyOf('readOnly', owner, { read_only: true });
    await keyOf('scoped', owner, { scopes: ['read', 'generate'] });
    await keyOf('otherProject', people.get('admin') as string, { project_id: world.#other.projectId });
    world.#ended = newId('ws');
    await store
      .insertInto('workspace')
      .values({ id: world.#ended, name: MARKS.foreign, ...deletedNow() })
      .execute();
    await makeProject(shop, world.#ended, MARKS.foreign);
    const last = await makePerson(shop, world.#ended, 'owner', MARKS.foreign);
    world.#keys.set('ended', (await makeKey(shop, world.#ended, last, MARKS.foreign)).key);
    world.#keys.set('wrong', newApiKey('owner'));
    world.#keys.set('foreign', (await makeKey(shop, foreignWorkspace, stranger, MARKS.foreign)).key);
    return world;
  }

  close = (): Promise<void> => this.#shop.store.destroy();

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
    const { token } = await makeSession(this.#shop, this.#first, over);
    const site = credential === 'crossSite' ? 'cross-site' : 'same-origin';
    return { cookie: `datamaker-session=${token}`, 'sec-fetch-site': site };
  }

  /** Gives the workspaces one name, deletes them, or makes them what they were, for requests that are about the whole of one. */
  async turnWorkspaces(into: 'alike' | 'deleted' | 'back'): Promise<void> {
    const deletion = into === 'deleted' ? deletedNow() : { deleted_at: null, purge_at: null };
    for (const { workspaceId, mark } of [this.#first, this.#foreign]) {
      await this.#shop.store
        .updateTable('workspace')
        .set({ ...deletion, name: into === 'alike' ? ALIKE : nameOf(mark) })
        .where('id', '=', workspaceId)
        .execute();
    }
    await this.#shop.store.updateTable('workspace').set(deletedNow()).where('id', '=', this.#ended).execute();
  }

  /** Something of a kind that a request may name. @returns how the request names it */
  async make(kind: Kind, target: Target): Promise<string> {
    if (target === 'malformed') return kind === 'projectHeader' ? "'; --" : 'a\0b';
    if (target === 'absent') return this.#absent(kind);
    const place = target === 'foreign' ? this.#foreign : target === 'otherProject' ? this.#other : this.#first;
    const isDeleted = target === 'deleted';
    switch (kind) {
      case 'template':
        return makeTemplate(this.#shop, place, isDeleted);
      case 'set':
        return makeSet(this.#shop, place, isDeleted);
      case 'file':
        return makeFile(this.#shop, place, isDeleted);
      case 'run':
        return makeRun(this.#shop, place, 'done', isDeleted);
      case 'queuedRun':
        return makeRun(this.#shop, place, 'queued', isDeleted);
      case 'job':
        return makeJob(this.#shop, place, isDeleted);
      case 'pushRun':
        return makePushRun(this.#shop, place, isDeleted);
      case 'scenario':
        return makeScenario(this.#shop, place, isDeleted);
      case 'scenarioRun':
        return makeScenarioRun(this.#shop, place, 'failed', isDeleted);
      case 'schedule':
        return makeSchedule(this.#shop, place);
      case 'chat':
        return makeChat(this.#shop, place, isDeleted);
      case 'approval':
        return makeApproval(this.#shop, place, isDeleted);
      case 'queuedScenarioRun':
        return makeScenarioRun(this.#shop, place, 'queued', isDeleted);
      case 'seedRun':
        return makeSeedRun(this.#shop, place, isDeleted);
      case 'projectHeader':
        return isDeleted ? makeProject(this.#shop, place.workspaceId, place.mark, true) : place.projectId;
      case 'project':
        // One that can be deleted; others have something in them.
        return target === 'own' || isDeleted
          ? makeProject(this.#shop, place.workspaceId, 'Empty', isDeleted)
          : place.projectId;
      case 'person':
        return makePerson(this.#shop, place.workspaceId, 'member', place.mark, isDeleted ? new Date() : null);
      case 'key': {
        const project = target === 'otherProject' ? { project_id: place.projectId } : {};
        const over = isDeleted ? { revoked_at: new Date() } : {};
        return (await makeKey(this.#shop, place.workspaceId, place.personId, place.mark, { ...project, ...over })).id;
      }
      case 'invite':
        return (await makeInvite(this.#shop, place, isDeleted)).id;
      case 'inviteToken':
        return (await makeInvite(this.#shop, place, isDeleted)).token;
      case 'session':
        return (await makeSession(this.#shop, place, isDeleted ? null : {})).id;
      case 'contract':
        return makeContract(this.#shop, place, isDeleted);
      case 'counter':
        return makeCounter(this.#shop, place, isDeleted);
      case 'secret':
        return makeSecret(this.#shop, place, place.projectId, isDeleted);
      case 'sharedSecret':
        return makeSecret(this.#shop, place, null, isDeleted);
      case 'connection':
        return makeConnection(this.#shop, place, isDeleted);
    }
  }

  /** All that is stored of what a request names, to see whether it has changed. */
  async read(kind: Kind, id: string): Promise<string> {
    if ((kind === 'set' || kind === 'file') && !id.includes('\0')) {
      const query = this.#shop.store.selectFrom(kind === 'set' ? 'saved_set' : 'workspace_file').where('name', '=', id);
      return JSON.stringify(await query.selectAll().execute());
    }
    if (kind === 'counter' && !id.includes('\0')) {
      // Others may have one of the name: numbers that were given are those of the one that was made for this.
      const query = this.#shop.store.selectFrom('counter').where('name', '=', id).orderBy('ordinal').limit(1);
      return JSON.stringify(await query.selectAll().execute());
    }
    const table = (
      {
        run: 'run',
        queuedRun: 'run',
        job: 'run',
        pushRun: 'run',
        seedRun: 'run',
        scenarioRun: 'run',
        queuedScenarioRun: 'run',
        scenario: 'scenario',
        schedule: 'scenario_schedule',
        chat: 'chat',
        approval: 'chat_approval',
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
    return JSON.stringify(await this.#shop.store.selectFrom(table).where('id', '=', id).selectAll().execute());
  }

  /** Passwords that were tried are not what this is about. */
  async forgetAttempts(): Promise<void> {
    await this.#shop.store
      .with('attempts', (db) => db.deleteFrom('sign_in_attempt'))
      .deleteFrom('datagen_mint')
      .execute();
  }

  #absent(kind: Kind): string {
    const prefixes = {
      run: 'run',
      queuedRun: 'run',
      job: 'run',
      pushRun: 'run',
      seedRun: 'run',
      scenarioRun: 'run',
      queuedScenarioRun: 'run',
      scenario: 'scn',
      schedule: 'sch',
      chat: 'chat',
      approval: 'apr',
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
    if (kind === 'set' || kind === 'file' || kind === 'counter') return `absent-${nextNumber()}`;
    if (kind === 'contract') return `ctr_${'f'.repeat(64)}`;
    return newId(prefixes[kind as 'template'] ?? 'proj');
  }

  /** Says which columns the fields of a template go into. */
  map(templateId: string, connectionId: string): Promise<void> {
    return makeMapping(this.#shop, templateId, connectionId);
  }

  /** The chat that an approval is of; of one that is not there, any. */
  chatOf(id: string): Promise<string> {
    return chatOf(this.#shop, id);
  }

  /** The scenario that a run or a schedule is of; of one that is not there, any. */
  scenarioOf(id: string): Promise<string> {
    return scenarioOf(this.#shop, id);
  }

  /** Whether the audit has something that was done in a request. */
  async isInAudit(requestId: string): Promise<boolean> {
    return (await this.actsOf(requestId)).length > 0;
  }

  /** All that the audit has of a request. */
  actsOf(requestId: string): Promise<readonly NotedAct[]> {
    return this.#shop.store
      .selectFrom('audit_entry')
      .where('request_id', '=', requestId)
      .orderBy('ordinal')
      .select(['action', 'subject_id', 'project_id', 'person_id', 'credential_id', 'details'])
      .execute();
  }

  /** What the ids are called of those who send requests, and of where they work. */
  get names(): ReadonlyMap<string, string> {
    return this.#names;
  }
}

/** The name of a workspace whose things are marked so: the first one's may be seen by all in it, its other project included. */
const nameOf = (mark: string): string => (mark === MARKS.first ? 'Ours' : mark);
