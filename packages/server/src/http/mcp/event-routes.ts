import type { FastifyInstance } from 'fastify';
import { ApiError } from '../../errors.ts';
import type { EventTransport } from '../../mcp/event-transport.ts';
import type { Sessions } from '../../mcp/sessions.ts';
import { EventStream } from '../event-stream.ts';
import { MessageError } from './json-rpc-errors.ts';

/** The transport of 2024-11-05: an answer of events, and messages that are posted to where its first event says. */
export function eventRoutes(app: FastifyInstance): void {
  const schema = { hide: true };
  let sessions: Sessions<EventTransport> | undefined;
  app.addHook('preClose', async () => sessions?.close());

  app.get('/mcp/sse', { schema }, async (request, reply) => {
    if (!/\b(text\/event-stream|text\/\*|\*\/\*)/.test(request.headers.accept ?? '')) {
      throw new ApiError('not_acceptable', 'the answer is events: ask with Accept: text/event-stream');
    }
    const [{ EventTransport }, { Sessions }, { openMcpServer }] = await Promise.all([
      import('../../mcp/event-transport.ts'),
      import('../../mcp/sessions.ts'),
      import('../../mcp/open-mcp-server.ts'),
    ]);
    sessions ??= new Sessions<EventTransport>();
    const own = sessions;
    const id = Sessions.newId();
    const stream = new EventStream(request, reply);
    const transport = new EventTransport(stream, `/mcp/messages/?session_id=${id}`);
    own.keep(id, transport, request.mcp.caller);
    stream.gone.addEventListener('abort', () => {
      own.forget(id);
      void transport.close();
    });
    await openMcpServer().connect(transport);
  });

  app.post('/mcp/messages', { schema }, async (request, reply) => {
    const [{ parseJSONRPCMessage }, { authInfoOf }] = await Promise.all([
      import('@modelcontextprotocol/server'),
      import('../../mcp/streamable-door.ts'),
    ]);
    const { session_id: id } = request.query as { session_id?: unknown };
    const session = typeof id === 'string' ? sessions?.find(id, request.mcp.caller) : undefined;
    if (session === undefined) throw new ApiError('not_found', 'there is no such session: open /mcp/sse anew');
    let message: ReturnType<typeof parseJSONRPCMessage>;
    try {
      message = parseJSONRPCMessage(request.body);
    } catch {
      throw new MessageError('that is no message of JSON-RPC');
    }
    session.transport.receive(message, authInfoOf(request.mcp.caller));
    return reply.code(202).type('text/plain; charset=utf-8').send('Accepted');
  });
}
