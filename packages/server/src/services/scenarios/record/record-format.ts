/** What a run is made again from, beside what was answered to it. */
export interface RecordHead {
  readonly format: 1;
  readonly runId: string;
  readonly scenarioId: string;
  readonly version: number;
  /** As they were given, also those that are not shown. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: string;
  readonly attempt: number;
  readonly timeoutSeconds: number;
}

/** What was asked and answered; the bytes of the answer stand before it. */
export interface RecordedCall {
  /** In the order in which they were begun, from 1 on. */
  readonly call: number;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Of the body, as `RequestDigest` gives it. */
  readonly body: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** What stood in the log of what was done for it. */
  readonly told: readonly string[];
  /** Bytes of the answer. */
  readonly bytes: number;
  /** Whether the script read no further. */
  readonly isCut: boolean;
}

/** Bytes of the answer to a call follow, and a line end. */
export interface RecordedPiece {
  readonly of: number;
  readonly bytes: number;
}

/** A record is gzip of lines of JSON: the head, then pieces of answers and calls as they come, pieces before their call. */
export const lineOf = (head: RecordHead | RecordedCall | RecordedPiece): Buffer =>
  Buffer.from(`${JSON.stringify(head)}\n`);

/** Headers that say nothing when an answer is given again. */
const PASSING = /^(date|connection|keep-alive|transfer-encoding|content-length|ratelimit.*|x-ratelimit.*)$/;

export const keptHeaders = (
  headers: Readonly<Record<string, number | string | string[] | undefined>>,
): RecordedCall['headers'] =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || PASSING.test(name.toLowerCase())
        ? []
        : [[name, Array.isArray(value) ? value : String(value)]],
    ),
  );
