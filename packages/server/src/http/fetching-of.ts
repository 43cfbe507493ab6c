import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fetching } from '../services/responses/fetch-responses.ts';
import { openFetching } from '../services/responses/open-fetching.ts';
import type { HttpContext } from './context.ts';
import { signalOf } from './signal-of.ts';

/**
 * What rows of systems are fetched with, for as long as the client waits.
 * @param template whose rows leave the server; undefined: they are only shown, and nothing is noted
 */
export const fetchingOf = (
  { ownTenant, principal }: FastifyRequest,
  reply: FastifyReply,
  context: Pick<HttpContext, 'vault' | 'connections' | 'programs'>,
  template?: { readonly id: string; readonly version: number },
): Fetching =>
  openFetching(
    context,
    { tenant: ownTenant, workspaceId: principal.workspaceId, projectId: principal.projectId },
    signalOf(reply),
    template === undefined ? undefined : { principal, template },
  );
