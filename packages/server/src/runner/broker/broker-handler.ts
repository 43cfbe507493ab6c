import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** A request of a script, when its broker has found nothing wrong with it. */
export interface BrokerRequest {
  readonly method: string;
  /** With the query, as the script wrote it; begins with a slash. */
  readonly path: string;
  /** By lower-case names; those that are between two ends of a connection are gone. */
  readonly headers: IncomingHttpHeaders;
  /** To be read at the pace of whoever answers; ends at once when there is none. */
  readonly body: Readable;
  /** Aborted when the script does not wait any more, or may not. */
  readonly signal: AbortSignal;
}

/** What goes back to the script, at the pace at which it reads. */
export interface BrokerResponse {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Readable;
}

/**
 * Answers requests of a script: the API of this process, or whatever stands before it or in its place. All that a run asks of the
 * outside goes through one of these.
 */
export type BrokerHandler = (request: BrokerRequest) => Promise<BrokerResponse>;
