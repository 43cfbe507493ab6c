import { readLines } from './read-lines.ts';

/** One of a stream of server-sent events (HTML Standard, 9.2). */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  /** What `Last-Event-ID` may say to go on behind it. */
  readonly id: string | undefined;
}

/** Reads a `text/event-stream`; comments, which keep it open, are left out. @throws what breaks the stream */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void, undefined> {
  let [event, data, id]: [string, string[], string | undefined] = ['message', [], undefined];
  for await (const line of readLines(body)) {
    if (line === '') {
      if (data.length > 0) yield { event, data: data.join('\n'), id };
      [event, data] = ['message', []];
      continue;
    }
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (name === 'data') data.push(value);
    else if (name === 'event') event = value;
    else if (name === 'id') id = value;
  }
}
