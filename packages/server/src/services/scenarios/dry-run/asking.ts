import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { BrokerHandler, BrokerRequest, BrokerResponse } from '../../../runner/broker/broker-handler.ts';

export type Json = Readonly<Record<string, unknown>>;

/** An answer in JSON; undefined: with no body. */
export function answerOf(status: number, body?: unknown): BrokerResponse {
  if (body === undefined) return { status, headers: {}, body: Readable.from([]) };
  return bytesOf(status, Buffer.from(JSON.stringify(body)), 'application/json; charset=utf-8');
}

export const bytesOf = (status: number, bytes: Buffer, type: string): BrokerResponse => ({
  status,
  headers: { 'content-type': type, 'content-length': bytes.length },
  body: Readable.from([bytes]),
});

/** All of a body; an object when it is the JSON of one, else empty. */
export async function bodyOf(request: BrokerRequest): Promise<{ readonly bytes: Buffer; readonly json: Json }> {
  const bytes = await buffer(request.body);
  return { bytes, json: parsed(bytes) };
}

/** The same request, when its body was read. */
export const again = (request: BrokerRequest, bytes: Buffer): BrokerRequest => ({
  ...request,
  body: Readable.from(bytes.length === 0 ? [] : [bytes]),
});

/** Asks the API for something that the script has not asked for itself. */
export async function ask(
  api: BrokerHandler,
  { headers, signal }: BrokerRequest,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly bytes: Buffer; readonly json: Json }> {
  const { 'content-length': _, 'content-type': __, 'idempotency-key': ___, ...kept } = headers;
  const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
  const typed =
    body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(bytes.length) };
  const answer = await api({
    method,
    path,
    headers: { ...kept, ...typed },
    body: Readable.from(bytes.length === 0 ? [] : [bytes]),
    signal,
  });
  const found = await buffer(answer.body);
  return { status: answer.status, bytes: found, json: parsed(found) };
}

function parsed(bytes: Buffer): Json {
  try {
    const json: unknown = JSON.parse(bytes.toString());
    return json !== null && typeof json === 'object' ? (json as Json) : {};
  } catch {
    return {};
  }
}

/** Who asked for something that no answer can be made up for. */
export const notInDryRun = (what: string): BrokerResponse =>
  answerOf(409, {
    error: {
      code: 'conflict',
      message: `${what} is not done in a dry run, and only doing it would tell what comes of it`,
      details: {
        diagnostics: [{ code: 'not_in_a_dry_run', pointer: '', message: `${what} is not done in a dry run` }],
      },
      request_id: 'req_dry_run',
    },
  });
