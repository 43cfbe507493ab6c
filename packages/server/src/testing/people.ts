import { expect } from 'vitest';
import type { Role } from '../security/permissions.ts';
import { Browser } from './browser.ts';
import type { Client } from './client.ts';

export const PASSWORD = 'correct horse battery staple';

export interface PersonBody {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
}

export interface KeyBody {
  readonly id: string;
  readonly name: string;
  readonly display: string;
  readonly personId: string;
  readonly projectId: string | null;
  readonly readOnly: boolean;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly key: string;
}

export interface Somebody {
  readonly id: string;
  readonly email: string;
  readonly browser: Browser;
  readonly keyId: string;
  readonly key: string;
  readonly client: Client;
}

let people = 0;

/** Invites somebody, who comes, and makes a key for the whole workspace. */
export async function join(inviting: Client, role: Role): Promise<Somebody> {
  const email = `somebody-${++people}@example.org`;
  const invite = await inviting.post<{ token: string }>('/invites', { role });
  expect(invite.status).toBe(201);
  const browser = new Browser(inviting);
  const body = { name: `Somebody ${people}`, email, password: PASSWORD };
  const joined = await browser.send<{ person: PersonBody }>('POST', `/invites/${invite.body.token}/accept`, body);
  expect({ status: joined.status, text: joined.text }).toMatchObject({ status: 201 });
  const made = await browser.send<KeyBody>('POST', '/keys', { name: 'first' });
  expect({ status: made.status, text: made.text }).toMatchObject({ status: 201 });
  const { id: keyId, key } = made.body;
  return { id: joined.body.person.id, email, browser, keyId, key, client: inviting.as(key) };
}
