import { recordAct } from '../../store/audit.ts';
import type { Principal } from '../../store/keys.ts';
import { ConnectionData } from '../connections/connection-data.ts';
import { ConnectionDoor } from '../connections/connection-door.ts';
import type { ProjectScope } from '../programs/field-programs.ts';
import type { SystemPlaces } from '../runs/system-places.ts';
import type { FetchedRows, Fetching } from './fetch-responses.ts';

/** For whom rows leave the server, and those of which template. */
export interface FetchNote {
  readonly principal: Principal;
  readonly template: { readonly id: string; readonly version: number };
}

/**
 * What rows of systems are fetched with.
 * @param scope the project, and transactions of its own
 * @param about is noted in the audit with what was fetched; undefined: rows are only shown, and nothing is noted
 */
export function openFetching(
  { connections, vault, programs: all }: Omit<SystemPlaces, 'spool'>,
  { tenant, workspaceId, projectId }: ProjectScope,
  signal: AbortSignal,
  about?: FetchNote,
): Fetching {
  const data = new ConnectionData(new ConnectionDoor(connections, tenant, vault), tenant);
  const programs = all.of({ tenant, workspaceId, projectId });
  if (about === undefined) return { data, signal, programs };
  const { id: template, version } = about.template;
  const note = (fetched: readonly FetchedRows[]): Promise<void> =>
    tenant(async (tx) => {
      for (const { connection_id: subjectId, ...what } of fetched) {
        const details = { template, version, ...what };
        await recordAct(tx, about.principal, { action: 'connection.fetched', subjectId, details });
      }
    });
  return { data, signal, programs, note };
}
