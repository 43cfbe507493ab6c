/** What people may be in a workspace; each may do what those before it may. */
export const ROLES = ['viewer', 'member', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** What routes ask for, and from which role on it is given. */
const NEEDED = {
  /** See what is in projects. */
  read: 'viewer',
  /** One's own keys, sessions, name and password. */
  self: 'viewer',
  /** Create, change and delete templates, connections, scenarios, sets and files. */
  write: 'member',
  /** Make rows, and send them somewhere. */
  generate: 'member',
  /** Invite and remove people, make projects, see the audit, keys of others. */
  administer: 'admin',
  /** Plans, owners, the end of the workspace. */
  own: 'owner',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof NEEDED;

/** Whoever acts: a role, as it is now, and whether the credential may only read. */
export interface Authority {
  readonly role: Role;
  readonly readOnly: boolean;
}

/** Whether somebody may. */
export const allows = ({ role, readOnly }: Authority, permission: Permission): boolean =>
  (!readOnly || permission === 'read') && ROLES.indexOf(role) >= ROLES.indexOf(NEEDED[permission]);

/** Whether a role is at most another: nobody gives more than they have, or takes from those above them. */
export const isAtMost = (role: Role, most: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(most);

/** The least role that may. */
export const roleFor = (permission: Permission): Role => NEEDED[permission];
