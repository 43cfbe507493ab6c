import { type Asking, ask } from './client.ts';

export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  /** What `Last-Event-ID` may say; empty where the server gives none. */
  readonly id: string;
}

/**
 * Server-sent events as they come, until the server ends them. Not `EventSource`: that takes no headers, and the project is in one.
 * @throws Problem when the stream cannot be opened
 */
export async function* eventsOf(
  path: string,
  { method = 'GET', headers, ...asking }: Asking & { readonly method?: 'GET' | 'POST' } = {},
): AsyncGenerator<ServerEvent> {
  const response = await ask(method, path, { ...asking, headers: { ...headers, Accept: 'text/event-stream' } });
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = readEvent(block);
        if (event !== undefined) yield event;
      }
    }
  } finally {
    // Whoever has seen enough does not keep the server sending.
    reader.cancel().catch(() => undefined);
  }
}

/** @returns undefined for what only keeps the connection open */
function readEvent(block: string): ServerEvent | undefined {
  let event = 'message';
  let id = '';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('id:')) id = line.slice(3).trim();
    else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
  }
  return data.length === 0 ? undefined : { event, data: data.join('\n'), id };
}
