import { z } from 'zod';
import { CHAT_MODES, PERMISSIONS_OF_TOOLS, RISKS } from '../../chat-kinds.ts';
import type { StoredTurn } from '../../store/chat-turns.ts';
import type { DeletedChat, StoredChat } from '../../store/chats.ts';
import { idText } from './ids.ts';

const MAX_MESSAGE = 100_000;
const MAX_MOVED = 100;

export const chatName = z
  .string('a name must be a text')
  .min(1, 'a name must not be empty')
  .max(200, 'a name has at most 200 characters')
  .meta({ example: 'Customers for the demo' });

const risks = z
  .array(z.enum(RISKS), `risks are a list of ${RISKS.join(', ')}`)
  .max(RISKS.length, 'name each risk once')
  .meta({ description: 'What tools of the chat may do at most.' });
const sensitive = z
  .boolean('sensitive must be true or false')
  .meta({ description: 'Whether the agent may see and send values of sensitive fields; owners always let it.' });

export const permitsBody = z.strictObject({ risks: risks.optional(), sensitive: sensitive.optional() });

export const modeText = z.enum(CHAT_MODES, `mode must be ${CHAT_MODES.join(' or ')}`).meta({
  description:
    '`chat` looks and makes rows, in a few steps; `agent` plans, writes and sends. Fixed by the first message.',
});

export const messageText = z
  .string('text must be a text')
  .min(1, 'a message must not be empty')
  .max(MAX_MESSAGE, `a message has at most ${MAX_MESSAGE} characters`)
  .meta({ example: 'Generate 20 rows with a name, an email address and a signup date.' });

export const chatParams = z.object({ id: z.string().meta({ example: 'chat_8d3kq0vx2m5ra7cz4n1w' }) });
export const approvalParams = z.object({
  id: z.string().meta({ example: 'chat_8d3kq0vx2m5ra7cz4n1w' }),
  approvalId: z.string().meta({ example: 'apr_8d3kq0vx2m5ra7cz4n1w' }),
});
export const toolParams = z.object({ tool: z.string().meta({ example: 'push_to_connection' }) });
export const permissionText = z.enum(PERMISSIONS_OF_TOOLS, `permission must be ${PERMISSIONS_OF_TOOLS.join(', ')}`);

export const chatIds = z
  .array(idText, 'chats must be a list of ids')
  .min(1, 'name at least one chat')
  .max(MAX_MOVED, `at most ${MAX_MOVED} chats`)
  .meta({ example: ['chat_8d3kq0vx2m5ra7cz4n1w'] });

const turnSchema = z.object({
  id: z.string().meta({ example: 'turn_8d3kq0vx2m5ra7cz4n1w' }),
  state: z.enum(['running', 'waiting', 'done', 'failed', 'stopped', 'lost']),
  tainted: z.boolean().meta({ description: 'Whether it has read what others wrote: then what leaves is asked for.' }),
  steps: z.int().min(0),
});

const listed = {
  id: z.string().meta({ example: 'chat_8d3kq0vx2m5ra7cz4n1w' }),
  name: z.string(),
  version: z.int().min(1).meta({ description: 'Counts changes of name and permits.' }),
  mode: modeText.nullable(),
  permits: z.object({ risks, sensitive }),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  usage: z.object({
    input_tokens: z.int().min(0),
    output_tokens: z.int().min(0),
    model_calls: z.int().min(0),
    cost: z.number().min(0).meta({ description: 'By the prices of the settings; 0 where there are none.' }),
  }),
};

export const listedChatSchema = z.object(listed).meta({ id: 'ListedChat' });
export const chatSchema = z
  .object({ ...listed, turn: turnSchema.nullable().meta({ description: 'The newest one.' }) })
  .meta({ id: 'Chat' });
export const deletedChatSchema = z
  .object({ id: z.string(), name: z.string(), deletedAt: z.iso.datetime(), purgeAt: z.iso.datetime() })
  .meta({ id: 'DeletedChat' });

export const presentListedChat = (chat: StoredChat): z.input<typeof listedChatSchema> => ({
  id: chat.id,
  name: chat.name,
  version: chat.version,
  mode: chat.mode,
  permits: { risks: [...chat.permits.risks], sensitive: chat.permits.sensitive },
  createdBy: chat.createdBy,
  createdAt: chat.createdAt.toISOString(),
  updatedAt: chat.updatedAt.toISOString(),
  usage: {
    input_tokens: Number(chat.inputTokens),
    output_tokens: Number(chat.outputTokens),
    model_calls: Number(chat.modelCalls),
    cost: Number(chat.cost),
  },
});

const presentTurn = ({ id, state, isTainted, steps }: StoredTurn) => ({ id, state, tainted: isTainted, steps });

export const presentChat = (chat: StoredChat, turn: StoredTurn | undefined): z.input<typeof chatSchema> => ({
  ...presentListedChat(chat),
  turn: turn === undefined ? null : presentTurn(turn),
});

export const presentDeletedChat = ({ id, name, deletedAt, purgeAt }: DeletedChat) => ({
  id,
  name,
  deletedAt: deletedAt.toISOString(),
  purgeAt: purgeAt.toISOString(),
});

const eventTypes = [
  'message',
  'text',
  'plan',
  'call',
  'result',
  'approval',
  'decision',
  'again',
  'usage',
  'error',
  'done',
];

/** OpenAPI 3.1 does not say whether the schema of a stream is that of its text or of an event: it is either. */
export const chatEvents = z.union([
  z
    .object({
      event: z.enum(eventTypes as [string, ...string[]]),
      data: z.string().min(1).meta({ description: 'JSON.' }),
      id: z.string().meta({ description: 'What `Last-Event-ID` may say.', example: '17' }),
    })
    .meta({ id: 'ChatEvent', description: 'A server-sent event of a chat.' }),
  z.string(),
]);
