import { createHmac } from 'node:crypto';
import { ApiError, conflict, validationError } from '../errors.ts';
import { newId } from '../ids.ts';
import { hashPassword, isPassword } from '../security/password.ts';
import { hashToken, mayBeToken, newToken } from '../security/token.ts';
import { type Actor, recordAct } from '../store/audit.ts';
import { findInvite, sweepInvites, takeInvite } from '../store/invites.ts';
import type { Principal } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import { addPerson, changePerson, findByEmail, findPerson, type StoredPerson } from '../store/people.ts';
import {
  addSession,
  endSession,
  endSessions,
  listSessions,
  type StoredSession,
  sweepSessions,
} from '../store/sessions.ts';
import { claimAttempt, forgetAttempts, sweepAttempts } from '../store/sign-in-attempts.ts';
import { type Tenant, tenantOf } from '../store/tenant.ts';
import { missing } from './missing.ts';
import { refuseLimited } from './refuse-limited.ts';

/** Where a request comes from. */
export interface Origin {
  readonly requestId: string;
  readonly address: string;
  /** What the browser says it is. */
  readonly agent: string;
}

/** A session that has just begun, with its token, which is not to be had again. */
export interface Begun {
  readonly session: StoredSession;
  readonly person: StoredPerson;
  readonly token: string;
}

export interface Newcomer {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Passwords tried in a quarter of an hour: at one account from one address; from one address, where many people may sit; and at one account from
 * anywhere, so many that nobody is kept out of their account by somebody elsewhere with less than ten addresses.
 */
const MOST_TOGETHER = 10;
const MOST_PER_ADDRESS = 50;
const MOST_PER_ACCOUNT = 100;

/** Use-cases of signing in and out, of passwords, and of taking invites. */
export class SignInService {
  readonly #store: Store;
  readonly #pepper: string;

  constructor(store: Store, pepper: string) {
    this.#store = store;
    this.#pepper = pepper;
  }

  /** @throws ApiError invalid_credentials, rate_limited */
  async signIn(email: string, password: string, origin: Origin): Promise<Begun> {
    await this.#claim(email, origin.address);
    const person = await findByEmail(this.#store, email);
    if (!(await isPassword(password, person?.password)) || person === undefined) {
      // Not awaited: the time it takes would tell a stranger that there is such an account.
      if (person !== undefined) this.#record(person, origin, null, 'session.refused').catch(() => undefined);
      throw new ApiError('invalid_credentials', 'the e-mail address or the password is wrong');
    }
    await this.#forget(email, origin.address);
    return this.begin(person, origin, 'password');
  }

  /** Begins a session for somebody who has shown who they are. */
  async begin(person: StoredPerson, origin: Origin, by: string): Promise<Begun> {
    const token = newToken('session');
    const session = await tenantOf(
      this.#store,
      person.workspace_id,
    )(async (tx) => {
      const added = await addSession(tx, {
        id: newId('ses'),
        workspaceId: person.workspace_id,
        personId: person.id,
        hash: hashToken('session', token, this.#pepper),
        agent: origin.agent.slice(0, 200),
        address: origin.address,
      });
      const actor = actorOf(person, origin, added.id);
      await recordAct(tx, actor, { action: 'session.begun', subjectId: added.id, details: { by } });
      return added;
    });
    return { session, person, token };
  }

  /** Makes a person of whoever has an invite. @throws ApiError not_found, conflict, rate_limited */
  async acceptInvite(token: string, { name, email, password }: Newcomer, origin: Origin): Promise<Begun> {
    await this.#claim(undefined, origin.address);
    const hash = hashToken('invite', token, this.#pepper);
    const invite = mayBeToken('invite', token) ? await findInvite(this.#store, hash) : undefined;
    if (invite === undefined) throw noInvite();
    if (invite.email !== null && invite.email !== email) {
      const message = 'the invite is for another e-mail address';
      throw validationError([
        { code: 'other_address', pointer: '/email', message, hint: 'use the one it was sent to' },
      ]);
    }
    const kept = await hashPassword(password);
    const person = await tenantOf(
      this.#store,
      invite.workspace_id,
    )(async (tx) => {
      const taken = await takeInvite(tx, hash);
      if (taken === undefined) throw noInvite();
      const { workspace_id: workspaceId, role } = taken;
      const added = await addPerson(tx, { id: newId('usr'), workspaceId, name, role, email, password: kept });
      const details = { invite: taken.id, role, invitedBy: taken.created_by };
      await recordAct(tx, actorOf(added, origin, null), { action: 'person.joined', subjectId: added.id, details });
      return added;
    }).catch(asTaken);
    return this.begin(person, origin, 'invite');
  }

  /**
   * Sets one's e-mail address and password; all other sessions end. A session needs the password that there is; a key for
   * the whole workspace, which can do as much anyway, does not. One with scopes or an end cannot: what signs in has neither.
   * @throws ApiError forbidden, invalid_credentials, conflict, rate_limited
   */
  async setPassword(
    tenant: Tenant,
    principal: Principal,
    given: { email?: string; password: string; currentPassword?: string },
    origin: Origin,
  ): Promise<void> {
    const { workspaceId, personId } = principal;
    refuseLimited(principal, 'sets no password');
    const person = (await tenant((tx) => findPerson(tx, workspaceId, personId))) ?? missing('person', personId);
    const email = given.email ?? person.email;
    if (email === null) {
      const message = 'you have no e-mail address yet';
      throw validationError([{ code: 'email_missing', pointer: '/email', message, hint: 'give one to sign in with' }]);
    }
    if (principal.credential === 'session' && person.password !== null) {
      await this.#claim(person.id, origin.address);
      if (!(await isPassword(given.currentPassword ?? '', person.password))) {
        throw new ApiError('invalid_credentials', 'currentPassword is not the password that you have now');
      }
      await this.#forget(person.id, origin.address);
    }
    const password = await hashPassword(given.password);
    await tenant(async (tx) => {
      await changePerson(tx, workspaceId, personId, { email, password });
      await endSessions(tx, personId, principal.credential === 'session' ? principal.keyId : null);
      const details = email === person.email ? {} : { email };
      await recordAct(tx, principal, { action: 'person.password_set', subjectId: personId, projectId: null, details });
    }).catch(asTaken);
    await this.#forget(email, origin.address);
  }

  /** @throws ApiError not_found, when it is not one's own */
  async end(tenant: Tenant, principal: Principal, id: string): Promise<void> {
    await tenant(async (tx) => {
      if (!(await endSession(tx, principal.personId, id))) missing('session', id);
      await recordAct(tx, principal, { action: 'session.ended', subjectId: id, projectId: null });
    });
  }

  /** Ends all of one's sessions but the one that asks. */
  async endOthers(tenant: Tenant, principal: Principal): Promise<void> {
    await tenant(async (tx) => {
      const ended = await endSessions(tx, principal.personId, principal.keyId);
      const details = { ended };
      await recordAct(tx, principal, {
        action: 'session.others_ended',
        subjectId: principal.personId,
        projectId: null,
        details,
      });
    });
  }

  list(tenant: Tenant, principal: Principal): Promise<StoredSession[]> {
    return tenant((tx) => listSessions(tx, principal.personId));
  }

  /** Forgets sessions, invites and attempts that are over. */
  async sweep(): Promise<void> {
    await sweepSessions(this.#store);
    await sweepInvites(this.#store);
    await sweepAttempts(this.#store);
  }

  /** @throws ApiError rate_limited */
  async #claim(account: string | undefined, address: string): Promise<void> {
    const limits = [{ subject: this.#subject('address', address), most: MOST_PER_ADDRESS }];
    if (account !== undefined) {
      limits.push({ subject: this.#subject('account', account), most: MOST_PER_ACCOUNT });
      limits.push({ subject: this.#subject('account at address', `${account}\0${address}`), most: MOST_TOGETHER });
    }
    const seconds = await claimAttempt(this.#store, limits);
    if (seconds === undefined) return;
    throw new ApiError('rate_limited', 'too many tries: wait and try again', [], { 'Retry-After': String(seconds) });
  }

  async #forget(account: string, address: string): Promise<void> {
    await forgetAttempts(this.#store, this.#subject('account', account));
    await forgetAttempts(this.#store, this.#subject('account at address', `${account}\0${address}`));
  }

  /** Neither addresses nor who has an account can be read from what is stored. */
  #subject(kind: 'account' | 'address' | 'account at address', value: string): Buffer {
    return createHmac('sha256', this.#pepper).update(`sign-in ${kind}\0${value}`).digest();
  }

  #record(person: StoredPerson, origin: Origin, sessionId: string | null, action: string): Promise<void> {
    const tenant = tenantOf(this.#store, person.workspace_id);
    return tenant((tx) => recordAct(tx, actorOf(person, origin, sessionId), { action, subjectId: person.id }));
  }
}

const actorOf = (person: StoredPerson, { requestId }: Origin, keyId: string | null): Actor => ({
  workspaceId: person.workspace_id,
  projectId: null,
  personId: person.id,
  keyId,
  requestId,
});

const noInvite = (): ApiError => new ApiError('not_found', 'the invite is wrong, taken, withdrawn or expired');

/** SQLSTATE 23505 of the index on addresses. @throws ApiError conflict */
function asTaken(error: unknown): never {
  if ((error as { constraint?: string }).constraint !== 'person_email') throw error;
  throw conflict('email_taken', 'somebody else has this e-mail address', 'use another one');
}
