import { newId } from '../ids.ts';
import { recordAct } from '../store/audit.ts';
import type { Principal } from '../store/keys.ts';
import type { Tenant } from '../store/tenant.ts';
import type { MaskAnswer } from './mask-service.ts';

/** What is about to leave. */
export interface ExportStart {
  readonly of: 'template' | 'set' | 'file' | 'run' | 'connection' | 'rows';
  /** Of the template, set, file or run, or of the connection that rows come from or go to. */
  readonly id: string;
  readonly version?: number;
  /** The sensitive ones; undefined: nobody knows what is in it. */
  readonly fields?: readonly string[];
  /** How much is to leave. */
  readonly rows?: number;
  readonly bytes?: number;
  /** Of a file or the output of a run: its name, and where the range begins that was asked for. */
  readonly name?: string;
  readonly first_byte?: number;
  readonly format: string;
  /** The connection that it goes to: that is noted, whatever is in it. */
  readonly connection?: string;
  /** Of a connection. */
  readonly table?: string;
}

/** How much has left, in rows or, of a file, in bytes, and whether that was all. */
export type EndExport = (delivered: number, complete: boolean) => Promise<void>;

/**
 * Notes in the audit that sensitive fields leave the server: before their first byte does, and how much it was when it is over. Two
 * entries, since none is ever changed: one without the other is of a server that died in between, and says what may have left at
 * most. Rows without sensitive fields are not noted; a file is, whatever is in it.
 * @param tenant transactions of its own: what is noted stays, whatever becomes of the request
 */
export async function beginExport(tenant: Tenant, principal: Principal, start: ExportStart): Promise<EndExport> {
  const { of, id: subjectId, fields, ...what } = start;
  if (fields?.length === 0 && start.connection === undefined) return async () => undefined;
  const id = newId('exp');
  const common = { export: id, of, ...(fields === undefined ? {} : { fields }) };
  const details = { ...common, connection: null, ...what, role: principal.role };
  await tenant((tx) => recordAct(tx, principal, { action: 'export.begun', subjectId, details }));
  const unit = of === 'file' || of === 'run' ? 'bytes' : 'rows';
  return (delivered, complete) =>
    tenant((tx) =>
      recordAct(tx, principal, {
        action: 'export.ended',
        subjectId,
        details: { ...common, [unit]: delivered, complete },
      }),
    );
}

/** Notes that rows left masked: by which strategy which fields, and whether what stands for real values went along. */
export function noteMasking(
  tenant: Tenant,
  principal: Principal,
  templateId: string | undefined,
  { count, log, tokens }: Pick<MaskAnswer, 'count' | 'log' | 'tokens'>,
): Promise<void> {
  const fields = log.map(({ field, strategy }) => ({ field, strategy }));
  const details = { of: 'mask', fields, rows: count, tokens: tokens?.length ?? 0, role: principal.role };
  const [subjectId] = templateId?.split('@') ?? [];
  const subject = subjectId === undefined ? {} : { subjectId };
  return tenant((tx) => recordAct(tx, principal, { action: 'rows.masked', ...subject, details }));
}
