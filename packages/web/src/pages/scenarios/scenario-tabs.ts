/** What stands beside the code of a scenario, by what the address says. */
export const TABS = [
  { value: 'run', label: 'Run' },
  { value: 'runs', label: 'History' },
  { value: 'schedules', label: 'Schedules' },
  { value: 'triggers', label: 'Trigger' },
] as const;

export type ScenarioTab = (typeof TABS)[number]['value'];
