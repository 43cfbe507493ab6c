import { recordActs } from '../../store/audit.ts';
import type { FoundKey } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';

/** A call of a tool, as the audit tells it. */
export interface AuditedCall {
  readonly tool: string;
  readonly risk: string;
  /** Through which door it came. */
  readonly door: string;
  /** A hash of the arguments: what is in them is nobody's business there. */
  readonly arguments: string;
  /** `ok`, or the code of the error. */
  readonly outcome: string;
  readonly ms: number;
}

/** Notes that somebody called a tool. What the call did is noted as well, by what it asked of the API. */
export function auditCall(
  store: Store,
  holder: FoundKey,
  where: { readonly requestId: string; readonly projectId: string | null },
  { tool, ...details }: AuditedCall,
): Promise<void> {
  const { workspaceId, personId, keyId } = holder;
  const actor = { workspaceId, personId, keyId, ...where };
  return recordActs(store, workspaceId, [{ actor, act: { action: 'tool.called', subjectId: tool, details } }]);
}
