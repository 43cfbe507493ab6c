/** What the settings show, by what the address says. */
export const SETTINGS_TABS = [
  { value: 'workspace', label: 'Workspace' },
  { value: 'usage', label: 'Usage' },
  { value: 'agent', label: 'Agent' },
  { value: 'deleted', label: 'Deleted' },
] as const;

export type SettingsTab = (typeof SETTINGS_TABS)[number]['value'];
