import type { AuthInfo, JSONRPCMessage, MessageExtraInfo, Transport } from '@modelcontextprotocol/server';

/** What events are written to. */
export interface EventSink {
  send(event: string, data: string): Promise<void>;
  end(): void;
}

/** The transport of 2024-11-05: messages to the client are events of one answer, those from it are requests of their own. */
export class EventTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;
  readonly #sink: EventSink;
  readonly #endpoint: string;
  #isClosed = false;

  /** @param endpoint where the client sends its messages to */
  constructor(sink: EventSink, endpoint: string) {
    this.#sink = sink;
    this.#endpoint = endpoint;
  }

  start(): Promise<void> {
    return this.#sink.send('endpoint', this.#endpoint);
  }

  send(message: JSONRPCMessage): Promise<void> {
    return this.#sink.send('message', JSON.stringify(message));
  }

  /** Takes a message of the client, and whom it is from. */
  receive(message: JSONRPCMessage, authInfo: AuthInfo): void {
    this.onmessage?.(message, { authInfo });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#sink.end();
    this.onclose?.();
  }
}
