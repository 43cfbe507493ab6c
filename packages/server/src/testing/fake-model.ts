import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeModel {
  /** Base of its endpoint, without `/v1`. */
  readonly url: string;
  /** What it was sent, in order. */
  readonly requests: readonly {
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  close(): Promise<void>;
}

export interface FakeModelOptions {
  /** The text of an answer to a prompt; a status to refuse with; `never` leaves it open. */
  readonly answer: (prompt: string) => string | number | 'never';
  readonly protocols?: readonly ('anthropic' | 'openai')[];
}

/** A server that speaks the Messages API of Anthropic, the chat completions of OpenAI, or both. */
export async function startFakeModel({ answer, protocols = ['anthropic'] }: FakeModelOptions): Promise<FakeModel> {
  const requests: { path: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers, body });
    const protocol = path === '/v1/messages' ? 'anthropic' : path === '/v1/chat/completions' ? 'openai' : undefined;
    const said = protocol !== undefined && protocols.includes(protocol) ? answer(promptOf(body)) : 404;
    if (said === 'never') return;
    response.setHeader('Content-Type', 'application/json');
    response.statusCode = typeof said === 'number' ? said : 200;
    response.end(
      JSON.stringify(typeof said === 'number' ? {} : protocol === 'anthropic' ? message(said) : completion(said)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function promptOf(body: string): string {
  const { messages } = JSON.parse(body) as { messages: { content: string | { text: string }[] }[] };
  const content = messages.at(-1)?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}

const message = (text: string) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'fake',
  content: [{ type: 'text', text }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 1 },
});

const completion = (content: string) => ({
  id: 'cmpl_1',
  object: 'chat.completion',
  created: 1,
  model: 'fake',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});
