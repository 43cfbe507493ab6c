import type { SeedPlan } from '@datamaker/seeding';
import { newId } from '../../ids.ts';
import { recordAct } from '../../store/audit.ts';
import type { Principal } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import type { DoneToSystem, HeldRun } from '../../store/run-leases.ts';
import type { SeedRecipe } from '../../store/run-table.ts';
import type { Tenant } from '../../store/tenant.ts';
import { sensitiveColumns } from '../sets/sensitive-columns.ts';

/** Names that a note has; how many there are is said beside them. */
const MOST_NAMED = 500;

/** Notes that rows of a seed are about to leave. @returns what the export is called */
export async function noteSeedBegin(
  tx: Store,
  principal: Principal,
  connectionId: string,
  { tables }: SeedPlan,
  rows: number,
): Promise<string> {
  const exportId = newId('exp');
  const fields: string[] = [];
  for (const { id, columns } of tables.filter((table) => table.rows > 0)) {
    for (const name of await sensitiveColumns(columns)) fields.push(`${id}.${name}`);
  }
  const details = {
    export: exportId,
    of: 'seed',
    fields: fields.slice(0, MOST_NAMED),
    sensitive: fields.length,
    rows,
    format: 'rows',
    connection: connectionId,
    role: principal.role,
  };
  await recordAct(tx, principal, { action: 'export.begun', subjectId: connectionId, details });
  return exportId;
}

/** Notes how many rows had left when a worker was done with them. */
export async function noteSeedEnd(
  tenant: Tenant,
  { workspaceId, projectId, recipe }: HeldRun,
  { rows }: DoneToSystem,
  complete: boolean,
): Promise<void> {
  const { connectionId, by, exportId } = recipe as SeedRecipe;
  if (by === undefined || exportId === undefined) return;
  const details = { export: exportId, of: 'seed', rows, complete };
  const act = { action: 'export.ended', subjectId: connectionId, details };
  await tenant((tx) => recordAct(tx, { workspaceId, projectId, ...by }, act));
}
