import type { Message } from '../messages/message.ts';

/** An open way to a target. */
export interface Sink {
  /**
   * Sends messages, in their order where the target keeps one. Returns when all are acknowledged, or, once `stop` comes, those that were on their way.
   * @param acknowledged told of each message that the target has said it has
   * @throws StreamError when the target refuses one, or is gone
   */
  send(messages: readonly Message[], acknowledged: (message: Message) => void, stop: AbortSignal): Promise<void>;
  /** Lets go of it; never fails. */
  close(): Promise<void>;
}

/** Where rows go. */
export interface Target {
  /** What messages call it: nothing in it is secret. */
  readonly shown: string;
  /** @throws StreamError */
  open(): Promise<Sink>;
}
