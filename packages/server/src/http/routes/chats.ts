import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ChatService } from '../../services/chats/chat-service.ts';
import type { StoredChat } from '../../store/chats.ts';
import { matchOf } from '../etag.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import {
  chatIds,
  chatName,
  chatParams,
  chatSchema,
  deletedChatSchema,
  listedChatSchema,
  permitsBody,
  presentChat,
  presentDeletedChat,
  presentListedChat,
} from '../schemas/chat.ts';
import { idText } from '../schemas/ids.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';

const tags = ['Chats'];
const oneChat = { description: 'The chat.', content: { 'application/json': { schema: chatSchema } } };

/** Chats: list, create, read, change, delete and restore, move. What is said in them is in `chat-messages.ts`. */
export const chatRoutes: Routes = async (app, { cursors, agent }) => {
  const service = ({ tenant, principal }: FastifyRequest): ChatService =>
    new ChatService(tenant, principal, cursors, agent);
  const present = async (request: FastifyRequest, reply: FastifyReply, chat: StoredChat) => {
    reply.header('ETag', `"${chat.id}@v${chat.version}"`);
    return presentChat(chat, await service(request).lastTurn(chat.id));
  };

  app.get(
    '/chats',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listChats',
        tags,
        summary: 'List chats of the project, the newest first',
        querystring: pageQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(listedChatSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const page = await service(request).list(limit, cursor);
      return { items: page.items.map(presentListedChat), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.post(
    '/chats',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'createChat',
        tags,
        summary: 'Begin a chat with the agent',
        description: 'Without a name it gets that of its first message. `permits` say what its agent may do at most.',
        body: z.strictObject({ name: chatName.optional(), permits: permitsBody.optional() }),
        response: { 201: oneChat, ...errorResponses('validation_error') },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const { name, permits } = request.body;
      const chat = await service(request).create(name, given(permits));
      reply.code(201).header('Location', `/chats/${chat.id}`);
      return present(request, reply, chat);
    },
  );

  app.get(
    '/chats/deleted',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listDeletedChats',
        tags,
        summary: 'The hundred chats that were deleted last',
        response: {
          200: {
            description: 'The last deleted first.',
            content: { 'application/json': { schema: pageOf(deletedChatSchema) } },
          },
          ...errorResponses(),
        },
      },
    },
    async (request) => {
      const items = (await service(request).listDeleted()).map(presentDeletedChat);
      return { items, next_cursor: null, total: items.length };
    },
  );

  app.post(
    '/chats/move',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'moveChats',
        tags,
        summary: 'Move chats to another project of the workspace, all or none',
        description: 'For their authors and administrators. Nothing may be under way in them.',
        body: z.strictObject({ chats: chatIds, projectId: idText.meta({ description: 'Where they go.' }) }),
        response: {
          204: { description: 'They are there.' },
          ...errorResponses('not_found', 'conflict', 'validation_error'),
        },
      },
    },
    async (request, reply) => {
      await service(request).move(request.body.chats, request.body.projectId);
      return reply.code(204).send();
    },
  );

  app.get(
    '/chats/:id',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readChat',
        tags,
        summary: 'Read a chat, without what was said',
        params: chatParams,
        response: { 200: oneChat, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => present(request, reply, await service(request).find(request.params.id)),
  );

  app.patch(
    '/chats/:id',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'changeChat',
        tags,
        summary: 'Rename a chat, or change what its agent may do: its author does that',
        description: 'What the agent may do counts from the next message on.',
        params: chatParams,
        body: z
          .strictObject({ name: chatName.optional(), permits: permitsBody.optional() })
          .refine((body) => Object.values(body).some((value) => value !== undefined), 'give name or permits'),
        response: { 200: oneChat, ...errorResponses('not_found', 'validation_error', 'version_conflict') },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const { id } = request.params;
      const { name, permits } = request.body;
      const change = { name, permits: permits === undefined ? undefined : given(permits) };
      return present(request, reply, await service(request).change(id, change, matchOf(request, id)));
    },
  );

  app.delete(
    '/chats/:id',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'deleteChat',
        tags,
        summary: 'Delete a chat; what is under way in it ends, and it can be restored for 30 days',
        description: 'For its author and administrators.',
        params: chatParams,
        response: { 204: { description: 'It is gone.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      await service(request).delete(request.params.id);
      return reply.code(204).send();
    },
  );

  app.post(
    '/chats/:id/restore',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'restoreChat',
        tags,
        summary: 'Take the deletion of a chat back',
        description: 'For its author and administrators.',
        params: chatParams,
        body: z.strictObject({}),
        response: { 200: oneChat, ...errorResponses('not_found', 'validation_error') },
      },
    },
    async (request, reply) => present(request, reply, await service(request).restore(request.params.id)),
  );
};

/** What is stated, and each risk once. */
const given = (permits: z.output<typeof permitsBody> = {}) => ({
  ...(permits.risks === undefined ? {} : { risks: [...new Set(permits.risks)] }),
  ...(permits.sensitive === undefined ? {} : { sensitive: permits.sensitive }),
});
