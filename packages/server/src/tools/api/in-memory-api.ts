import type { RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { inProcess } from '../../runner/broker/in-process.ts';
import { type KnownCaller, setCaller } from '../../services/callers/known-callers.ts';
import { ToolError } from '../tool-error.ts';
import type { Api, ApiRequest, ApiText } from './api.ts';
import { toToolError } from './to-tool-error.ts';

const MEBIBYTE = 1024 * 1024;
const MOST_BYTES = 8 * MEBIBYTE;

/** On whose behalf, in which project, and as long as what. */
export interface ApiUse {
  /** Undefined: nobody is known; a header may say who it is, as with any request. */
  readonly caller?: KnownCaller | undefined;
  /** Of all requests. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the first of the workspace, or the only one that the caller may see. */
  readonly projectId?: string | undefined;
  readonly signal: AbortSignal;
}

/** Opens the API for a caller. */
export type OpenApi = (use: ApiUse) => Api;

/**
 * The API of this process, asked without a network. Who asks is known by the connection, which is memory: nothing that a model or a tool
 * puts into a request can change it.
 * @param answer of the application, such as `routing` of fastify
 */
export function openInMemoryApi(answer: RequestListener): OpenApi {
  return ({ caller, headers = {}, projectId, signal }) => {
    const ask = inProcess(answer, (socket) => {
      if (caller !== undefined) setCaller(socket, caller);
    });
    const text = async (method: string, path: string, request: ApiRequest = {}): Promise<ApiText> => {
      const { type, bytes: body } = await bodyOf(request);
      const answered = await ask({
        method,
        path: path + queryOf(request.query ?? {}),
        headers: {
          host: 'tools.invalid',
          ...headers,
          ...(projectId === undefined ? {} : { 'x-datamaker-project': projectId }),
          ...(body === undefined ? {} : { 'content-type': type, 'content-length': String(body.length) }),
          ...request.headers,
        },
        body: Readable.from(body === undefined ? [] : [body]),
        signal,
      });
      const { bytes, isCut } = await readAtMost(answered.body, request.most ?? MOST_BYTES);
      const found = { text: bytes.toString('utf8'), isCut, headers: answered.headers };
      if (answered.status >= 400) throw toToolError(answered.status, answered.headers, found.text);
      return found;
    };
    return {
      text,
      json: async <T>(method: string, path: string, request: ApiRequest = {}): Promise<T> => {
        const found = await text(method, path, request);
        if (found.isCut) {
          throw new ToolError('result_too_large', 'the answer is too large to be read at once', {
            hint: 'ask for less: a smaller limit, or one table in place of all',
          });
        }
        return (found.text === '' ? null : JSON.parse(found.text)) as T;
      },
    };
  };
}

async function bodyOf({ body, form }: ApiRequest): Promise<{ type: string; bytes: Buffer | undefined }> {
  if (form === undefined) {
    return { type: 'application/json', bytes: body === undefined ? undefined : Buffer.from(JSON.stringify(body)) };
  }
  const encoded = new Response(form);
  return { type: encoded.headers.get('content-type') ?? '', bytes: Buffer.from(await encoded.arrayBuffer()) };
}

function queryOf(query: NonNullable<ApiRequest['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

/** Whoever is asked is told by a cut connection that the rest is not wanted. */
async function readAtMost(body: Readable, most: number): Promise<{ bytes: Buffer; isCut: boolean }> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size > most) return { bytes: Buffer.concat(parts).subarray(0, most), isCut: true };
  }
  return { bytes: Buffer.concat(parts), isCut: false };
}
