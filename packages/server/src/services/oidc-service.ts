import type { Configuration } from 'openid-client';
import { ApiError } from '../errors.ts';
import { newId } from '../ids.ts';
import { isLocal, type OidcSettings } from '../security/oidc-settings.ts';
import type { Role } from '../security/permissions.ts';
import { recordAct } from '../store/audit.ts';
import type { Store } from '../store/open-store.ts';
import {
  addPerson,
  bindSubject,
  findByEmail,
  findBySubject,
  firstWorkspace,
  type StoredPerson,
  wasRemoved,
} from '../store/people.ts';
import { tenantOf } from '../store/tenant.ts';

/** What a sign-in that has begun is checked by when it comes back. */
export interface OidcAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who somebody is, as their provider says. */
interface Vouched {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** Sign-in by a provider of OpenID Connect: authorization code with PKCE, state and nonce. */
export class OidcService {
  readonly #store: Store;
  readonly #settings: OidcSettings | undefined;
  #configuration: Promise<Configuration> | undefined;

  constructor(store: Store, settings: OidcSettings | undefined) {
    this.#store = store;
    this.#settings = settings;
  }

  /** Where the browser goes to, and what its return is checked by. @throws ApiError not_found, unavailable */
  async begin(redirectUri: string): Promise<[URL, OidcAttempt]> {
    const { client, configuration } = await this.#discover();
    const verifier = client.randomPKCECodeVerifier();
    const attempt = { state: client.randomState(), nonce: client.randomNonce(), verifier };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: attempt.state,
      nonce: attempt.nonce,
    });
    return [url, attempt];
  }

  /**
   * The person who comes back: known by the provider's name for them, else by their address, else new, with the role of the
   * address's domain.
   * @param returned the URL that the provider sent the browser to
   * @throws ApiError not_found, unavailable, invalid_credentials, forbidden
   */
  async finish(returned: URL, { state, nonce, verifier }: OidcAttempt, requestId: string): Promise<StoredPerson> {
    const { client, configuration, settings } = await this.#discover();
    const tokens = await client
      .authorizationCodeGrant(configuration, returned, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      .catch(() => {
        throw new ApiError('invalid_credentials', 'the provider did not confirm the sign-in: begin again');
      });
    const claims = tokens.claims();
    if (claims === undefined) throw new ApiError('invalid_credentials', 'the provider did not say who signs in');
    // Providers put the address into the token or where only its holder can ask for it.
    const told =
      claims['email'] === undefined
        ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : claims;
    const email = told.email_verified === true && typeof told['email'] === 'string' ? told['email'].toLowerCase() : '';
    const role = settings.domains.get(email.split('@')[1] ?? '');
    if (role === undefined) {
      throw new ApiError(
        'forbidden',
        'people with your e-mail address, or with none that is confirmed, are not let in',
      );
    }
    const name = typeof told['name'] === 'string' && told['name'].trim() !== '' ? told['name'].slice(0, 200) : email;
    return this.#personOf({ subject: claims.sub, email, name, role }, settings.issuer, requestId);
  }

  async #personOf({ subject, email, name, role }: Vouched, issuer: string, requestId: string): Promise<StoredPerson> {
    const known = await findBySubject(this.#store, issuer, subject);
    if (known !== undefined) return known;
    const same = await findByEmail(this.#store, email);
    if (same !== undefined) {
      if (same.subject !== null) throw new ApiError('forbidden', 'the e-mail address belongs to another account');
      await tenantOf(this.#store, same.workspace_id)((tx) => bindSubject(tx, same.id, issuer, subject));
      return same;
    }
    if (await wasRemoved(this.#store, email, issuer, subject)) {
      throw new ApiError('forbidden', 'you were removed from the workspace: ask for an invite');
    }
    const workspaceId = await this.#workspaceOf(email);
    if (workspaceId === undefined) throw new ApiError('forbidden', 'there is no workspace to come into');
    return tenantOf(
      this.#store,
      workspaceId,
    )(async (tx) => {
      const person = await addPerson(tx, { id: newId('usr'), workspaceId, name, role, email, issuer, subject });
      const actor = { workspaceId, projectId: null, personId: person.id, keyId: null, requestId };
      await recordAct(tx, actor, { action: 'person.joined', subjectId: person.id, details: { by: issuer, role } });
      return person;
    });
  }

  /** Where somebody new from a domain comes into; undefined: there is no such workspace. */
  #workspaceOf(email: string): Promise<string | undefined> {
    const { workspaces } = this.#settings ?? {};
    const id = workspaces?.get(email.split('@')[1] ?? '') ?? workspaces?.get('');
    return firstWorkspace(this.#store, id);
  }

  /** The library and what the provider says of itself, both on first use. @throws ApiError not_found, unavailable */
  async #discover() {
    const settings = this.#settings;
    if (settings === undefined) throw new ApiError('not_found', 'this server knows no provider to sign in with');
    const client = await import('openid-client');
    this.#configuration ??= client.discovery(
      new URL(settings.issuer),
      settings.clientId,
      settings.clientSecret,
      undefined,
      isLocal(new URL(settings.issuer)) ? { execute: [client.allowInsecureRequests] } : {},
    );
    const configuration = await this.#configuration.catch(() => {
      this.#configuration = undefined;
      throw new ApiError('unavailable', 'the provider cannot be reached at the moment; try again');
    });
    return { client, configuration, settings };
  }
}
