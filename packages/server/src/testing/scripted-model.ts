import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that a scripted model makes; `raw` is put on the wire as it is, whether it is JSON or not. */
export interface ScriptedCall {
  readonly name: string;
  readonly input?: unknown;
  readonly raw?: string;
}

/** What a scripted model answers: a message, a refusal, or nothing in one of the ways in which that happens. */
export type ScriptedReply =
  | {
      readonly text?: string | readonly string[];
      readonly calls?: readonly ScriptedCall[];
      /** As it is counted; default 10 and 5. */
      readonly usage?: readonly [input: number, output: number];
      readonly stop?: 'max_tokens';
      /** The connection breaks before the message ends. */
      readonly breaks?: true;
      /** Waited for before each piece of text but the first. */
      readonly between?: () => Promise<void>;
      /** Told when the first piece leaves. */
      readonly onFirst?: () => void;
    }
  | { readonly status: number; readonly retryAfter?: string }
  | 'drop'
  | 'never';

/** What it was asked, in the words of the Messages API. */
export interface ScriptedRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly system: string;
  readonly messages: readonly { readonly role: string; readonly content: readonly Record<string, unknown>[] }[];
  readonly tools: readonly { readonly name: string; readonly input_schema: object }[];
  /** All of it, as it came. */
  readonly body: string;
}

/** What tools gave since the last message of the person, as the model was told, by the name of the tool. */
export function givenBy(request: ScriptedRequest, tool: string): Readonly<Record<string, unknown>> | undefined {
  const names = new Map<unknown, unknown>();
  let found: Readonly<Record<string, unknown>> | undefined;
  for (const { content } of request.messages) {
    for (const { type, id, name, tool_use_id: of, content: inner } of content) {
      if (type === 'tool_use') names.set(id, name);
      if (type !== 'tool_result' || names.get(of) !== tool) continue;
      const text = typeof inner === 'string' ? inner : (inner as { text: string }[]).map((part) => part.text).join('');
      found = JSON.parse(text).data;
    }
  }
  return found;
}

/** Says what comes next. @param turn how often it was asked before, from 0 on */
export type ModelScript = (request: ScriptedRequest, turn: number) => ScriptedReply | Promise<ScriptedReply>;

export interface ScriptedModel {
  /** Base of its endpoint, without `/v1`. */
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
  /** Follows another script from now on, counting from 0. */
  follow(script: ModelScript | readonly ScriptedReply[]): void;
  close(): Promise<void>;
}

/** A server that speaks the Messages API with streams, or OpenAI's chat completions, and says what a test wants. */
export async function startScriptedModel(protocol: 'anthropic' | 'openai' = 'anthropic'): Promise<ScriptedModel> {
  const requests: ScriptedRequest[] = [];
  let script: ModelScript = () => ({ text: 'nothing to say' });
  let turn = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = request.url ?? '';
    if (path !== (protocol === 'anthropic' ? '/v1/messages' : '/v1/chat/completions')) {
      return void response.writeHead(404).end('{}');
    }
    const asked = toRequest(path, request.headers, body);
    requests.push(asked);
    const reply = await script(asked, turn++);
    if (reply === 'drop') return void request.socket.destroy();
    if (reply === 'never') return;
    if ('status' in reply) {
      const headers = reply.retryAfter === undefined ? {} : { 'retry-after': reply.retryAfter };
      response.writeHead(reply.status, { 'content-type': 'application/json', ...headers });
      return void response.end(
        JSON.stringify({ type: 'error', error: { type: 'some_error', message: 'as scripted' } }),
      );
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    await (protocol === 'anthropic' ? sendMessage : sendCompletion)(response, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    follow: (next) => {
      turn = 0;
      script = typeof next === 'function' ? next : (_request, index) => next[index] ?? { text: 'that was all' };
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function toRequest(path: string, headers: IncomingMessage['headers'], body: string): ScriptedRequest {
  const parsed = JSON.parse(body) as {
    readonly system?: string | readonly { readonly text: string }[];
    readonly messages: readonly {
      readonly role: string;
      readonly content: string | readonly Record<string, unknown>[];
    }[];
    readonly tools?: ScriptedRequest['tools'];
  };
  const { system = '', messages, tools = [] } = parsed;
  return {
    path,
    headers,
    body,
    tools,
    system: typeof system === 'string' ? system : system.map(({ text }) => text).join('\n'),
    messages: messages.map(({ role, content }) => ({
      role,
      content: typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []),
    })),
  };
}

type Message = Exclude<ScriptedReply, string | { readonly status: number }>;

/** Events of a streamed message (docs of Anthropic's Messages API). */
async function sendMessage(response: ServerResponse, reply: Message): Promise<void> {
  const { text = [], calls = [], usage = [10, 5], stop, breaks, between, onFirst } = reply;
  const send = (type: string, data: object): void => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  };
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'scripted',
    content: [],
    stop_reason: null,
  };
  send('message_start', {
    message: { ...message, stop_sequence: null, usage: { input_tokens: usage[0], output_tokens: 1 } },
  });
  const pieces = typeof text === 'string' ? [text] : text;
  let index = 0;
  if (pieces.length > 0) {
    send('content_block_start', { index, content_block: { type: 'text', text: '' } });
    for (const [at, piece] of pieces.entries()) {
      if (at > 0) await between?.();
      if (at === 0) onFirst?.();
      send('content_block_delta', { index, delta: { type: 'text_delta', text: piece } });
    }
    if (breaks) return void response.destroy();
    send('content_block_stop', { index });
    index += 1;
  }
  for (const [at, { name, input = {}, raw }] of calls.entries()) {
    const json = raw ?? JSON.stringify(input);
    send('content_block_start', { index, content_block: { type: 'tool_use', id: `toolu_${at}`, name, input: {} } });
    for (const part of [json.slice(0, 7), json.slice(7)]) {
      send('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json: part } });
    }
    if (breaks) return void response.destroy();
    send('content_block_stop', { index });
    index += 1;
  }
  if (breaks) return void response.destroy();
  const reason = stop ?? (calls.length > 0 ? 'tool_use' : 'end_turn');
  send('message_delta', { delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: usage[1] } });
  send('message_stop', {});
  response.end();
}

/** Chunks of a streamed chat completion (OpenAI's API reference). */
async function sendCompletion(response: ServerResponse, reply: Message): Promise<void> {
  const { text = [], calls = [], usage = [10, 5], stop, breaks, between, onFirst } = reply;
  const send = (delta: object, finish: string | null = null, more: object = {}): void => {
    const chunk = { id: 'cmpl_1', object: 'chat.completion.chunk', created: 1, model: 'scripted', ...more };
    response.write(`data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`);
  };
  const pieces = typeof text === 'string' ? [text] : text;
  for (const [at, piece] of pieces.entries()) {
    if (at > 0) await between?.();
    if (at === 0) onFirst?.();
    send({ role: 'assistant', content: piece });
  }
  if (breaks) return void response.destroy();
  for (const [at, { name, input = {}, raw }] of calls.entries()) {
    const call = {
      index: at,
      id: `call_${at}`,
      type: 'function',
      function: { name, arguments: raw ?? JSON.stringify(input) },
    };
    send({ role: 'assistant', tool_calls: [call] });
  }
  const reason = stop === 'max_tokens' ? 'length' : calls.length > 0 ? 'tool_calls' : 'stop';
  send({}, reason, {
    usage: { prompt_tokens: usage[0], completion_tokens: usage[1], total_tokens: usage[0] + usage[1] },
  });
  response.end('data: [DONE]\n\n');
}
