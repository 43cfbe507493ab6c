import type { Person } from '../../api/types.ts';

type Role = Person['role'];

/** Each may do what those before it may. */
const ROLES: readonly Role[] = ['viewer', 'member', 'admin', 'owner'];

/** The roles that somebody may give: none above their own. */
export const rolesUpTo = (role: Role | undefined): readonly Role[] =>
  role === undefined ? [] : ROLES.slice(0, ROLES.indexOf(role) + 1);

export const isAdministrator = (role: Role | undefined): boolean => role === 'admin' || role === 'owner';
