/** What people may be in a workspace; each may do what those before it may. */
export const ROLES = ['viewer', 'member', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** What keys may be made for; one that names none is for all that its role may do. */
export const SCOPES = ['read', 'generate', 'run', 'push', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** What routes ask for, from which role on it is given, and which keys it is given by. */
const NEEDED = {
  /** See what is in projects. */
  read: ['viewer', 'read'],
  /** One's own keys, sessions, name and password: whoever may make keys may make any. */
  self: ['viewer', 'admin'],
  /** Create, change and delete templates, sets, files and chats. */
  write: ['member', 'generate'],
  /** Make rows, and have them. */
  generate: ['member', 'generate'],
  /** Create, change, delete and execute scenarios; end runs. */
  run: ['member', 'run'],
  /** Create, change and delete connections; send rows and statements to systems, and take them back. */
  push: ['member', 'push'],
  /** Create, change and delete secrets. */
  secure: ['member', 'admin'],
  /** Invite and remove people, make projects, see the audit, keys of others. */
  administer: ['admin', 'admin'],
  /** Plans, owners, the end of the workspace. */
  own: ['owner', 'admin'],
} as const satisfies Record<string, readonly [Role, Scope]>;

export type Permission = keyof typeof NEEDED;

/** Whoever acts: a role, as it is now, whether the credential may only read, and what it is for. */
export interface Authority {
  readonly role: Role;
  readonly readOnly: boolean;
  /** null: for all that the role may do. */
  readonly scopes: readonly Scope[] | null;
}

/** Whether somebody may: the one place that says so, whichever door they come through. */
export const allows = ({ role, readOnly, scopes }: Authority, permission: Permission): boolean =>
  (!readOnly || permission === 'read') &&
  (scopes === null || scopes.includes(scopeFor(permission))) &&
  ROLES.indexOf(role) >= ROLES.indexOf(roleFor(permission));

/** Whether what is asked for is within what somebody has: nobody gives more. */
export const isWithin = (asked: readonly Scope[] | null, own: readonly Scope[] | null): boolean =>
  own === null || (asked?.every((scope) => own.includes(scope)) ?? false);

/** Whether a role is at most another: nobody gives more than they have, or takes from those above them. */
export const isAtMost = (role: Role, most: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(most);

/** The least role that may. */
export const roleFor = (permission: Permission): Role => NEEDED[permission][0];

/** What a key has to be for. */
export const scopeFor = (permission: Permission): Scope => NEEDED[permission][1];
