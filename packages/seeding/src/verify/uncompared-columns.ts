import type { TablePlan } from '../plan/seed-plan.ts';

/** Columns that were given values which nobody compares with what is there, as `public.order.route`. */
export const uncomparedColumns = ({
  id,
  columns,
  identity,
  uncompared,
}: Pick<TablePlan, 'id' | 'columns' | 'identity' | 'uncompared'>): string[] =>
  columns.filter((name) => uncompared.includes(name) && !identity.includes(name)).map((name) => `${id}.${name}`);
