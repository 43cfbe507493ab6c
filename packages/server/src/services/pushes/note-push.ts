import { recordAct } from '../../store/audit.ts';
import type { Principal } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import type { PushPlan, PushState } from '../../store/push-receipt-table.ts';
import type { HeldRun } from '../../store/run-leases.ts';
import type { Tenant } from '../../store/tenant.ts';

/** Notes that rows are about to leave, as `beginExport` does of what a request sends. */
export function noteBegin(
  tx: Store,
  principal: Principal,
  connectionId: string,
  sensitive: readonly string[],
  { by, template, from, to, table }: PushPlan,
): Promise<void> {
  const details = {
    export: by.exportId,
    of: 'template',
    version: template.version,
    fields: sensitive,
    rows: to - from,
    format: 'rows',
    connection: connectionId,
    table: table.name,
    role: principal.role,
  };
  return recordAct(tx, principal, { action: 'export.begun', subjectId: template.id, details });
}

/** Notes how many rows had left when a worker was done with them. */
export function noteEnd(
  tenant: Tenant,
  { workspaceId, projectId }: Pick<HeldRun, 'workspaceId' | 'projectId'>,
  { by: { exportId, ...who }, template, to }: PushPlan,
  { position, sent }: PushState,
): Promise<void> {
  const details = { export: exportId, of: 'template', rows: sent, complete: position === to };
  return tenant((tx) =>
    recordAct(tx, { workspaceId, projectId, ...who }, { action: 'export.ended', subjectId: template.id, details }),
  );
}
