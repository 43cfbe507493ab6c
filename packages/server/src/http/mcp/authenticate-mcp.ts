import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';
import type { McpCaller } from '../../mcp/mcp-caller.ts';
import { isDatagenKey } from '../../security/datagen-key.ts';
import { allows } from '../../security/permissions.ts';
import type { KeyHolders } from '../../services/callers/key-holders.ts';
import { auditCall } from '../../services/callers/tool-audit.ts';
import type { Callers } from '../../services/datagen/callers.ts';
import type { FoundKey } from '../../store/keys.ts';
import { keyOf } from '../authenticate.ts';
import type { HttpContext } from '../context.ts';
import type { OpenRequests } from '../open-requests.ts';

export interface McpDoor extends Pick<HttpContext, 'store' | 'openApi' | 'limiter'> {
  readonly holders: KeyHolders;
  readonly datagen: Callers;
  /** Where answers that take long are watched. */
  readonly open: OpenRequests;
}

/** Who a request is from, and for whom its workspace pays. */
export interface McpRequester {
  readonly caller: McpCaller;
  /** Undefined: a key of DataGen, which belongs to no workspace. */
  readonly holder: FoundKey | undefined;
}

/**
 * Who sends a request: by its key, and by nothing else. Cookies do not count here, so that no page can use those of who looks at it.
 * @throws ApiError unauthorized, workspace_deleted
 */
export async function requesterOf(request: FastifyRequest, reply: FastifyReply, door: McpDoor): Promise<McpRequester> {
  const key = keyOf(request);
  const known = isDatagenKey(key) ? await ofDatagen(request, key, door) : await ofWorkspace(request, key, door);
  if (known === undefined) {
    throw new ApiError(
      'unauthorized',
      'the API key is missing, wrong, expired or revoked: send it as `Authorization: Bearer <key>` or `X-API-Key`',
    );
  }
  door.open.watch(request, reply, known.isGood);
  return known;
}

type Known = McpRequester & { readonly isGood: () => Promise<boolean> };

async function ofDatagen(request: FastifyRequest, key: string, door: McpDoor): Promise<Known | undefined> {
  const found = await door.datagen.find(key);
  if (found === undefined) return undefined;
  const caller: McpCaller = {
    id: found.keyId,
    sees: (tool) => tool.isOfDatagen === true,
    openApi: (signal) => door.openApi({ headers: { 'x-api-key': key }, signal }),
    note: async () => undefined,
    onFault: (fault) => tellFault(request, fault),
  };
  return { caller, holder: undefined, isGood: async () => (await door.datagen.find(key)) !== undefined };
}

async function ofWorkspace(request: FastifyRequest, key: string, door: McpDoor): Promise<Known | undefined> {
  const holder = await door.holders.find(key);
  if (holder === undefined) return undefined;
  if (holder.deletedAt !== null) {
    throw new ApiError('workspace_deleted', 'the workspace is deleted: an owner can restore it');
  }
  // Not awaited: the note of a key's use must not slow or fail the request.
  door.holders
    .touch(holder)
    .catch((error: unknown) => request.log.warn({ err: error }, 'the use of a key was not noted'));
  const named = request.headers['x-datamaker-project'];
  const projectId = typeof named === 'string' && named !== '' ? named.slice(0, 80) : undefined;
  const caller: McpCaller = {
    id: holder.keyId,
    // What each tool is asked about it has to look at first.
    sees: ({ permission }) => allows(holder, 'read') && allows(holder, permission),
    openApi: (signal) => door.openApi({ caller: { find: () => door.holders.find(key) }, projectId, signal }),
    note: ({ tool, argumentsHash, outcome, ms }) =>
      auditCall(
        door.store,
        holder,
        // What a header says was looked at by the routes that the tool asked, and is not known to be a project here.
        { requestId: request.id, projectId: projectId === undefined ? holder.defaultProject : null },
        { tool: tool.name, risk: tool.risk, door: 'mcp', arguments: argumentsHash, outcome, ms },
      ),
    onFault: (fault) => tellFault(request, fault),
  };
  return { caller, holder, isGood: async () => isGood(await door.holders.find(key)) };
}

const isGood = (holder: FoundKey | undefined): boolean => holder !== undefined && holder.deletedAt === null;

const tellFault = (request: FastifyRequest, fault: unknown): void =>
  request.log.error({ err: fault }, 'a tool failed in a way that nobody foresaw');
