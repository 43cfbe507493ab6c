import type { IconName } from '../ui/Icon.tsx';

/** The pages of the navigation, in its order. */
export const NAVIGATION = [
  { to: '/templates', label: 'Templates', icon: 'template' },
  { to: '/sets', label: 'Sets', icon: 'set' },
  { to: '/files', label: 'Files', icon: 'file' },
  { to: '/connections', label: 'Connections', icon: 'connection' },
  { to: '/scenarios', label: 'Scenarios', icon: 'scenario' },
  { to: '/chats', label: 'Chats', icon: 'chat' },
  { to: '/runs', label: 'Runs', icon: 'run' },
  { to: '/keys', label: 'API keys', icon: 'key' },
  { to: '/secrets', label: 'Secrets', icon: 'lock' },
  { to: '/people', label: 'People', icon: 'people' },
  { to: '/settings', label: 'Settings', icon: 'settings' },
  { to: '/audit', label: 'Audit', icon: 'audit', role: 'admin' },
] as const satisfies readonly { to: string; label: string; icon: IconName; role?: 'admin' }[];

/** Whether a role sees an entry. */
export const isFor = (entry: (typeof NAVIGATION)[number], role: string | undefined): boolean =>
  !('role' in entry) || role === 'admin' || role === 'owner';
