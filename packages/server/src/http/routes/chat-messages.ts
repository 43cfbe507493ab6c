import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ChatReader } from '../../services/chats/chat-reader.ts';
import { ChatService } from '../../services/chats/chat-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import { doOnce } from '../repeats.ts';
import type { Routes } from '../route-types.ts';
import {
  approvalParams,
  chatEvents,
  chatParams,
  chatSchema,
  messageText,
  modeText,
  presentChat,
} from '../schemas/chat.ts';
import { sendChatEvents } from '../send-chat-events.ts';

const tags = ['Chats'];
const stream = {
  description: 'What happens, as it happens.',
  content: { 'text/event-stream': { schema: chatEvents } },
};
const oneChat = { description: 'The chat.', content: { 'application/json': { schema: chatSchema } } };
const EVENTS =
  'Events: `message`, `text` (a piece of the answer), `plan`, `call` and `result` of a tool, `approval` (a call waits for you), `decision`, `again` (the text since the last call is void), `usage`, `error`, `done`.';
/** Numbers of events; what is none begins at the beginning. */
const seqOf = (text: unknown): string => (typeof text === 'string' && /^\d{1,18}$/.test(text) ? text : '0');

/** What is said in chats: messages, what happens for them, approvals, stopping. */
export const chatMessageRoutes: Routes = async (app, context) => {
  const { cursors, agent, claims, runs } = context;
  const service = ({ tenant, principal }: FastifyRequest): ChatService =>
    new ChatService(tenant, principal, cursors, agent);

  app.post(
    '/chats/:id/messages',
    {
      config: { permission: 'write', repeats: 'recipe' },
      schema: {
        operationId: 'sendMessage',
        tags,
        summary: 'Say something in a chat: what happens for it comes as server-sent events, to its end',
        description: `${EVENTS} It goes on when the client goes away: \`GET /chats/{id}/events\` follows it.`,
        params: chatParams,
        body: z.strictObject({ text: messageText, mode: modeText.optional() }),
        response: { 200: stream, ...errorResponses('not_found', 'conflict', 'validation_error', 'rate_limited') },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const { id } = request.params;
      const { text, mode } = request.body;
      let start = (): void => undefined;
      const { turnId, after } = await doOnce(request, reply, claims, async (tenant) => {
        const begun = await service(request).say(tenant, id, text, mode);
        start = () => agent.start(begun.chat, begun.held, request.id);
        return { turnId: begun.turnId, after: begun.after };
      });
      start();
      const reader = new ChatReader(request.ownTenant, id);
      return sendChatEvents(request, reply, { reader, after, turnId, signals: runs.signals });
    },
  );

  app.get(
    '/chats/:id/events',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'followChat',
        tags,
        summary: 'All that happened in a chat, and what happens, until nothing is under way',
        description: `${EVENTS} \`Last-Event-ID\` leaves out what was seen.`,
        params: chatParams,
        headers: z.object({ 'last-event-id': z.string().optional() }),
        response: { 200: stream, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await service(request).find(id);
      const reader = new ChatReader(request.ownTenant, id);
      const after = seqOf(request.headers['last-event-id']);
      return sendChatEvents(request, reply, { reader, after, turnId: undefined, signals: runs.signals });
    },
  );

  app.post(
    '/chats/:id/stop',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'stopChat',
        tags,
        summary: 'End what is under way in a chat; calls that were made are not undone',
        description: 'For its author and administrators.',
        params: chatParams,
        body: z.strictObject({}),
        response: { 200: oneChat, ...errorResponses('not_found', 'validation_error') },
      },
    },
    async (request) => {
      const turn = await service(request).stop(request.params.id);
      return presentChat(await service(request).find(request.params.id), turn);
    },
  );

  for (const [path, isApproved] of [
    ['approve', true],
    ['refuse', false],
  ] as const) {
    app.post(
      `/chats/:id/approvals/:approvalId/${path}`,
      {
        config: { permission: 'write' },
        schema: {
          operationId: isApproved ? 'approveCall' : 'refuseCall',
          tags,
          summary: isApproved ? 'Let a call be made, once, as it was shown' : 'Do not let a call be made',
          description:
            'For the author of the chat, within five minutes. What happens then comes as events of the chat.',
          params: approvalParams,
          body: z.strictObject({}),
          response: { 200: oneChat, ...errorResponses('not_found', 'conflict', 'validation_error') },
        },
      },
      async (request) => {
        const { id, approvalId } = request.params;
        await service(request).decide(id, approvalId, isApproved);
        return presentChat(await service(request).find(id), await service(request).lastTurn(id));
      },
    );
  }
};
