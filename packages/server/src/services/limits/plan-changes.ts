/** Who puts workspaces on plans: owners by the API and whoever runs the server by its commands, or only the latter. */
export const PLAN_CHANGES = ['owners', 'operator'] as const;
export type PlanChanges = (typeof PLAN_CHANGES)[number];
