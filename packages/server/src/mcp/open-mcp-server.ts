import { createHash } from 'node:crypto';
import { INVALID_PARAMS, ProtocolError, Server, type ServerContext } from '@modelcontextprotocol/server';
import { callTool, type ToolResult } from '../tools/call-tool.ts';
import { TOOLS, toolNamed } from '../tools/tools.ts';
import { VERSION } from '../version.ts';
import { INSTRUCTIONS } from './instructions.ts';
import type { McpCaller } from './mcp-caller.ts';
import { presentTool } from './present-tool.ts';
import { getPrompt, PROMPTS } from './prompts.ts';
import { RESOURCES, readResource } from './resources.ts';
import { REVISIONS } from './revisions.ts';

const INFO = { name: 'datamaker', title: 'DataMaker', version: VERSION };
/** Tools, prompts and resources are the same for as long as the server runs; who sees which is for each key. */
const HOUR_MS = 3_600_000;
const KEPT = { ttlMs: HOUR_MS, cacheScope: 'private' } as const;

const LISTED = new Map(TOOLS.map((tool) => [tool, presentTool(tool)]));

/** One side of a conversation by the Model Context Protocol. Who speaks is told with each request: `callerOf`. */
export function openMcpServer(): Server {
  const server = new Server(INFO, {
    capabilities: { tools: {}, prompts: {}, resources: {} },
    instructions: INSTRUCTIONS,
    supportedProtocolVersions: [...REVISIONS],
    cacheHints: { 'tools/list': KEPT, 'prompts/list': KEPT, 'resources/list': KEPT, 'server/discover': KEPT },
  });
  server.setRequestHandler('tools/list', (_request, context) => {
    const caller = callerOf(context);
    return { tools: TOOLS.filter((tool) => caller.sees(tool)).map((tool) => LISTED.get(tool) as never) };
  });
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const caller = callerOf(context);
    const tool = toolNamed(params.name);
    if (tool === undefined) {
      throw new ProtocolError(INVALID_PARAMS, `there is no tool ${JSON.stringify(params.name.slice(0, 80))}`);
    }
    const begun = performance.now();
    const result = await callTool(tool, params.arguments, {
      openApi: (signal) => caller.openApi(signal),
      signal: context.mcpReq.signal,
      progress: progressOf(context),
      onFault: (fault) => caller.onFault(fault),
    });
    await caller.note({
      tool,
      argumentsHash: hashOf(params.arguments),
      outcome: result.error?.code ?? 'ok',
      ms: Math.round(performance.now() - begun),
    });
    return present(result) as never;
  });
  server.setRequestHandler('prompts/list', () => ({ prompts: PROMPTS.map(({ listed }) => listed) }));
  server.setRequestHandler('prompts/get', ({ params }) => getPrompt(params.name, params.arguments ?? {}));
  server.setRequestHandler('resources/list', () => ({ resources: [...RESOURCES] }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [] }));
  server.setRequestHandler('resources/read', ({ params }, context) =>
    readResource(params.uri, callerOf(context).openApi(context.mcpReq.signal)),
  );
  return server;
}

/** Whoever a request is from: the door that took it has said so. */
function callerOf({ http }: ServerContext): McpCaller {
  const caller = http?.authInfo?.extra?.['caller'] as McpCaller | undefined;
  if (caller === undefined) throw new Error('nobody has said whom a request is from');
  return caller;
}

function progressOf({ mcpReq }: ServerContext): (done: number, total: number | undefined, message: string) => void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  return (progress, total, message) => {
    const params = { progressToken, progress, message, ...(total === undefined ? {} : { total }) };
    // Whoever does not hear of it has lost nothing.
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}

const present = ({ isError, structured, text }: ToolResult): object => ({
  content: [{ type: 'text', text }],
  ...(structured === undefined ? {} : { structuredContent: structured }),
  ...(isError ? { isError: true } : {}),
});

const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value ?? {}))
    .digest('hex')
    .slice(0, 32);
