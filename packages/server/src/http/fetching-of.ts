import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConnectionData } from '../services/connections/connection-data.ts';
import { ConnectionDoor } from '../services/connections/connection-door.ts';
import type { FetchedRows, Fetching } from '../services/responses/fetch-responses.ts';
import { recordAct } from '../store/audit.ts';
import type { HttpContext } from './context.ts';
import { signalOf } from './signal-of.ts';

/**
 * What rows of systems are fetched with, for as long as the client waits.
 * @param template whose rows leave the server; undefined: they are only shown, and nothing is noted
 */
export function fetchingOf(
  { ownTenant, principal }: FastifyRequest,
  reply: FastifyReply,
  { vault, connections }: Pick<HttpContext, 'vault' | 'connections'>,
  template?: { readonly id: string; readonly version: number },
): Fetching {
  const note = async (fetched: readonly FetchedRows[]): Promise<void> =>
    ownTenant(async (tx) => {
      for (const { connection_id: subjectId, ...what } of fetched) {
        const details = { template: template?.id, version: template?.version, ...what };
        await recordAct(tx, principal, { action: 'connection.fetched', subjectId, details });
      }
    });
  return {
    data: new ConnectionData(new ConnectionDoor(connections, ownTenant, vault), ownTenant),
    signal: signalOf(reply),
    ...(template === undefined ? {} : { note }),
  };
}
